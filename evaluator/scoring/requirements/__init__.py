"""How far a candidate meets what an opening asks for; one module for each kind of requirement. Pure.

A verdict is the best that any mention carries, so that a true line more can never make it worse. What repeats the
advert carries nothing.
"""

from .verdict_by_kind import advert_words, judge_requirements

__all__ = ["advert_words", "judge_requirements"]
