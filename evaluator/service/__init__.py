"""The workplace: pages over run folders, and what the HTTP API stands on. Extra ``serve``.

State is the run folders that the command line uses, so that both can be mixed. ``app`` puts it together, ``access``
decides who comes in, ``runs`` reads, ``pages`` shows. Nothing here computes a verdict.
"""
