"""One candidate made ready for a reader: document, identity apart, public code, redacted request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..errors import DocumentError, Unreadable
from ..grounding import GroundedSource
from ..models.document import RESUME, Document, Flag, FlagKind
from ..models.reading import ReadingRequest, ShownPassage, ShownSource
from ..models.shown import ShownText
from ..models.vocabulary import Severity
from ..redaction import known_values, redact_resume
from ..structure.contact import Contact
from ..structure.outline import Outline
from ..structure.subject import subject_flags
from .public_code import PublicCode, ShownRepositories, show_repositories

_STEERING = frozenset(
    {
        FlagKind.INSTRUCTION,
        FlagKind.HIDDEN_TEXT,
        FlagKind.INVISIBLE_CHARACTERS,
        FlagKind.HOMOGLYPHS,
    }
)

_HINT = "Look at the file: it may not be a resume, or its headings may be in a language that is not supported yet."


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the stages before reading know. Only ``request`` is shown to a reader."""

    document: Document
    parts: Outline
    person: Contact
    code: PublicCode
    request: ReadingRequest
    resume: GroundedSource
    repositories: ShownRepositories
    named: tuple[tuple[int, int], ...] = ()
    """Where the resume names the candidate."""
    flags: tuple[Flag, ...] = ()
    """What a person should know of who the document is about."""

    @property
    def is_suspicious(self) -> bool:
        """Whether the document or the public code tries to be read as more than a person sees."""
        return any(flag.kind in _STEERING for flag in (*self.document.flags, *self.code.flags))


def prepare(
    document: Document,
    parts: Outline,
    person: Contact,
    code: PublicCode,
    requirements: tuple[str, ...] = (),
) -> Candidate:
    """Redact and number everything that a reader will see.

    Args:
        document: the resume.
        parts: its outline.
        person: whose it is.
        code: their public code.
        requirements: of an opening, which the reader is to cite passages for.

    Raises:
        DocumentError: there is nothing to show.
    """
    known = known_values(person, code.identity_values)
    redacted = redact_resume(document, parts, known)
    shown = redacted.passages
    repositories = show_repositories(code, known)
    steers = any(flag.kind in _STEERING for flag in document.flags)
    if not shown and not repositories.sources and not steers:
        message = (
            "Nothing in it describes work, studies or skills, so there is nothing to evaluate."
        )
        raise DocumentError(Unreadable.NOTHING_TO_SHOW, message, hint=_HINT)
    return Candidate(
        document=document,
        parts=parts,
        person=person,
        code=code,
        request=_request(document, shown, repositories, requirements),
        resume=GroundedSource(name=RESUME, text=document.text, shown=shown),
        repositories=repositories,
        named=tuple((start, end) for start, end, _ in known.spans(document.text)),
        flags=(
            *subject_flags(document, parts, person),
            *_withheld(redacted.withheld, repositories.withheld),
        ),
    )


def _withheld(passages: int, lines: int) -> tuple[Flag, ...]:
    places = {"passage(s) of the resume": passages, "line(s) of public code": lines}
    found = " and ".join(f"{number} {place}" for place, number in places.items() if number)
    if not found:
        return ()
    message = f"{found} still held the candidate's name or address after redaction, so they were not judged."
    return (Flag(kind=FlagKind.WITHHELD, severity=Severity.MEDIUM, message=message),)


def _request(
    document: Document,
    shown: Iterable[ShownText],
    repositories: ShownRepositories,
    requirements: tuple[str, ...],
) -> ReadingRequest:
    passages = tuple(
        ShownPassage(
            number=text.number,
            section=text.section,
            context=text.context,
            heading=text.heading,
            text=text.text,
        )
        for text in shown
    )
    resume = ShownSource(name=RESUME, passages=passages)
    return ReadingRequest(
        language=document.language,
        sources=(resume, *repositories.sources),
        requirements=requirements,
    )
