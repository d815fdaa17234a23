"""HTML written by an attacker, and by people who design their own resume: neither was made with the other in view."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from evaluator.documents.reading import read_document
from evaluator.errors import DocumentError
from evaluator.models.document import FlagKind

HERE = Path(__file__).resolve().parent
TRICKS: dict[str, dict[str, Any]] = tomllib.loads(
    (HERE / "html_hiding.toml").read_text(encoding="utf-8")
)
BOAST = (
    "<li>Trained and deployed PyTorch ranking models to production on Kubernetes; error fell by 31 %.</li>"
    "<li>Built CI/CD with GitHub Actions and Terraform for 25 models, releases went from weekly to daily.</li>"
    "<li>Owned drift monitoring of the models with Prometheus and Grafana; incidents fell by 40 %.</li>"
)
DESIGNS = sorted((HERE / "designs").glob("*.html"))


def page(trick: dict[str, Any]) -> str:
    """A shop supervisor's page with what nobody can see on it."""
    body = str(trick.get("body", "<ul class=x>{boast}</ul>")).replace("{boast}", BOAST)
    return (
        f"{trick.get('before', '<!doctype html>')}<html lang=en><head><meta charset=utf-8><title>r</title>{trick.get('head', '')}"
        f"<style>{trick.get('css', '')}</style></head><body{trick.get('on_body', '')}><h1>Odalys Brinkhurst</h1>"
        "<p>odalys@example.org</p><h2>Experience</h2><h3>Shop Supervisor, Corner Bakery, 03/2019 - 05/2024</h3>"
        f"<ul><li>Supervised six members of staff.</li></ul>{body}<h2>Education</h2><p>Diploma in Hospitality, 2016</p></body></html>"
    )


@pytest.mark.parametrize("name", TRICKS)
def test_what_nobody_can_see_never_counts(name: str) -> None:
    try:
        document = read_document(page(TRICKS[name]).encode(), "a.html")
    except DocumentError:
        return  # nothing of the page is sure to be shown, and it is refused
    assert not any(word in document.text for word in ("Kubernetes", "Terraform", "Grafana"))
    assert FlagKind.HIDDEN_TEXT in {flag.kind for flag in document.flags}


@pytest.mark.parametrize("path", DESIGNS, ids=lambda path: path.stem)
def test_ordinary_designs_are_read_whole(path: Path) -> None:
    document = read_document(path.read_bytes(), path.name)
    assert document.flags == ()
    for words in (
        "Odalys Brinkhurst",
        "Built CI/CD with Terraform for six services of the shop.",
        "kept the books of the shop for the whole of five years.",
        "Diploma in Hospitality",
    ):
        assert words in " ".join(document.text.split())


def test_tags_that_the_library_gives_up_on_are_a_reason() -> None:
    data = b"<!doctype html><p>Ines Halloran, baker</p><table><tbody><svg><html>of rye and wheat"
    with pytest.raises(DocumentError, match="nests tags") as found:
        read_document(data, "a.html")
    assert found.value.hint == "Save it as PDF."
