"""Somebody whose file could not be read learns that nothing was judged, why, and what to send instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator.audit.notice import LANGUAGES, notice_html, notice_text, words_of
from evaluator.audit.unread_notice import OURS, cause_of, unread_notice_of
from evaluator.batch.stored import Item
from evaluator.cli import run as cli
from evaluator.errors import Unreadable

from ..batch.test_runner import run
from ..conftest import ROOT

UNREADABLE = ROOT / "fixtures" / "unreadable"
TOLD = {
    "broken.docx": "The file is damaged",
    "cut-off.pdf": "The file is damaged",
    "empty.pdf": "The file is empty",
    "password.pdf": "locked with a password",
    "program.pdf": "has the name of a PDF file, but its content is not PDF",
    "scan.pdf": "found no words in the file",
}


def test_a_file_that_could_not_be_read_has_a_page(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    run(folder, UNREADABLE)
    for name, told in TOLD.items():
        assert cli(["notice", str(folder), name, "--contact", "jobs@firm.example"]) == 0
        out, err = capfd.readouterr()
        assert name in out
        assert told in out
        assert "There is no result, neither a good one nor a bad one." in out
        assert "Send the new file to: jobs@firm.example." in out
        assert err == ""
    page = tmp_path / "page.html"
    assert cli(["notice", str(folder), "empty.pdf", "--format", "html", "-o", str(page)]) == 0
    assert "Reply to the e-mail or message with which this page came" in page.read_text(
        encoding="utf-8"
    )
    assert "give an address or a name with --contact" in capfd.readouterr().err


def test_the_page_goes_when_its_candidate_is_purged(tmp_path: Path) -> None:
    folder, page = tmp_path / "run", tmp_path / "page.html"
    run(folder, UNREADABLE / "scan.pdf")
    assert cli(["notice", str(folder), "scan.pdf", "--format", "html", "-o", str(page)]) == 0
    assert cli(["purge", str(folder), "scan.pdf"]) == 0
    assert not page.exists()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Unreadable)
def test_every_reason_is_told_in_every_language(kind: Unreadable, language: str) -> None:
    item = Item(source="a/cv.txt", key="", id="0" * 16, state="failed", reason=f"{kind.value}: so")
    notice = unread_notice_of(item, language=language)
    words = words_of(language)
    named = cause_of(item.reason)
    cause = words.unread[named]
    for text in (notice_text(notice), notice_html(notice).replace("&#39;", "'")):
        assert cause.why in text
        assert all(step in text for step in cause.do)
        assert words.unread_nothing in text
        assert (words.unread_reply if named == OURS else words.unread_nobody) in text
        assert words.step_else in text


def test_what_failed_elsewhere_is_not_laid_on_the_file() -> None:
    for reason in (
        "not read by the model: it refused",
        "not asked: the run stopped",
        "not found: x",
    ):
        item = Item(source="cv.pdf", key="", id="", state="failed", reason=reason)
        text = notice_text(unread_notice_of(item, contact="Ms Beck"))
        assert cause_of(reason) == OURS
        assert "It is not your fault." in text
        assert "2. Write to: Ms Beck." in text
        assert "new file" not in text
        assert "select a word" not in text
        assert "Number of this file" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_content_that_the_name_does_not_promise_is_told_as_such(language: str) -> None:
    for name, told in (("a.PDF", "PDF"), ("a.docx", "DOCX"), ("a.key", None)):
        reason = f"{Unreadable.UNSUPPORTED.value}: so"
        item = Item(source=name, key="", id="0" * 16, state="failed", reason=reason)
        notice = unread_notice_of(item, language=language)
        (why,) = notice.parts[0].lines
        assert (told is None) == (why == words_of(language).unread["format"].why)
        assert told is None or why.count(told) == 2


def test_nobody_is_asked_to_select_words_in_a_picture() -> None:
    def steps(kind: Unreadable) -> str:
        item = Item(source="a.pdf", key="", id="", state="failed", reason=f"{kind.value}: so")
        return notice_text(unread_notice_of(item))

    assert "select a word" not in steps(Unreadable.IMAGE_ONLY)
    assert "\n3. Reply to the e-mail or message" in steps(Unreadable.IMAGE_ONLY)
    assert "text recognition (OCR)" in steps(Unreadable.IMAGE_ONLY)
    assert "select a word" in steps(Unreadable.DAMAGED)
