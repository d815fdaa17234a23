"""How far a candidate meets what an opening asks for; one module for each kind of requirement. Pure.

A verdict is the best that any mention carries, so that a true line more can never make it worse. What repeats the
advert carries nothing.

``verdict_by_kind`` is where it begins: ``names`` for tools, certificates and trades, ``dimensions`` for levels, the
others as they are called. ``candidate_facts`` is what each of them asks, ``citing`` what a reader's own citations
change. ``indexing`` looks up what any opening may ask for.
"""

from .indexing import index_of
from .verdict_by_kind import advert_words, judge_requirements

__all__ = ["advert_words", "index_of", "judge_requirements"]
