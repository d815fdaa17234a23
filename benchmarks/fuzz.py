"""Mutation fuzzing of one format: no escape, no untyped error, every death contained.

    python -m benchmarks.fuzz pdf --minutes 10

A child with the worker's limits reads mutated files. Each outcome is a document, a typed refusal, a death
of the child (which the sandbox turns into a reason), or a finding: an untyped exception, or an attempt to
write, connect or start a program. Findings are kept in ``build/fuzz``; the exit code is 1 when there are any.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import signal
import subprocess
import sys
import time
import traceback
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from evaluator.documents.reading import read_document
from evaluator.documents.worker import limit_memory_and_files, limit_processor_time
from evaluator.errors import DocumentError

FOUND = Path("build/fuzz")
_SECONDS = 20
_LARGEST = 400_000
_TOKENS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"<<", b">>", b"[", b"]", b"/Length 99999999", b"/Filter/FlateDecode", b"/Type/Page", b"1 0 R", b"stream\n",
            b"endobj", b"BT ", b" Tj ET ", b" Tr ", b"/Kids", b"/Count -1", b"/Rotate 90", b"-1e9", b" Do ", b" cm "),
    "docx": (b"<w:p>", b"</w:p>", b"<w:tbl>", b"<w:tc>", b"<w:rPr><w:vanish/></w:rPr>", b"<!DOCTYPE a>", b"&#0;",
             b"<mc:Fallback>", b"<w:txbxContent>", b' w:val="-1"', b"<w:sz w:val='x'/>", b"<wp:posOffset>9</wp:posOffset>"),
    "odt": (b"<text:p>", b"</text:span>", b'<text:s text:c="99999999"/>', b"<draw:text-box>", b"<table:table-cell>",
            b'fo:font-size="1e9%"', b'fo:color="#zz"', b"<office:annotation>", b"<!DOCTYPE a>"),
    "rtf": (b"{", b"}", b"\\u-999999999 ", b"\\'ff", b"\\bin9 ", b"\\v ", b"\\fs0 ", b"\\cf99999", b"\\uc9999 ", b"\\*",
            b"\\ansicpg0 ", b"\\fldinst", b"\\fldrslt ", b"\\u55357 ", b"\\deff-1 "),
    "html": (b"<div>", b"</div>", b"<style>", b"</style>", b"<!--", b"-->", b"<table>", b'style="color:#fff"', b"&#xd800;",
             b"<svg>", b"<template>", b"@media{", b"var(--x)", b"<a href=", b"font-size:1e99px", b"<plaintext>"),
    "md": (b"#", b"> ", b"|", b"[a](b)", b"```", b"<b>", b"\n\n", b"    ", b"![", b"&amp;", b"<!--"),
    "txt": (b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\x8b", b"\xf3\xa0\x81\xa1", b"http://", b"\t", b"\f"),
    "json": (b"{", b"}", b"[", b"]", b'"work":', b"null", b"1e999", b'"\\ud800"', b"-0", b'"basics":'),
    "png": (b"IHDR", b"IDAT", b"tEXt", b"\xff\xff\xff\xff", b"eXIf"),
    "jpg": (b"\xff\xd8", b"\xff\xc0", b"\xff\xda", b"\xff\xe1Exif\x00\x00", b"\xff\xff"),
    "tiff": (b"II*\x00", b"\xff\xff\xff\xff", b"\x00\x01"),
}  # fmt: skip


def seeds(kind: str, folder: Path) -> list[bytes]:
    """Files of one format: the corpus', those that hide, those that attack; none too large."""
    from fixtures.corpus.hidden import tricks
    from fixtures.corpus.hostile import files

    found = [path.read_bytes() for path in sorted(folder.glob(f"*.{kind}"))[:40]]
    found += [data for name, data in (*tricks(), *files()) if name.endswith(f".{kind}")]
    return [_opened(data, kind) for data in found if 0 < len(data) < _LARGEST]


def _opened(data: bytes, kind: str) -> bytes:
    """PDF with its streams inflated, so that mutations reach what they say."""
    if kind != "pdf":
        return data
    import pikepdf

    out = BytesIO()
    try:
        with pikepdf.open(BytesIO(data)) as document:
            document.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                          compress_streams=False, qdf=True)  # fmt: skip
    except (pikepdf.PdfError, pikepdf.PasswordError, RuntimeError, ValueError):
        return data
    return out.getvalue() if out.tell() < _LARGEST else data


def mutate(data: bytes, others: list[bytes], kind: str, pick: random.Random) -> bytes:
    """One file changed in a few places; archives are changed inside their members."""
    if data.startswith(b"PK") and pick.random() < 0.85:
        return _mutate_member(data, kind, pick)
    return _mutate_bytes(data, others, kind, pick)


def _mutate_member(data: bytes, kind: str, pick: random.Random) -> bytes:
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (BadZipFile, NotImplementedError, RuntimeError, zlib.error, ValueError, EOFError):
        return _mutate_bytes(data, [data], kind, pick)
    likely = [name for name in members if name.endswith(".xml")] or list(members)
    if not likely:
        return data
    name = pick.choice(likely)
    members[name] = _mutate_bytes(members[name], list(members.values()), kind, pick)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return out.getvalue()


def _mutate_bytes(data: bytes, others: list[bytes], kind: str, pick: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(pick.choice((1, 1, 2, 4, 8, 30))):
        at = pick.randrange(len(changed) + 1)
        length = min(pick.choice((1, 4, 16, 200, 3_000)), len(changed) - at)
        action = pick.randrange(7)
        if action == 0 and at < len(changed):
            changed[at] = pick.randrange(256)
        elif action == 1 and at < len(changed):
            changed[at] ^= 1 << pick.randrange(8)
        elif action == 2:
            del changed[at : at + length]
        elif action == 3:
            changed[at:at] = changed[at : at + length] * pick.choice((1, 3, 50))
        elif action == 4:
            changed[at:at] = pick.choice(_TOKENS[kind]) * pick.choice((1, 1, 2, 100))
        elif action == 5:
            other = pick.choice(others)
            start = pick.randrange(len(other) + 1)
            changed[at : at + length] = other[start : start + length]
        else:
            changed[at : at + length] = bytes(pick.randrange(256) for _ in range(min(length, 64)))
        del changed[_LARGEST:]
    return bytes(changed)


class _Escape(Exception):
    """The reader tried to touch something outside."""


def _watch() -> None:
    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        writes = (
            event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
        )
        if writes or event in {
            "socket.connect",
            "subprocess.Popen",
            "os.system",
            "os.exec",
            "os.fork",
        }:
            message = f"{event} {arguments!r}"[:300]
            raise _Escape(message)

    sys.addaudithook(hook)


def _seed_folder(kind: str) -> Path:
    return FOUND / f"seeds-{kind}"


def child(kind: str, seed: int) -> None:
    """Read mutated files until killed; one line of JSON for each."""
    pick = random.Random(seed)
    originals = [path.read_bytes() for path in sorted(_seed_folder(kind).iterdir())]
    current = (FOUND / f"current-{kind}").open("wb+", buffering=0)
    for data in originals[:8]:
        _outcome(data, kind)
    limit_memory_and_files()
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST * 4, resource.RLIM_INFINITY))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _watch()
    while True:
        data = mutate(pick.choice(originals), originals, kind, pick)
        current.seek(0)
        current.truncate()
        current.write(data)
        limit_processor_time()
        signal.alarm(_SECONDS)
        outcome, detail = _outcome(data, kind)
        signal.alarm(0)
        print(json.dumps([outcome, detail, zlib.crc32(data)]), flush=True)


def _outcome(data: bytes, kind: str) -> tuple[str, str]:
    try:
        read_document(data, f"resume.{kind}")
    except DocumentError as error:
        return str(error.reason), ""
    except Exception:  # noqa: BLE001 - the fuzzer's whole purpose
        return "finding", traceback.format_exc()[-2_000:]
    return "read", ""


def trials(kind: str, minutes: float, seed: int) -> Iterator[tuple[str, str]]:
    """Outcomes from children that are started again when they die."""
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        seed += 1
        command = [sys.executable, "-m", "benchmarks.fuzz", kind, "--child", str(seed)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                outcome, detail, digest = json.loads(line)
                if outcome == "finding":
                    _keep(kind, digest, detail)
                yield outcome, detail
                if time.monotonic() > end:
                    process.kill()
            if time.monotonic() < end:
                yield f"died with status {process.wait()}, contained", ""


def _keep(kind: str, digest: int, detail: str) -> None:
    data = (FOUND / f"current-{kind}").read_bytes()
    (FOUND / f"{digest:08x}.{kind}").write_bytes(data)
    (FOUND / f"{digest:08x}.{kind}.txt").write_text(detail, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("format", choices=sorted(_TOKENS))
    parser.add_argument("--corpus", type=Path, default=Path("build/corpus"))
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1_000)
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    FOUND.mkdir(parents=True, exist_ok=True)
    if options.child is not None:
        child(options.format, options.child)
        return
    _seed_folder(options.format).mkdir(exist_ok=True)
    for number, data in enumerate(seeds(options.format, options.corpus)):
        (_seed_folder(options.format) / f"{number:03}").write_bytes(data)
    counts: collections.Counter[str] = collections.Counter()
    for outcome, _ in trials(options.format, options.minutes, options.seed):
        counts[outcome] += 1
    print(f"{options.format}: {sum(counts.values())} files in {options.minutes:g} minutes")
    for outcome, count in counts.most_common():
        print(f"  {count:7} {outcome}")
    sys.exit(1 if counts["finding"] else 0)


if __name__ == "__main__":
    main()
