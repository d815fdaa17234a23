"""The index of a resume's text, made of what every kind of requirement looks up in it."""

from __future__ import annotations

from dataclasses import replace

from ...roles.advert_words import known_trades, years_in
from ...roles.copying import AdvertWords, digests_of
from ...roles.names import known_names, that_may_stand
from ..requirement_grounds import Grounds
from ..text_index import TextIndex, packed
from .candidate_facts import CandidateFacts
from .education import studies_of
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
    trades = {name: list(mentions.in_resume(name, trades=True)) for name in known_trades()}
    return TextIndex(
        made_of,
        {name: found for name, found in told.items() if found},
        years_in(grounds.text),
        list(spoken_in(mentions)),
        studies_of(facts),
        {name: found for name, found in trades.items() if found},
        [
            (p.start, *months)
            for p in grounds.places
            if not p.months
            for months in grounds.months_of(p)
        ],
        packed(digests_of(grounds.text)),
    )
