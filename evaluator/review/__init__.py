"""What people make of a reading: decisions, objections to evidence, another track; kept in the run for good and never scored.

``decision_entries``: what can be said? ``decision_book``: who said it, and was it changed? ``recounting`` and
``refitting``: what is the verdict with it? ``agreement``: do reviewers agree? ``proposing``: where do they differ
from the machine again and again?
"""
