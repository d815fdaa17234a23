"""Where documents that come in are read: for the API, for MCP clients, with one session for the life of a server."""

from __future__ import annotations

from functools import lru_cache

from pydantic import ValidationError

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


def role_given(given: str | None) -> RoleProfile | None:
    """A role that a request names or brings.

    Args:
        given: name of a role that ships, or a role as JSON; None is none.

    Raises:
        UsageError: it is neither.
    """
    if given is None:
        return None
    if not given.lstrip().startswith("{"):
        return shipped_role(given)
    try:
        return RoleProfile.model_validate_json(given)
    except ValidationError as error:
        message = f"The role is not valid: {first_line(error)}."
        raise UsageError(message, hint="“evaluator schema --role” prints the form.") from error


@lru_cache(maxsize=8)
def shipped_role(name: str) -> RoleProfile:
    """A role that ships.

    Raises:
        UsageError: there is none of this name. A path is none: a request reads no file of this machine.
    """
    if name not in SHIPPED_ROLES:
        message = f"There is no role “{name}”."
        raise UsageError(message, hint=f"Use {', '.join(SHIPPED_ROLES)}, or send a role as JSON.")
    return load_role(name)
