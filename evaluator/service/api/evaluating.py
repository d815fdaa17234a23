"""Operations that read documents: one resume to a report, an advert to a role."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePath

from pydantic import ValidationError

from ...errors import UsageError
from ...masking import readable
from ...models.document import Document
from ...pipeline.evaluator import Evaluator
from ...pipeline.inputs import Input
from ...pipeline.opening import role_of
from ...report import CandidateReport, with_role
from ...roles.loading import SHIPPED_ROLES, load_role
from ...roles.model import RoleProfile
from ...rubric import load_rubric
from ...scoring import advert_words
from ...settings import Settings
from .operations import Call, Result
from .problems import mistakes
from .schemas import RoleItem, RoleList

_LONGEST_NAME = 255


class Desk:
    """Reads what comes in, with one evaluator for the life of the server.

    Args:
        settings: how it is read.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._evaluator: Evaluator | None = None

    @property
    def evaluator(self) -> Evaluator:
        """Made when the first resume comes, in the loop that it lives in."""
        if self._evaluator is None:
            self._evaluator = Evaluator(self.settings)
        return self._evaluator

    async def aclose(self) -> None:
        """End its processes and connections."""
        if self._evaluator is not None:
            await self._evaluator.aclose()
            self._evaluator = None

    async def read(self, data: bytes, name: str) -> Document:
        """A document, in the same processes as resumes."""
        return await self.evaluator.read_document(Input(name=name, data=data))

    async def report(
        self, loaded: Input, github: str | None, role: RoleProfile | None
    ) -> CandidateReport:
        """One resume; errors as :meth:`Evaluator.evaluate`.

        A role of the request is applied to what was read: a model is asked about the requirements of the server's own
        role alone.
        """
        evaluator = self.evaluator
        document = await evaluator.read_document(loaded)
        candidate = await evaluator.candidate(document, github=github)
        found = await evaluator.evaluate_candidate(candidate)
        if role is None:
            return found
        rubric = load_rubric(self.settings.rubric)
        return with_role(found, role, document.text, rubric=rubric, words=advert_words(role))


async def evaluate(call: Call) -> Result:
    """One resume to its report, with the bytes that the command line gives."""
    form = call.form
    name = readable(PurePath(form.name.replace("\\", "/")).name)[:_LONGEST_NAME] or "resume"
    role = _role(form.fields.get("role"))
    desk: Desk = call.request.app.state.desk
    loaded = Input(name=name, data=form.data)
    report = await desk.report(loaded, form.fields.get("github"), role)
    return Result(report.to_json())


def _role(given: str | None) -> RoleProfile | None:
    if given is None:
        return None
    if not given.lstrip().startswith("{"):
        return _shipped(given)
    try:
        return RoleProfile.model_validate_json(given)
    except ValidationError as error:
        raise mistakes(error, "body.role") from error


@lru_cache(maxsize=8)
def _shipped(name: str) -> RoleProfile:
    # A name alone: a path of this machine is nothing that a request may read.
    if name not in SHIPPED_ROLES:
        message = f"There is no role “{name}”."
        raise UsageError(message, hint=f"Use {', '.join(SHIPPED_ROLES)}, or send a role as JSON.")
    return load_role(name)


def roles(_: Call) -> Result:
    """Roles that ship, with what they ask for."""
    profiles = [_shipped(name) for name in SHIPPED_ROLES]
    items = tuple(RoleItem(name=p.name, title=p.title, requirements=p.checked) for p in profiles)
    return Result(RoleList(items=items))


async def read_advert(call: Call) -> Result:
    """A job advert to a role, requirement by requirement, for a person to edit."""
    loaded = Input(name="advert.txt", data=call.body.text.encode("utf-8"))
    desk: Desk = call.request.app.state.desk
    return Result(await role_of(loaded, desk.settings, read=desk.read))
