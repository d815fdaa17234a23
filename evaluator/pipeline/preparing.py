"""One candidate made ready for a reader: document, identity apart, public code, redacted request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..grounding import GroundedSource
from ..models.document import RESUME, Document, FlagKind
from ..models.reading import ReadingRequest, ShownPassage, ShownSource
from ..models.shown import ShownText
from ..redaction import known_values, redact_resume
from ..structure.contact import Contact
from ..structure.outline import Outline
from .public_code import PublicCode, ShownRepositories, show_repositories

_STEERING = frozenset(
    {
        FlagKind.INSTRUCTION,
        FlagKind.HIDDEN_TEXT,
        FlagKind.INVISIBLE_CHARACTERS,
        FlagKind.HOMOGLYPHS,
    }
)


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

    @property
    def is_suspicious(self) -> bool:
        """Whether the document or the public code tries to be read as more than a person sees."""
        return any(flag.kind in _STEERING for flag in (*self.document.flags, *self.code.flags))


def prepare(document: Document, parts: Outline, person: Contact, code: PublicCode) -> Candidate:
    """Redact and number everything that a reader will see.

    Raises:
        InternalError: a known value would still be shown.
    """
    known = known_values(person, code.identity_values)
    shown = redact_resume(document, parts, known)
    repositories = show_repositories(code, known)
    return Candidate(
        document=document,
        parts=parts,
        person=person,
        code=code,
        request=_request(document, shown, repositories),
        resume=GroundedSource(name=RESUME, text=document.text, shown=shown),
        repositories=repositories,
    )


def _request(
    document: Document, shown: Iterable[ShownText], repositories: ShownRepositories
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
    return ReadingRequest(language=document.language, sources=(resume, *repositories.sources))
