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
_FORMS = {".pdf": "PDF", ".docx": "Word (DOCX)", ".odt": "ODT", ".rtf": "RTF"}
"""Forms that a file is, or is not: one of these names that cannot be read has the content of another."""
OURS = "ours"
"""What is not of the file: it was not there, could not be opened, or a reader did not answer."""


def cause_of(reason: str, form: str | None = None) -> str:
    """Which of the causes that notices tell a row's reason is.

    Args:
        reason: of the row that failed.
        form: that the name of the file promises.
    """
    named = reason.partition(":")[0]
    cause = next((_CAUSES[kind] for kind in _CAUSES if kind.value == named), OURS)
    return "content" if form and cause == _CAUSES[Unreadable.UNSUPPORTED] else cause


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
    name = item.source.replace("\\", "/").rsplit("/", 1)[-1]
    form = next((form for end, form in _FORMS.items() if name.lower().endswith(end)), None)
    kind = cause_of(item.reason, form)
    cause = words.unread[kind]

    def steps() -> Iterator[str]:
        yield from cause.do
        if kind == OURS:
            yield words.unread_write.format(contact=contact) if contact else words.unread_reply
            return
        if kind != _CAUSES[Unreadable.IMAGE_ONLY]:  # a picture of a page has no words to select
            yield words.unread_test
        yield words.unread_send.format(contact=contact) if contact else words.unread_nobody

    def after() -> Iterator[str]:
        if not contact:
            yield words.step_else
        yield words.unread_person
        if kind != OURS:
            yield words.unread_forms
        yield words.gap.join([words.no_deadline, words.us])

    return Notice(
        language=chosen,
        title=words.unread_title,
        lead=(words.unread_intro.format(name=name), words.unread_nothing),
        parts=(
            Part(heading=words.unread_why, lines=(cause.why.format(form=form),)),
            Part(
                heading=words.unread_do,
                steps=tuple(steps()),
                after=tuple(after()),
            ),
        ),
        made=words.unread_made.format(id=item.id) if item.id else "",
        words=words,
    )
