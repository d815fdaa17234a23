"""What no human sees is never read, and is told: every trick known, over all formats."""

from __future__ import annotations

import re

import pytest

from evaluator.documents.reading import read_document
from evaluator.models.document import Document, FlagKind
from fixtures.corpus.hidden import PAYLOAD, VISIBLE, tricks

TRICKS = dict(tricks())
TELLING = {FlagKind.HIDDEN_TEXT, FlagKind.INVISIBLE_CHARACTERS}


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]+", text.casefold()) if len(word) > 3}


def told(document: Document) -> str:
    """All that the flags say was hidden."""
    return " ".join(flag.message for flag in document.flags if flag.kind in TELLING)


def test_there_are_tricks_for_every_format_that_can_hide() -> None:
    kinds = [name.rpartition(".")[2] for name in TRICKS]
    assert {kind: kinds.count(kind) >= 5 for kind in ("pdf", "docx", "html", "odt", "rtf")} == (
        dict.fromkeys(("pdf", "docx", "html", "odt", "rtf"), True)
    )


@pytest.mark.parametrize("name", TRICKS)
def test_hidden_text_is_told_and_never_read(name: str) -> None:
    document = read_document(TRICKS[name], name)
    payload = _words(PAYLOAD)
    assert not payload & _words(document.text)
    for line in VISIBLE:
        assert line in document.text
    assert len(payload & _words(told(document))) >= 0.8 * len(payload)
