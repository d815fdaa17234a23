"""The model card and the data card, written from figures that were measured.

    python -m benchmarks.cards [--check | --measure [--trades FOLDER] [--cvs FOLDER] [--audits N]]

Without ``--measure`` the kept figures (``benchmarks/measured.json``) are written into ``docs`` again. Real people's
resumes are measured only where their folders are named; without them their part of the kept figures stays as it is.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "benchmarks" / "measured.json"
CARDS = ("model-card.md", "data-card.md")
_OF_REAL_PEOPLE = ("real",)


def rendered(figures: dict[str, Any]) -> dict[str, str]:
    """Each card's text by the name of its file."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "card_templates"),
        autoescape=False,  # Markdown of ours about figures of ours
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["share"] = lambda value: f"{value:.1%}".replace("%", " %")
    return {name: environment.get_template(f"{name}.j2").render(**figures) for name in CARDS}


def kept() -> dict[str, Any]:
    """The figures that were measured last."""
    found: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def main() -> None:
    """Measure, if that is asked for, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--check", action="store_true", help="fail where docs say something else; write nothing")  # fmt: skip
    parser.add_argument("--trades", type=Path, help="folder of the real resumes of many trades")
    parser.add_argument("--cvs", type=Path, help="folder of the public CVs")
    parser.add_argument("--audits", type=int, default=10_000, help="simulated ones")
    asked = parser.parse_args()
    figures = kept() if KEPT.is_file() else {}
    if asked.measure:
        from .measuring import measured

        found = measured(asked.trades, asked.cvs, audits=asked.audits)
        figures |= {k: v for k, v in found.items() if v is not None or k not in _OF_REAL_PEOPLE}
        KEPT.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    for name, text in rendered(figures).items():
        if asked.check:
            if (ROOT / "docs" / name).read_text(encoding="utf-8") != text:
                message = f"docs/{name} does not say what {KEPT.name} does"
                raise SystemExit(message)
            continue
        (ROOT / "docs" / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
