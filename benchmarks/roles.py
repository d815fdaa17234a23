"""Requirements of openings against labels: what is taken out of adverts, and the verdicts on candidates.

    python -m benchmarks.roles --adverts FOLDER [--half odd|even]

FOLDER holds adverts as ``adNN-LANGUAGE.EXTENSION`` with their labels in ``adNN.json`` (``requirements``, each with ``sentence``,
``need`` and ``kind``), ``resumes/``, and ``pairs.json``: ``advert``, ``resume`` and ``verdicts`` in the order of the labels.
``--half`` keeps adverts of odd or even numbers. Nothing of the folder belongs into the repository.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz.fuzz import partial_ratio, ratio

from evaluator import CandidateReport, Settings, evaluate
from evaluator.documents.reading import read_document
from evaluator.report import with_role
from evaluator.report.model import ReportRequirement
from evaluator.roles.adverts import role_of_advert
from evaluator.roles.model import Requirement, RequirementVerdict, RoleProfile
from evaluator.roles.names import places_of
from evaluator.roles.speech import languages_in
from evaluator.rubric import load_rubric

VERDICTS = tuple(v.value for v in reversed(RequirementVerdict))
"""From missing to found."""
_ALIKE, _SHORT = 88, 12
_NOT_SCORED = frozenset({"soft", "place_or_permit"})
_ALL_ASKED = frozenset({"language", "years"})
"""Of several in one sentence, people judge the sentence by the one that is met least."""
_KINDS = {"degree": "education"}
_PRESENT = "2026-11"
Pairs = Sequence[tuple[str, str]]


def kappa(pairs: Pairs, *, linear: bool = False) -> float:
    """Cohen's kappa of two verdicts each, plain or weighted by their distance."""

    def apart(a: str, b: str) -> float:
        steps = abs(VERDICTS.index(a) - VERDICTS.index(b))
        return steps / (len(VERDICTS) - 1) if linear else float(steps > 0)

    ours, theirs = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    seen = sum(apart(a, b) for a, b in pairs) / len(pairs)
    chance = sum(apart(a, b) * ours[a] * theirs[b] for a in ours for b in theirs) / len(pairs) ** 2
    return 1 - seen / chance if chance else 1.0


def plain(text: str) -> str:
    """Without marks of markup, white space made plain."""
    return " ".join("".join(" " if c in "*_#`" else c for c in text).split()).casefold()


def likest(sentence: str, quotes: Sequence[str]) -> str | None:
    """The quote that is this sentence of an advert; None where none is."""

    def alike(quote: str) -> float:
        part = partial_ratio(quote, sentence) if min(len(quote), len(sentence)) > _SHORT else 0.0
        return max(ratio(quote, sentence), part)

    best = max(quotes, key=alike, default=None)
    return best if best is not None and alike(best) >= _ALIKE else None


class Row(NamedTuple):
    """What a role asks for, and the verdict on it."""

    asked: Requirement
    judged: ReportRequirement


def told(label: Mapping[str, Any], rows: Sequence[Row]) -> str:
    """One verdict of all rows of a sentence: those of its part of the sentence, of its need and kind, and with its names, else all."""
    kind = _KINDS.get(label["kind"], label["kind"])
    rows = [r for r in rows if _is_of(r.asked, label["sentence"])] or rows
    rows = [r for r in rows if r.asked.need.value == label["need"]] or rows
    rows = [r for r in rows if r.asked.kind.value == kind] or rows
    rows = [r for r in rows if r.asked.is_scored] or rows
    rows = [r for r in rows if _is_named(r.asked, label["sentence"])] or rows
    found = {r.judged.verdict.value for r in rows}
    if len(found) == 1 or label["kind"] in _ALL_ASKED:
        return min(found, key=VERDICTS.index)
    return "partly" if found & {"found", "partly"} else "unclear"


def _is_of(asked: Requirement, part: str) -> bool:
    """Whether a requirement's own words stand in a part of a sentence, or a name that it asks for."""
    words, whole = plain(asked.text), plain(part)
    is_said = len(words) <= len(whole) and partial_ratio(words, whole) >= _ALIKE
    return is_said or _is_named(asked, part)


def _is_named(asked: Requirement, part: str) -> bool:
    """Whether a part of a sentence has a name that is asked for."""
    spoken, low = {code for code, _, _ in languages_in(part)}, part.lower()
    return any(
        any(places_of(name, part, low)) or any(code in spoken for code, _, _ in languages_in(name))
        for name in asked.names
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print recall and precision of requirements, kappa of verdicts, and what is wrongly said to be missing."""
    parser = ArgumentParser(prog="python -m benchmarks.roles")
    parser.add_argument("--adverts", type=Path, required=True)
    parser.add_argument("--half", choices=("odd", "even"))
    given = parser.parse_args(arguments)
    folder: Path = given.adverts
    roles: dict[str, tuple[RoleProfile, list[dict[str, Any]]]] = {}
    for path in sorted(folder.glob("ad[0-9][0-9]-*")):
        if given.half is None or (int(path.name[2:4]) % 2 == 1) == (given.half == "odd"):
            role = role_of_advert(read_document(path.read_bytes(), path.name), int(_PRESENT[:4]))
            labels = json.loads((folder / f"{path.name[:4]}.json").read_text(encoding="utf-8"))
            if role is not None:
                roles[path.name] = role, labels["requirements"]
    _print_extraction(list(roles.values()))
    pairs = json.loads((folder / "pairs.json").read_text(encoding="utf-8"))
    _print_verdicts(folder, roles, [pair for pair in pairs if pair["advert"] in roles])
    return 0


def _print_extraction(roles: Sequence[tuple[RoleProfile, list[dict[str, Any]]]]) -> None:
    hits = asked = given = right = 0
    for role, labels in roles:
        quotes = {plain(r.quote) for r in role.requirements if r.quote}
        found = {likest(plain(label["sentence"]), sorted(quotes)) for label in labels}
        asked += len(labels)
        hits += sum(
            likest(plain(label["sentence"]), sorted(quotes)) is not None for label in labels
        )
        given += len(quotes)
        right += len(quotes & found)
    print(f"requirements: recall {hits / asked:.3f}, precision {right / given:.3f} of {asked}")


def _print_verdicts(
    folder: Path,
    roles: Mapping[str, tuple[RoleProfile, list[dict[str, Any]]]],
    pairs: Sequence[Mapping[str, Any]],
) -> None:
    settings = Settings(reader="rules", offline=True, github="none", as_of=_PRESENT)
    kept: dict[str, tuple[CandidateReport, str]] = {}
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in pairs:
        name = pair["resume"]
        if name not in kept:
            data = (folder / "resumes" / name).read_bytes()
            kept[name] = evaluate(data, settings=settings), read_document(data, name).text
        role, labels = roles[pair["advert"]]
        seen = with_role(kept[name][0], role, kept[name][1], rubric=load_rubric())
        rows: dict[str, list[Row]] = defaultdict(list)
        for asked, row in zip(role.checked, seen.requirements, strict=True):
            if asked.quote:
                rows[plain(asked.quote)].append(Row(asked, row))
        for label, verdict in zip(labels, pair["verdicts"], strict=True):
            quote = likest(plain(label["sentence"]), sorted(rows))
            if quote is not None:
                found[label["kind"]].append((verdict, told(label, rows[quote])))
    scored = [p for kind, each in found.items() if kind not in _NOT_SCORED for p in each]
    wrong = sum(mine == "missing" and label in {"found", "partly"} for label, mine in scored)
    print(
        f"verdicts: kappa {kappa(scored):.3f}, linear {kappa(scored, linear=True):.3f} of {len(scored)}; "
        f"missing said of what is there {100 * wrong / len(scored):.1f} %"
    )
    for kind, each in sorted(found.items()):
        print(f"  {kind:16} {kappa(each):6.3f} of {len(each)}")


if __name__ == "__main__":
    sys.exit(main())
