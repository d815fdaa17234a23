"""Whether office documents read by their files and as LibreOffice draws them are the same words.

    python -m benchmarks.drawn [--count 5]

LibreOffice is not everywhere the tests run, so this is no test; the tests do the same with Chromium.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from evaluator.documents.draft import Draft
from evaluator.documents.drawing.as_drawn import as_drawn
from evaluator.documents.drawing.libreoffice import draw_office
from evaluator.documents.drawing.programs import programs
from evaluator.documents.markup import squashed
from evaluator.documents.reading import converter_for
from evaluator.documents.sniffing import sniff
from fixtures.corpus import office
from fixtures.corpus.truth import load

KEPT = Path(__file__).resolve().parent.parent / "fixtures" / "corpus" / "kept"


def _letters(draft: Draft) -> Counter[str]:
    words = " ".join(line.text for line in draft.lines).split()
    return Counter(filter(None, map(squashed, words)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, help="of files, the first ones; all without it")
    count = parser.parse_args().count
    program = programs().get("libreoffice")
    if program is None:
        parser.error("LibreOffice and the extra render are needed")
    files = {made.name: made.data for made in office.word_made()}
    files |= {name: data for name, (data, _) in load(KEPT).items() if name.endswith(("odt", "rtf"))}
    for name, data in list(files.items())[:count]:
        format_ = sniff(data)
        draft = converter_for(format_).convert(data)
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            views = draw_office(data, format_.value, program, Path(folder))
        seconds = time.monotonic() - begun
        seen = as_drawn(draft, "LibreOffice", views)
        if seen is None:
            print(f"{name:28} not believed, {seconds:.1f} s")
            continue
        lost, gained = _letters(draft) - _letters(seen), _letters(seen) - _letters(draft)
        print(f"{name:28} {lost.total()} lost, {gained.total()} gained, {seconds:.1f} s")


if __name__ == "__main__":
    main()
