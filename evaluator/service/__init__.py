"""The workplace: pages over run folders, and what the HTTP API stands on. Extra ``serve``.

State is the run folders that the command line uses, so that both can be mixed. ``app`` puts it together, ``access``
decides who comes in, ``runs`` reads, ``pages`` shows. Nothing here computes a verdict.

``runs``, ``run_view`` and ``filtering``: which candidates does somebody see? ``blinding``: without what?
``reviewed_candidates`` and ``visible_decisions``: with whose decisions? ``uploads``, ``archives`` and
``document_intake``: what comes in? ``background_runs``: who reads it? ``applying``: how do several openings judge one
run? ``tools``: what may an MCP client ask? ``api``: the same for programs.
"""
