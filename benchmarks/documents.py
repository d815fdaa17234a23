"""Accuracy and speed of reading documents, beside other engines.

    python -m fixtures.corpus build/corpus
    python -m benchmarks.documents build/corpus
    python -m benchmarks.documents build/corpus --real FOLDER

With a folder of real PDF files and their reference texts, figures on these come first.

Speed is pages per second of processor time of this process, the best of several rounds in turn, files in
memory. The other engines are installed by ``pip install pypdf pdfminer.six pdfplumber``.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from benchmarks import real_files
from evaluator.documents.reading import read_document
from evaluator.documents.sandbox import ParserPool
from evaluator.errors import DocumentError
from fixtures.corpus.measures import adjacency, links_found, token_f1
from fixtures.corpus.truth import Truth, load

Engine = Callable[[bytes, str], str]
_ROUNDS = 5


def ours(data: bytes, name: str) -> str:
    return read_document(data, name).text


def raw_pdfium(data: bytes, name: str) -> str:
    document = pdfium.PdfDocument(data)
    try:
        pages = []
        for page in document:
            text_page = page.get_textpage()
            pages.append(text_page.get_text_bounded())
            text_page.close()
            page.close()
        return "\n".join(pages)
    finally:
        document.close()


def pypdf(data: bytes, name: str) -> str:
    reader: Any = import_module("pypdf").PdfReader(BytesIO(data))
    return "\n".join(page.extract_text() for page in reader.pages)


def pdfminer(data: bytes, name: str) -> str:
    text: str = import_module("pdfminer.high_level").extract_text(BytesIO(data))
    return text


def pdfplumber(data: bytes, name: str) -> str:
    with import_module("pdfplumber").open(BytesIO(data)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


ENGINES: dict[str, Engine] = {
    "pypdfium2 raw": raw_pdfium,
    "ours": ours,
    "pypdf": pypdf,
    "pdfminer.six": pdfminer,
    "pdfplumber": pdfplumber,
}


def accuracy(engine: Engine, files: dict[str, tuple[bytes, Truth]]) -> tuple[float, float]:
    """Mean token F1, and adjacency over all pairs."""
    total, kept, pairs = 0.0, 0, 0
    for name, (data, truth) in files.items():
        text = engine(data, name)
        total += token_f1(text, truth)
        together, all_pairs = adjacency(text, truth)
        kept, pairs = kept + together, pairs + all_pairs
    return total / len(files), kept / max(1, pairs)


def speeds(names: Iterable[str], files: list[tuple[str, bytes]], pages: int) -> dict[str, float]:
    """Pages per processor second; rounds are interleaved so that all meet the same load."""
    names = list(names)
    best = dict.fromkeys(names, 0.0)
    for _ in range(_ROUNDS):
        for name in names:
            start = time.process_time()
            for file, data in files:
                ENGINES[name](data, file)
            best[name] = max(best[name], pages / (time.process_time() - start))
    return best


async def pooled(files: list[tuple[str, bytes]], workers: int, times: int) -> float:
    """Files per second of wall time through the sandbox."""
    pool = ParserPool(workers)
    try:
        await asyncio.gather(*(pool.read(data, name) for name, data in files[: 4 * workers]))
        start = time.perf_counter()
        await asyncio.gather(*(pool.read(data, name) for name, data in files * times))
        return len(files) * times / (time.perf_counter() - start)
    finally:
        await pool.aclose()


def _worst(files: dict[str, tuple[bytes, Truth]], count: int) -> None:
    rows = []
    for name, (data, truth) in files.items():
        try:
            document = read_document(data, name)
        except DocumentError as error:
            rows.append((0.0, 0.0, name, str(error), ""))
            continue
        together, pairs = adjacency(document.text, truth)
        links = [(link.label, link.target) for link in document.links]
        found, wanted = links_found(links, truth)
        flags = "; ".join(flag.message for flag in document.flags)[:120]
        rows.append(
            (together / max(1, pairs), token_f1(document.text, truth), name,
             f"links {found}/{wanted}", flags)
        )  # fmt: skip
    print("\nlowest files of ours (adjacency, F1):")
    for row in sorted(rows)[:count]:
        print(f"  {row[0]:.3f} {row[1]:.3f} {row[2]} {row[3]} {row[4]}")


def _link_share(files: dict[str, tuple[bytes, Truth]]) -> tuple[int, int]:
    found = wanted = 0
    for name, (data, truth) in files.items():
        document = read_document(data, name)
        got, all_links = links_found([(x.label, x.target) for x in document.links], truth)
        found, wanted = found + got, wanted + all_links
    return found, wanted


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--worst", type=int, default=0, help="show so many of our lowest files")
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--real", type=Path, help="a folder of real PDF files with texts beside")
    options = parser.parse_args()
    if options.real:
        compared = ("pypdfium2 raw", "ours", "pypdf")
        real_files.report(options.real, {name: ENGINES[name] for name in compared})
    files = load(options.corpus)
    digital = {n: f for n, f in files.items() if not f[1].ocr}
    groups = {
        "PDF": {n: f for n, f in digital.items() if n.endswith(".pdf") and f[1].tuned},
        "PDF, as programs write it": {n: f for n, f in digital.items() if n.startswith("as-")},
        "PDF, random layouts": {n: f for n, f in digital.items() if not f[1].tuned},
        "other formats": {n: f for n, f in digital.items() if not n.endswith(".pdf")},
    }
    for title, group in groups.items():
        print(f"{title} ({len(group)} files)")
        for name in ["ours"] if title == "other formats" else list(ENGINES):
            f1, together = accuracy(ENGINES[name], group)
            print(f"  {name:15} F1 {f1:.4f}  adjacency {together:.4f}")
    found, wanted = _link_share(digital)
    print(f"links with label and target together: {found} of {wanted}")
    _ocr({n: f for n, f in files.items() if f[1].ocr})
    if options.worst:
        _worst(digital, options.worst)
    if not options.no_speed:
        _speed([(n, f[0]) for n, f in groups["PDF"].items()])


def _ocr(files: dict[str, tuple[bytes, Truth]]) -> None:
    for title, start in (("scans at 200 dpi", "scan-"), ("telephone pictures", "phone-")):
        group = {n: f for n, f in files.items() if n.startswith(start)}
        start_time = time.process_time()
        f1, together = accuracy(ours, group)
        spent = (time.process_time() - start_time) / len(group)
        print(
            f"{title} ({len(group)}): F1 {f1:.4f}  adjacency {together:.4f}  {spent:.2f} s a page"
        )


def _speed(files: list[tuple[str, bytes]]) -> None:
    pages = 0
    for _, data in files:
        document = pdfium.PdfDocument(data)
        pages += len(document)
        document.close()
    print(f"\npages per processor second ({pages} pages, best of {_ROUNDS})")
    found = speeds(ENGINES, files, pages)
    for name, value in found.items():
        print(f"  {name:15} {value:7.0f}  {value / found['pypdfium2 raw']:.2f} of raw")
    one = max(asyncio.run(pooled(files, 1, 4)) for _ in range(3))
    two = max(asyncio.run(pooled(files, 2, 4)) for _ in range(3))
    print(
        f"through the sandbox: {one:.0f} files/s on one worker, {two:.0f} on two (x {two / one:.2f})"
    )


if __name__ == "__main__":
    main()
