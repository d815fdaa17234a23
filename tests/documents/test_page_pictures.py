"""Documents drawn by Chromium or LibreOffice where a file alone does not tell what is seen: what a picture of the page shows counts."""

from __future__ import annotations

import ctypes
import json
import resource
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Error
from reportlab.pdfgen.canvas import Canvas

from evaluator import DocumentError
from evaluator.documents.draft import Draft, DraftLine, Hidden
from evaluator.documents.drawing import worker as drawing_worker
from evaluator.documents.drawing.as_drawn import as_drawn, read_view
from evaluator.documents.drawing.chromium import draw_page
from evaluator.documents.drawing.pictures import View
from evaluator.documents.html.converter import HtmlConverter
from evaluator.documents.markup import squashed
from evaluator.documents.reading import reading_of
from evaluator.models.document import Document, FlagKind

from .test_html_tricks import BOAST, DESIGNS, HERE

TRICKS: dict[str, dict[str, str]] = tomllib.loads(
    (HERE / "page_pictures.toml").read_text(encoding="utf-8")
)
UNTOLD = "font-size:calc(1px & 2px)"
"""What Chromium drops and the reader is not sure of: everything under it is unverified."""


@pytest.fixture(scope="module")
def asked() -> Iterator[tuple[str, list[str]]]:
    """An address, and what was asked for there."""
    paths: list[str] = []

    class Counting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(204)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Counting)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


def page(trick: dict[str, str], server: str = "") -> str:
    body = trick.get("body", "<div class=x>{boast}</div>").replace("{boast}", f"<ul>{BOAST}</ul>")
    text = (
        f"<!doctype html><html lang=en><meta charset=utf-8>{trick.get('head', '')}<style>{trick.get('css', '')}</style>"
        f'<body style="{UNTOLD}"><h1>Odalys Brinkhurst</h1><p>Shop Supervisor, Corner Bakery, 03/2019 - 05/2024</p>{body}'
    )
    return text.replace("{server}", server)


def drawn(html: str, browser: Any) -> tuple[Draft, Draft | None]:
    draft = HtmlConverter().convert(html.encode())
    return draft, as_drawn(draft, "Chromium", draw_page(html, browser))


def words(draft: Draft) -> Counter[str]:
    return Counter(" ".join(line.text for line in draft.lines).split())


def letters(draft: Draft) -> Counter[str]:
    return Counter(filter(None, map(squashed, words(draft).elements())))


IN_SHORT = ("rules for paper", "a cover as high as a window", "comes after a day", "a sheet that never comes")  # fmt: skip


def test_a_picture_never_counts_what_no_person_sees(
    browser: Any, asked: tuple[str, list[str]], nightly: bool
) -> None:
    server, paths = asked
    for name in TRICKS if nightly else IN_SHORT:
        draft, seen = drawn(page(TRICKS[name], server), browser)
        for text in (words(draft), words(seen) if seen else ()):
            assert not any(word in text for word in ("Kubernetes", "Terraform", "Grafana;")), name
    assert paths == []


def test_both_ways_agree_on_ordinary_designs(browser: Any, nightly: bool) -> None:
    for path in DESIGNS if nightly else DESIGNS[1:20:9]:
        draft, seen = drawn(path.read_text(encoding="utf-8"), browser)
        assert seen is not None, path.name
        # A link in blue on black is not read in a picture; a drawing's words are not read in a file.
        for one, other in ((draft, seen), (seen, draft)):
            assert (letters(one) - letters(other)).total() <= 1, path.name


def test_what_a_picture_shows_counts_and_the_rest_is_told(browser: Any) -> None:
    trick = {"css": ".x{position:relative;left:-3000px}", "body": "<p>Flour, bread and <a href='https://odalys.example'>cakes</a>.</p><ul class=x>{boast}</ul>"}  # fmt: skip
    draft, seen = drawn(page(trick), browser)
    assert draft.unverified
    assert not draft.lines[0].text
    assert seen is not None
    assert [line.text for line in seen.lines] == [
        "Odalys Brinkhurst", "Shop Supervisor, Corner Bakery, 03/2019 - 05/2024", "Flour, bread and cakes.",
    ]  # fmt: skip
    assert [link.target for link in seen.links] == ["https://odalys.example/"]
    assert not seen.unverified
    assert any("Kubernetes" in one.text for one in seen.hidden)


def test_pages_too_long_are_not_drawn(browser: Any) -> None:
    with pytest.raises(DocumentError, match="too long"):
        draw_page("<!doctype html><p style='height:20000px'>Bread.", browser)


@pytest.mark.parametrize(
    "head",
    [
        '<meta http-equiv=refresh content="9;url=other.html">',
        "<style>@font-face{font-family:f;src:url(data:font/woff2;base64,AA)}p{font-family:f}</style>",
        "<style>p{font-family:Wingdings}</style>",
    ],
)
def test_what_no_picture_can_tell_stays_unverified(head: str) -> None:
    found = reading_of(page({"head": head}).encode(), "a.html", b"no picture is looked at")
    assert not found.wants_picture


def test_a_page_goes_from_its_bytes_to_what_is_read(
    browser: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(drawing_worker, "chromium_at", lambda *_: nullcontext(browser))
    html = page({"body": "<p>Flour, bread and cakes.</p>"}).encode()
    views = drawing_worker.drawn(html, "a.html", {"chromium": "here"}, tmp_path)
    seen = reading_of(html, "a.html", views).document
    assert isinstance(seen, Document)
    assert seen.text.endswith("Flour, bread and cakes.")
    assert [flag.kind for flag in seen.flags] == [FlagKind.DRAWN]


def test_a_browser_that_fails_is_a_reason() -> None:
    class Broken:
        def new_page(self, **_: object) -> None:
            message = "gone"
            raise Error(message)

    with pytest.raises(DocumentError, match="did not draw"):
        draw_page("", Broken())


def test_what_draws_has_limits_and_takes_the_network_away_if_it_may(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limits: dict[int, int] = {}
    answers = iter([-1, -1, -1, 0, 0])
    asked: list[int] = []

    def unshare(what: int) -> int:
        asked.append(what)
        return next(answers)

    library = SimpleNamespace(unshare=unshare)
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: library)
    monkeypatch.setattr(resource, "setrlimit", lambda kind, pair: limits.update({kind: pair[0]}))
    drawing_worker.confine()
    assert limits[resource.RLIMIT_DATA] <= 2 * 1024**3
    assert limits[resource.RLIMIT_CPU] <= 40
    assert drawing_worker.leave_network()
    assert drawing_worker.leave_network()
    assert [bool(what & 0x10000000) for what in asked] == [False, True, False, True, False]


def test_a_picture_is_not_believed_against_what_is_known() -> None:
    shown = DraftLine("Supervised six members of staff.")
    known = Draft(lines=[shown], unverified=[Hidden("float", "Ordered flour.")])
    hiding = replace(known, hidden=[Hidden("CSS display: none", "Deployed models to production.")])
    assert as_drawn(hiding, "A program", [View(paper("Supervised six members of staff.", "Ordered flour."))])  # fmt: skip
    for lines in (
        ["Ordered flour."],
        ["Supervised six members of staff.", "Deployed models to production."],
        [],
    ):
        assert as_drawn(hiding, "A program", [View(paper(*lines))]) is None


def paper(*lines: str) -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream, invariant=True)
    for number, line in enumerate(lines):
        canvas.drawString(72, 700 - 20 * number, line)
    canvas.save()
    return stream.getvalue()


OFFICE = rb"""#!/bin/sh
while [ $# -gt 1 ]; do [ "$1" = --outdir ] && out=$2; shift; done
cp PAPER "$out/resume.pdf"
"""
CUT_OFF = (
    rb"{\rtf1\ansi Odalys Brinkhurst, supervisor of a bakery.\par\trowd\trrh-300\cellx9000\intbl "
    + rb"Trained and deployed ranking models to production. " * 6
    + rb"\cell\row}"
)


def test_an_office_document_is_read_as_it_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(paper("Odalys Brinkhurst, supervisor of a bakery.", "Trained and deployed ranking models to"))  # fmt: skip
    program = tmp_path / "soffice"
    program.write_bytes(OFFICE.replace(b"PAPER", bytes(tmp_path / "a.pdf")))
    program.chmod(0o700)
    request = {"name": "a.rtf", "programs": {"libreoffice": str(program)}, "folder": str(tmp_path)}
    views = drawing_worker.answered(json.dumps(request).encode() + b"\n" + CUT_OFF)
    plain, seen = reading_of(CUT_OFF, "a.rtf"), reading_of(CUT_OFF, "a.rtf", views)
    assert isinstance(plain.document, Document)
    assert isinstance(seen.document, Document)
    assert plain.wants_picture
    assert seen.document.text.endswith("Trained and deployed ranking models to")
    kinds = [flag.kind for flag in seen.document.flags]
    assert kinds == [FlagKind.HIDDEN_TEXT, FlagKind.DRAWN]
    assert "LibreOffice" in seen.document.flags[1].message


def test_without_its_program_a_document_is_not_drawn(tmp_path: Path) -> None:
    for data, found in (
        (CUT_OFF, {}),
        (b"<!doctype html><p>Bread.", {}),
        (b"", {}),
        (CUT_OFF, {"libreoffice": str(tmp_path / "nothing")}),
    ):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        request = {"name": "a", "programs": found, "folder": str(folder)}
        assert drawing_worker.answered(json.dumps(request).encode() + b"\n" + data) == b""


def test_what_draws_reaches_no_network(asked: tuple[str, list[str]]) -> None:
    server, paths = asked
    program = (
        "import sys, urllib.request\n"
        "from evaluator.documents.drawing.worker import confine, leave_network\n"
        "confine()\n"
        "if not leave_network(): sys.exit('not allowed')\n"
        f"urllib.request.urlopen({server!r})"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "not allowed" in ended.stderr or "unreachable" in ended.stderr
    assert paths == []


_HERO = "<div class=h><h2>Baker of Leeds</h2></div>" + "".join(
    f"<p>Supervised {word} members of staff in the shop on the corner.</p>"
    for word in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
) + "<p>Ordered flour, and wrote <a href='#'>recipes for bread</a>.</p>"  # fmt: skip
SEEN_ON_SCREEN: dict[str, tuple[str, str]] = {
    "half a window": (".h{height:50vh;background:#235;color:white}", _HERO),
    "a whole window": (".h{min-height:100dvh;background:#235;color:white}", _HERO),
    "a part of the window by a variable": (
        ":root{--h:70svh}@media screen{.h{height:calc(var(--h) - 9px)}}", _HERO,
    ),
    "links of the usual blue on black": ("body{background:black;color:#ddd}a{transition:color 9s}", _HERO),
}  # fmt: skip
UNSEEN_ON_SCREEN: dict[str, tuple[str, str]] = {
    "blue on a blue ground of another box": (
        "body{background:black;color:#ddd}i{position:absolute;inset:0 0 auto;height:9000px;background:#00e;z-index:-1}.x{color:#00e}",
        f"{_HERO}<i></i><div class=x>{{boast}}</div>",
    ),
    "dark letters on black": ("body{background:black;color:#ddd}.x{color:#0d0d2a}", f"{_HERO}<div class=x>{{boast}}</div>"),
    "cut off by a part of the window": (".h{height:9vh;overflow:hidden}", f"<div class=h><p>Bread.<p>Bread.<p>Bread.{{boast}}</div>{_HERO}"),
}  # fmt: skip


@pytest.mark.parametrize("name", SEEN_ON_SCREEN | UNSEEN_ON_SCREEN)
def test_paper_shows_what_the_window_shows(name: str, browser: Any) -> None:
    css, body = (SEEN_ON_SCREEN | UNSEEN_ON_SCREEN)[name]
    html = page({"css": css, "body": body}).replace(UNTOLD, "")
    views = draw_page(html, browser)
    for view in views:
        seen = " ".join(line.text for line in read_view(view).lines)
        assert "Supervised nine members" in seen or name.startswith("cut off")
        assert ("recipes for bread" in seen) or name in UNSEEN_ON_SCREEN
        assert "Kubernetes" not in seen
