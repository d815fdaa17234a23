"""One candidate from left to right: the only place that knows the order of the stages.

Where a question begins:

``evaluator``: what does a program call? ``session`` and ``stages``: which stage comes next? ``preparation``: what is
made ready for a reader? ``public_code``: what of an account counts? ``sampling``: how often is a model asked?
``evidence``: what remains of a reading? ``verifying`` and ``support``: does a quote carry its claim?
``report_assembly``: how do levels and identity meet again? ``assessment``: the same, for other processes.
``custom_reader``: what may a reader from outside return?
"""
