"""From facts to evidence: paths, manifests, workflows and READMEs read as data, never executed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..models.evidence import Attributes, Finding
from ..models.portfolio import MergedPullRequest, Portfolio, Repository, Unknown
from ..models.vocabulary import AXIS_OF, Agency, Axis, Context, Dimension, Outcome
from ..text.instructions import find_instructions, holds_instruction
from .history import is_long_lived
from .repository_weight import Weight, shows_work_for_others, weigh
from .workflows import runnable

_MAX_LINES = 2_000
_SHOWN_README_LINES = 14
_SHOWN_PATHS = 12
_SHOWN_STEPS = 8
_SHOWN_LINE = 200
_WORKFLOW_TESTS = re.compile(r"\b(?:pytest|tox|nox|unittest|go test|ruff|mypy|flake8)\b", re.I)
_WORKFLOW = re.compile(r"^\.github/workflows/|^\.gitlab-ci\.yml$", re.I)
_ML = re.compile(
    r"\b(?:ml|machine[- ]learning|models?|training|inference|torch|tensorflow|mlflow|dvc|feast|vllm|transformers?|drift|features?|evaluat\w+|retrain\w*|llm|gpu|cuda|attention|neural|embeddings?|classif\w+|detectors?|speech|nlp|recommend\w*|predict\w*)\b",
    re.I,
)

# Files that talk to programs, not to people.
_FOR_AGENTS = re.compile(
    r"(?:^|/)(?:AGENTS|CLAUDE|GEMINI|copilot-instructions|llms)(?:\.\w+)*$|(?:^|/)\.(?:cursorrules|windsurfrules|cursor/)",
    re.I,
)


@dataclass(frozen=True)
class _Signal:
    dimension: Dimension
    ml: bool
    paths: re.Pattern[str]
    within: re.Pattern[str] | None
    lines: re.Pattern[str]


@cache
def _signals() -> tuple[_Signal, ...]:
    raw = tomllib.loads(files(__package__).joinpath("signals.toml").read_text(encoding="utf-8"))
    return tuple(
        _Signal(
            dimension=Dimension(entry["dimension"]),
            ml=bool(entry.get("ml")),
            paths=re.compile("|".join(entry["paths"]), re.I),
            within=re.compile(entry["in"], re.I) if "in" in entry else None,
            lines=re.compile("|".join(entry["lines"]), re.I),
        )
        for entry in raw["signal"]
    )


@dataclass(frozen=True)
class RepositoryText:
    """A repository as lines that quotes are found in: description, topics, paths, file contents."""

    name: str
    lines: tuple[str, ...]
    origins: tuple[str, ...]
    """For each line the file it comes from; ``path`` for the file list, ``about`` for the rest."""

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def starts(self) -> list[int]:
        """Offset of each line in :attr:`text`."""
        offsets, position = [], 0
        for line in self.lines:
            offsets.append(position)
            position += len(line) + 1
        return offsets


def repository_text(repository: Repository) -> RepositoryText:
    """Lay a repository out as lines. Lines that address the reader are left out."""
    lines: list[tuple[str, str]] = []
    if repository.description:
        lines.append(("about", repository.description))
    if repository.topics:
        lines.append(("about", "topics: " + ", ".join(repository.topics)))
    idle = {f.path for f in repository.files if _WORKFLOW.match(f.path) and not runnable(f.text)}
    if not isinstance(repository.paths, Unknown):
        lines += [("path", path) for path in repository.paths if path not in idle]
    for file in repository.files:
        if _FOR_AGENTS.search(file.path):
            continue
        in_comment = False
        text = runnable(file.text) if _WORKFLOW.match(file.path) else file.text.split("\n")
        for line in text:
            plain = " ".join(line.split())
            starts, ends = "<!--" in plain, "-->" in plain
            if plain and not in_comment and not starts:
                lines.append((file.path, plain))
            in_comment = (in_comment or starts) and not ends
    kept = [(origin, line) for origin, line in lines[:_MAX_LINES] if not holds_instruction(line)]
    return RepositoryText(
        name=repository.full_name,
        lines=tuple(line for _, line in kept),
        origins=tuple(origin for origin, _ in kept),
    )


def instructions_in(repository: Repository) -> dict[str, str]:
    """Words of the repository's texts that address their reader, by the name of the text."""
    texts = {"description": repository.description}
    texts |= {file.path: file.text for file in repository.files}
    return {
        name: " … ".join(" ".join(text[start:end].split()) for start, end in spans)
        for name, text in texts.items()
        if (spans := find_instructions(text))
    }


def repository_findings(repository: Repository, text: RepositoryText) -> list[Finding]:
    """Evidence that the facts of one repository give; passages are line numbers from 1."""
    weight = weigh(repository)
    if weight.agency is None:
        return []
    found: list[Finding] = []
    about = " ".join([repository.description, *repository.topics, *text.lines[:400]])
    concerns_ml = _ML.search(about) is not None
    for signal in _signals():
        if signal.ml and not concerns_ml:
            continue
        weak = _first_path(signal, text)
        # A README says what its writer likes: a file bears it out, or years of work do.
        is_backed = weak is not None or is_long_lived(repository)
        strong = _first_line(signal, text, prose=is_backed)
        if (strong is not None and signal.dimension is Dimension.DELIVERY) or (
            strong is not None and (weak is not None or not _is_manifest(text.origins[strong]))
        ):
            found.append(_finding(signal, text, strong, repository, weight, weak=False))
        elif (strong is not None or weak is not None) and _may_be_listed(repository):
            number = weak if weak is not None else strong
            assert number is not None
            found.append(_finding(signal, text, number, repository, weight, weak=True))
    return found


def _may_be_listed(repository: Repository) -> bool:
    """Names of files are made in a minute; only beside work of months they say that it was met."""
    return isinstance(repository.authorship, Unknown) or is_long_lived(repository)


def _is_manifest(origin: str) -> bool:
    return not origin.lower().startswith("readme") and not _WORKFLOW.match(origin)


def _first_line(signal: _Signal, text: RepositoryText, *, prose: bool) -> int | None:
    for number, (origin, line) in enumerate(zip(text.origins, text.lines, strict=True)):
        if origin == "path" or (signal.within and not signal.within.search(origin)):
            continue
        if not prose and (origin == "about" or origin.lower().startswith("readme")):
            continue
        if signal.lines.search(line):
            return number
    return None


def _first_path(signal: _Signal, text: RepositoryText) -> int | None:
    for number, (origin, line) in enumerate(zip(text.origins, text.lines, strict=True)):
        if origin == "path" and signal.paths.search(line):
            return number
    return None


def _finding(
    signal: _Signal,
    text: RepositoryText,
    number: int,
    repository: Repository,
    weight: Weight,
    *,
    weak: bool,
) -> Finding:
    line = text.lines[number]
    agency = Agency.EXPOSED if weak else weight.agency
    assert agency is not None
    releases = repository.releases if isinstance(repository.releases, int) else 0
    shown = agency is Agency.OWNED and weight.sustained
    about = " ".join([repository.description, *repository.topics, line])
    return Finding(
        source=repository.full_name,
        passage=number + 1,
        anchor=line[:_SHOWN_LINE],
        shows=Attributes(
            dimension=signal.dimension,
            context=Context.PROJECT,
            agency=agency,
            outcome=Outcome.STATED if shown and releases else Outcome.NONE,
            production=False,
            ml_specific=AXIS_OF[signal.dimension] is Axis.ML or bool(_ML.search(about)),
        ),
    )


def shown_lines(text: RepositoryText) -> list[int]:
    """Numbers (from 0) of the lines that tell a model most, the best first: what it is, how the README
    starts, what its workflows do, telling paths."""
    about = [n for n, o in enumerate(text.origins) if o == "about"]
    readme = [n for n, o in enumerate(text.origins) if o.lower().startswith("readme")]
    named = [
        n
        for n, (o, line) in enumerate(zip(text.origins, text.lines, strict=True))
        if o == "path" and any(s.paths.search(line) for s in _signals())
    ]
    workflows = [
        n
        for n, (o, line) in enumerate(zip(text.origins, text.lines, strict=True))
        if _WORKFLOW.match(o) and re.match(r"-?\s*(?:name|run|uses):", line)
    ]
    most = max(_SHOWN_PATHS, _SHOWN_README_LINES, _SHOWN_STEPS)
    kinds = (readme[:_SHOWN_README_LINES], named[:_SHOWN_PATHS], workflows[:_SHOWN_STEPS])
    return about + [kind[n] for n in range(most) for kind in kinds if n < len(kind)]


def cap_claim(repository: Repository, shows: Attributes) -> Attributes | None:
    """What a reader's item about a repository may claim at most, by the repository's facts."""
    weight = weigh(repository)
    if weight.agency is None:
        return None
    order = list(Agency)
    releases = repository.releases if isinstance(repository.releases, int) else 0
    outcome = shows.outcome if weight.sustained and releases else Outcome.NONE
    return shows.model_copy(
        update={
            "context": Context.PROJECT,
            "agency": min(shows.agency, weight.agency, key=order.index),
            "outcome": Outcome.STATED if outcome is Outcome.QUANTIFIED else outcome,
            "production": False,
        }
    )


def merged_findings(portfolio: Portfolio) -> dict[str, list[MergedPullRequest]]:
    """Pull requests by the repository of others that took them in, as far as they show work for others."""
    merged = portfolio.merged_elsewhere
    found: dict[str, list[MergedPullRequest]] = {}
    if not isinstance(merged, Unknown):
        for request in merged:
            if shows_work_for_others(request, portfolio.profile):
                found.setdefault(request.repository, []).append(request)
    return found


def merged_text(name: str, requests: list[MergedPullRequest]) -> RepositoryText:
    """Titles of the pull requests as lines."""
    lines = tuple(r.title for r in requests if r.title and not holds_instruction(r.title))
    return RepositoryText(name=name, lines=lines, origins=("title",) * len(lines))


def merged_evidence(text: RepositoryText) -> list[Finding]:
    """Work that others judged good enough to merge: contributed, in the dimension its title names."""
    found: list[Finding] = []
    for number, line in enumerate(text.lines):
        matching = [s for s in _signals() if s.lines.search(line)][:1]
        for signal in matching:
            shows = Attributes(
                dimension=signal.dimension,
                context=Context.PROJECT,
                agency=Agency.CONTRIBUTED,
                outcome=Outcome.STATED,
                production=False,
                ml_specific=signal.ml or bool(_ML.search(line)),
            )
            found.append(Finding(source=text.name, passage=number + 1, anchor=line, shows=shows))
    return found
