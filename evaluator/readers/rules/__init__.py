"""The embedded reader: a small trained classifier of statements, with word lists for each language; deterministic, no network.

From a passage to its findings:

``parts``: which statements stand in it? ``signs``, by ``lexicon``: which words known to the reader?
``scope``: whose doing is it? ``contexts``: a job, a course, a list? ``statements``: with what result? ``features``,
then ``surroundings``, for ``classifier``: how likely is each dimension? ``levels``: what level does the whole resume
show? ``decision_table``: likely enough? ``finding``: with which words?
"""
