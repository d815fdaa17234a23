"""What a regulator or a candidate may ask for, answered from finished reports and runs; no evaluation depends on it.

Where a question begins:

``notice``: what is a candidate told? ``correcting``: what if a fact is struck or added? ``what_if``: what would have
changed the verdict? ``counterfactual`` and ``rewriting``: does it matter who sent the resume? ``rates`` and
``intervals``: how often is each group chosen? ``run_audit``: for a whole run. ``verification``, with ``recomputing``,
``contradictions`` and ``against_document``: does a report say what its evidence gives? ``record_of_use``: were
reports changed afterwards? ``purging``: does nothing remain?
"""
