"""The index of a resume's text, made of what every kind of requirement looks up in it."""

from __future__ import annotations

from dataclasses import replace

from ...roles.advert_words import years_in
from ...roles.copying import AdvertWords, digests_of
from ...roles.names import known_names, that_may_stand
from ..requirement_grounds import Grounds
from ..text_index import TextIndex, packed
from .candidate_facts import CandidateFacts
from .education import degrees_named
from .languages import spoken_in

_NOTHING_COPIED = AdvertWords(())


def index_of(grounds: Grounds, made_of: str) -> TextIndex:
    """Look up what any opening may ask for.

    Args:
        grounds: of the candidate.
        made_of: digest of what decides about it.
    """
    facts = CandidateFacts(replace(grounds, evidence=(), index=None), _NOTHING_COPIED)
    mentions = facts.mentions
    told = {
        name: list(mentions.in_resume(name))
        for name in that_may_stand(tuple(known_names()), grounds.words)
    }
    return TextIndex(
        made_of,
        {name: found for name, found in told.items() if found},
        years_in(grounds.text),
        list(spoken_in(mentions)),
        degrees_named(facts),
        packed(digests_of(grounds.text)),
    )
