"""Agreement of a reader with people's labels: labels, statistics and the comparison of both."""

from .comparison import Calibration, Judgement, Outcome, calibrate, judgement_of
from .labels import Label, load_labels

__all__ = [
    "Calibration",
    "Judgement",
    "Label",
    "Outcome",
    "calibrate",
    "judgement_of",
    "load_labels",
]
