"""Many candidates: which sources, what is already done, one durable row each, and the run's files.

Where a question begins:

``sources``: which files are read? ``kept_work`` and ``row_identity``: must one be read again? ``runner``: what
happens to each? ``finishing`` and ``ledger``: who writes it down? ``store`` and ``stored``: what does a run keep?
``schema`` and ``databases``: in which tables, and where? ``tables`` and ``outputs``: which files come of it?
``switching`` and ``matrix``: another role, or several? ``chained_store`` and ``chain``: can an entry be changed
unseen? ``record_of_use``: what was used for whom? ``members``: what may change in a written report? ``log``: what is
told of a run without naming anybody?
"""
