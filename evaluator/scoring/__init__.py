"""The only arithmetic: evidence to levels, bands, scores, track, standing and seniority. Pure.

Every number stands in the rubric file. Names, schools, employers, gaps, stars, lengths and orders are not
among the inputs.
"""

from .fit import Fit, Need, Step, fit_of, next_steps
from .seniority import seniority_of
from .stability import Borderline, Stability, stability
from .tenure import Tenure, tenure_of
from .verdict import Artifact, Verdict, item_points, judge, track_of

__all__ = [
    "Artifact",
    "Borderline",
    "Fit",
    "Need",
    "Stability",
    "Step",
    "Tenure",
    "Verdict",
    "fit_of",
    "item_points",
    "judge",
    "next_steps",
    "seniority_of",
    "stability",
    "tenure_of",
    "track_of",
]
