"""A job advert to a role, by a model: asked in numbered passages, every item found again in the advert by code."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from ..grounding import find_anchor
from ..models.document import Document
from ..models.vocabulary import Dimension
from ..prompt_files import load_prompt
from ..readers.advert_wire import AdvertItem
from ..readers.messages import Message
from ..structure.sentences import sentences
from .adverts import Found, made, steering_flag, title_of
from .model import Importance, Kind, RoleFlag, RoleProfile
from .statements import pieces_of
from .warnings import is_order, warnings_of

_MOST_CHARACTERS = 24_000
_NEEDS_NAMES = frozenset({Kind.TOOL, Kind.LANGUAGE})


def shown(document: Document) -> list[str]:
    """The passages of an advert that a model is shown: those that address no program, to a bounded length."""
    room, kept = _MOST_CHARACTERS, []
    for text in pieces_of(document):
        if is_order(text):
            continue
        room -= len(text)
        if room < 0:
            break
        kept.append(text)
    return kept


def messages_for(passages: Sequence[str]) -> list[Message]:
    """What is sent: the fixed part first, the advert last."""
    lines = "\n".join(f"[{number}] {text}" for number, text in enumerate(passages, start=1))
    boundary = hashlib.sha256(lines.encode("utf-8")).hexdigest()[:12]
    advert = load_prompt("candidate").render(boundary=boundary, passages=lines)
    return [
        {"role": "system", "content": load_prompt("read_advert").body},
        {"role": "user", "content": advert},
    ]


def role_of_answers(
    document: Document, passages: Sequence[str], items: Sequence[AdvertItem], year: int
) -> RoleProfile | None:
    """A role of what a model listed; items whose words do not stand in the advert are dropped.

    Args:
        document: the advert.
        passages: as they were shown.
        items: of the reply.
        year: of the present.
    """
    every = list(pieces_of(document))
    flags: list[RoleFlag] = []
    for text in every:
        if is_order(text):
            flags.append(steering_flag(text))
        else:
            flags += warnings_of(text)
    found = [f for item in items for f in _found(item, passages)]
    return made(title_of(document), found, flags, {}, year, every)


def _found(item: AdvertItem, passages: Sequence[str]) -> Iterator[Found]:
    if not 1 <= item.passage <= len(passages):
        return
    text = passages[item.passage - 1]
    place = find_anchor(item.anchor, text)
    if place is None:
        return
    spans = [(a, b) for a, b in sentences(text) if a < place[1] and place[0] < b]
    quote = text[spans[0][0] : spans[-1][1]] if spans else text
    names = tuple(dict.fromkeys(n.strip()[:80] for n in item.names if n.strip()))
    kind = Kind(item.kind)
    if any(warnings_of(quote)) and kind is not Kind.LANGUAGE:
        return
    dimension = Dimension(item.dimension) if item.dimension in set(Dimension) else None
    if kind is Kind.DIMENSION and dimension is None:
        kind = Kind.TOOL if names else Kind.OTHER
    if (kind is Kind.YEARS and not 0 < item.years <= 60) or (kind in _NEEDS_NAMES and not names):
        kind = Kind.OTHER
    words = text[slice(*place)]
    is_level = kind is Kind.DIMENSION
    yield Found(
        kind=kind,
        text=" / ".join(names) if kind is Kind.TOOL else (words if len(spans) else quote),
        need=Importance(item.need),
        quote=quote,
        names=names,
        similar=item.similar,
        years=item.years if kind is Kind.YEARS else None,
        dimension=dimension if is_level or kind is Kind.YEARS else None,
        level=min(4, max(1, item.level)) if is_level else None,
    )
