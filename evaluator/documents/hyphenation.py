"""Words broken at a line's end: joined, with the hyphen where the word has one of its own."""

from __future__ import annotations

import re

from .pdf.words import LINE_END_HYPHEN

_STEMS = frozenset(
    [
        "test",
        "on",
        "per",
        "non",
        "self",
        "cross",
        "real",
        "end",
        "open",
        "well",
        "long",
        "high",
        "low",
        "full",
        "back",
        "front",
        "memory",
        "service",
        "query",
        "first",
        "cold",
        "hand",
        "hands",
        "property",
        "type",
        "co",
        "multi",
        "pre",
        "post",
        "held",
        "scikit",
        "large",
        "small",
        "deep",
        "fine",
        "follow",
        "state",
        "data",
        "time",
        "cloud",
        "zero",
        "few",
        "one",
        "two",
        "three",
        "event",
        "batch",
        "model",
        "user",
        "customer",
        "cost",
    ]
)
"""What usually keeps its hyphen: held-out, scikit-learn, on-call."""
_CLOSED = frozenset(
    [
        "pytorch",
        "tensorflow",
        "mlflow",
        "github",
        "gitlab",
        "kubeflow",
        "fastapi",
        "duckdb",
        "bigquery",
        "postgresql",
        "javascript",
        "typescript",
        "xgboost",
        "lightgbm",
        "openai",
        "devops",
        "mlops",
        "dataops",
        "mongodb",
        "powerbi",
        "linkedin",
    ]
)
"""Names with a capital inside and no hyphen."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def join_hyphenated(texts: list[str], *, breaks_words: bool = True) -> list[tuple[int, str]]:
    """Join words broken at a line's end to the upper line; gives (index of the line, text).

    A hyphen stays where the document writes the word with one elsewhere, before a capital or a digit,
    and after stems that usually keep it; it goes where the document writes the word without.

    Args:
        texts: lines, of which :data:`LINE_END_HYPHEN` may end some.
        breaks_words: False where the program that set the lines never hyphenates.
    """
    if not any(text.endswith(LINE_END_HYPHEN) for text in texts):
        return [(i, text.replace(LINE_END_HYPHEN, "-")) for i, text in enumerate(texts) if text]
    known = {word.lower() for text in texts for word in _WORD.findall(text)}
    joined: list[tuple[int, str]] = []
    for index, original in enumerate(texts):
        text = original
        if joined and joined[-1][1].endswith(LINE_END_HYPHEN):
            number, upper = joined[-1]
            tail, _, text = text.partition(" ")
            stem = re.split(r"[\s(/]", upper[:-1])[-1]
            hyphen = "-" if not breaks_words or _keeps_hyphen(stem, tail, known) else ""
            joined[-1] = (number, upper[:-1] + hyphen + tail)
        if text:
            joined.append((index, text))
    return [(index, text.replace(LINE_END_HYPHEN, "-")) for index, text in joined]


def _keeps_hyphen(stem: str, tail: str, known: set[str]) -> bool:
    bare = "".join(_WORD.findall(tail)[:1])
    small_stem, small_tail = stem.lower(), bare.lower()
    if f"{small_stem}-{small_tail}" in known:
        return True
    if small_stem + small_tail in known | _CLOSED:
        return False
    return (
        not tail[:1].islower()
        or (len(stem) > 1 and stem.isupper())
        or any(c in tail + stem for c in "@/")
        or small_stem.rpartition("-")[2] in _STEMS
    )
