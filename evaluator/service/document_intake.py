"""Where documents that come in are read: for the API, for MCP clients, with one session for the life of a server."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from ..errors import UsageError
from ..models.document import Document
from ..pipeline.inputs import Input
from ..pipeline.session import Session
from ..report import CandidateReport, with_role
from ..roles.loading import SHIPPED_ROLES, load_role
from ..roles.model import RoleProfile
from ..rubric import first_line, load_rubric
from ..scoring import advert_words
from ..settings import Settings
from .openings import Openings


class Desk:
    """Reads what comes in, with one session for the life of the server.

    Args:
        settings: how it is read.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """Made when the first resume comes, in the loop that it lives in."""
        if self._session is None:
            self._session = Session(self.settings)
        return self._session

    async def aclose(self) -> None:
        """End its processes and connections."""
        if self._session is not None:
            await self._session.aclose()
            self._session = None

    async def read(self, data: bytes, name: str) -> Document:
        """A document, in the same processes as resumes."""
        return await self.session.read_document(Input(name=name, data=data))

    async def report(
        self, loaded: Input, github: str | None, role: RoleProfile | None
    ) -> CandidateReport:
        """One resume; errors as :meth:`Evaluator.evaluate`.

        A role of the request is applied to what was read: a model is asked about the requirements of the server's own
        role alone.
        """
        session = self.session
        document = await session.read_document(loaded)
        candidate = await session.candidate(document, github=github)
        found = await session.evaluate_candidate(candidate)
        if role is None:
            return found
        rubric = load_rubric(self.settings.rubric)
        return with_role(found, role, document.text, rubric=rubric, words=advert_words(role))


def role_given(given: str | None, openings: Openings | None = None) -> RoleProfile | None:
    """A role that a request names or brings.

    Args:
        given: name of a role that ships or key of an opening, or a role as JSON or as its file; None is none.
        openings: those that may be named.

    Raises:
        UsageError: it is none of these.
    """
    kept = role_asked(given, openings)
    return shipped_role(kept) if isinstance(kept, str) else kept


def role_asked(given: str | None, openings: Openings | None = None) -> RoleProfile | str | None:
    """The same as a run keeps it: one that ships by its name."""
    if given is None or given in SHIPPED_ROLES:
        return given
    is_json = given.lstrip().startswith("{")
    if not is_json and "=" not in given:  # no key of an opening holds one, and every file does
        opening = openings.asked(given) if openings else None
        return opening.kept if opening else shipped_role(given)
    try:
        if is_json:
            return RoleProfile.model_validate_json(given)
        return RoleProfile.model_validate(tomllib.loads(given))
    except (ValueError, RecursionError) as error:  # a number too long, lists within lists
        message = f"The role is not valid: {first_line(error)}."
        raise UsageError(message, hint="“evaluator schema --role” prints the form.") from error


@lru_cache(maxsize=8)
def shipped_role(name: str) -> RoleProfile:
    """A role that ships.

    Raises:
        UsageError: there is none of this name. A path is none: a request reads no file of this machine.
    """
    if name not in SHIPPED_ROLES:
        message = f"There is no role “{name[:80]}”."
        hint = f"Use {', '.join(SHIPPED_ROLES)}, the key of an opening, or send a role as JSON or TOML."
        raise UsageError(message, hint=hint)
    return load_role(name)
