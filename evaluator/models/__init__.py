"""Values that pass between the stages: frozen, keyword-only, without behaviour that needs I/O.

``vocabulary``: which dimensions and attributes are there? ``document``: what is read of a file? ``shown`` and
``reading``: what goes into a reader and what comes out? ``evidence`` and ``dropped``: what counts, or why not?
``portfolio``: what is known of public code?
"""
