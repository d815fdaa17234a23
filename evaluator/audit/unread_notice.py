"""The page of a candidate whose file could not be read: that nothing was judged, why, and what to send instead."""

from __future__ import annotations

from collections.abc import Iterator

from ..batch.stored import Item
from ..errors import Unreadable
from .notice_page import Notice, Part
from .notice_words import DEFAULT, words_of

_CAUSES = {
    Unreadable.EMPTY: "empty",
    Unreadable.UNSUPPORTED: "format",
    Unreadable.ENCRYPTED: "password",
    Unreadable.DAMAGED: "damaged",
    Unreadable.UNSAFE: "damaged",
    Unreadable.TIME_LIMIT: "damaged",
    Unreadable.CRASHED: "damaged",
    Unreadable.IMAGE_ONLY: "picture",
    Unreadable.NO_TEXT: "picture",
    Unreadable.NOTHING_TO_SHOW: "nothing",
    Unreadable.TOO_LARGE: "large",
}
OURS = "ours"
"""What is not of the file: it was not there, could not be opened, or a reader did not answer."""


def cause_of(reason: str) -> str:
    """Which of the causes that notices tell a row's reason is."""
    named = reason.partition(":")[0]
    return next((_CAUSES[kind] for kind in _CAUSES if kind.value == named), OURS)


def unread_notice_of(
    item: Item, *, language: str | None = None, contact: str | None = None
) -> Notice:
    """The notice of a candidate without a report.

    Args:
        item: the row that failed.
        language: of the fixed texts; None is English, since no word of the file is known.
        contact: where a new file is sent to.
    """
    chosen = language or DEFAULT
    words = words_of(chosen)
    cause = words.unread[cause_of(item.reason)]
    name = item.source.replace("\\", "/").rsplit("/", 1)[-1]

    def steps() -> Iterator[str]:
        yield cause.do
        if cause_of(item.reason) != OURS:
            yield words.unread_forms
        send = words.unread_send.format(contact=contact) if contact else words.unread_nobody
        yield send
        yield words.unread_person

    return Notice(
        language=chosen,
        title=words.unread_title,
        lead=(words.unread_intro.format(name=name), words.unread_nothing),
        parts=(
            Part(heading=words.unread_why, lines=(cause.why,)),
            Part(heading=words.unread_do, steps=tuple(steps())),
        ),
        made=words.unread_made.format(id=item.id) if item.id else "",
        words=words,
    )
