"""The only arithmetic: evidence to levels, bands, scores, track, standing and seniority. Pure.

Every number stands in the rubric file. Names, schools, employers, gaps, stars, lengths and orders are not
among the inputs.

Where a question begins:

``axis_scores``: how many points, which level, which score, which track? ``bands``: which band, and what lacks the
next? ``robustness``: how firmly does it stand? ``seniority`` and ``tenure``: how senior, for how long?
``requirements``, on ``requirement_grounds`` and ``mentions``: is what an opening asks for met? ``fit``: what does
that add up to?
"""

from .axis_scores import Artifact, Verdict, item_points, judge, left_out, track_of
from .fit import Fit, Need, Step, Tally, fit_of, next_steps
from .requirement_grounds import Citation, Grounds, Judged, Place, Quote
from .requirements import advert_words, index_of, judge_requirements
from .robustness import Borderline, Robustness, robustness
from .seniority import seniority_of
from .tenure import Tenure, tenure_of
from .text_index import TextIndex, digest_of_input, read_index, written_index

__all__ = [
    "Artifact",
    "Borderline",
    "Citation",
    "Fit",
    "Grounds",
    "Judged",
    "Need",
    "Place",
    "Quote",
    "Robustness",
    "Step",
    "Tally",
    "Tenure",
    "TextIndex",
    "Verdict",
    "advert_words",
    "digest_of_input",
    "fit_of",
    "index_of",
    "item_points",
    "judge",
    "judge_requirements",
    "left_out",
    "next_steps",
    "read_index",
    "robustness",
    "seniority_of",
    "tenure_of",
    "track_of",
    "written_index",
]
