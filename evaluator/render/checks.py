"""What a person should look at: each flag once and each other reason, with what to do."""

from __future__ import annotations

from collections.abc import Iterator

from ..models.document import Flag, FlagKind
from ..models.vocabulary import Severity
from ..report import CandidateReport
from ..report.building import FLAG_REASONS
from ..wording import flag_name, flag_remedy, reason_remedy, without_options


def checks(report: CandidateReport, *, for_candidate: bool = False) -> tuple[str, ...]:
    """Lines of what was found and what to do about it; for the candidate, flags alone."""
    flags = _flags(report)
    lines = []
    for kind, found in flags.items():
        *first, last = (_line(flag) for flag in found)
        lines += [*first, f"{last} {flag_remedy(kind, for_candidate=for_candidate)}"]
    if not for_candidate:
        lines += [f"{_sentence(reason)} {reason_remedy(reason)}" for reason in _reasons(report)]
    return tuple(lines)


def short_checks(report: CandidateReport) -> list[str]:
    """The same in a few words each, for a list of candidates."""
    return [*map(flag_name, _flags(report)), *map(without_options, _reasons(report))]


def _flags(report: CandidateReport) -> dict[FlagKind, list[Flag]]:
    found: dict[FlagKind, list[Flag]] = {}
    for flag in report.flags:
        if flag.severity is not Severity.INFO:
            found.setdefault(flag.kind, []).append(flag)
    return found


def _line(flag: Flag) -> str:
    name = flag_name(flag.kind).capitalize()
    return f"{name} ({flag.severity.value}): {_closed(without_options(flag.message))}"


def _reasons(report: CandidateReport) -> Iterator[str]:
    """Reasons that no flag gives."""
    flags = _flags(report)
    of_flags = {FLAG_REASONS[kind] for kind in flags if kind in FLAG_REASONS}
    for reason in report.human_review.reasons:
        is_told = FlagKind.PORTFOLIO in flags and reason.startswith(
            ("public code unknown", "portfolio unknown")
        )
        if reason not in of_flags and not is_told:
            yield reason


def _sentence(reason: str) -> str:
    return _closed(without_options(reason[:1].upper() + reason[1:]))


def _closed(text: str) -> str:
    return text if text.endswith((".", "!", "?", "。")) else f"{text}."
