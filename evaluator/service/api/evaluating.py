"""Operations that read documents: one resume to a report, an advert to a role."""

from __future__ import annotations

from pathlib import PurePath

from ...errors import UsageError
from ...pipeline.inputs import Input
from ...pipeline.role_file import role_of
from ...roles.loading import SHIPPED_ROLES
from ...secret_masking import readable
from ..document_intake import Desk, role_given, shipped_role
from .operations import Call, Result
from .problems import Refused, problem
from .schemas import RoleItem, RoleList

_LONGEST_NAME = 255


async def evaluate(call: Call) -> Result:
    """One resume to its report, with the bytes that the command line gives."""
    form = call.form
    name = readable(PurePath(form.name.replace("\\", "/")).name)[:_LONGEST_NAME] or "resume"
    role = role_given(form.fields.get("role"), call.request.app.state.openings)
    desk: Desk = call.request.app.state.desk
    loaded = Input(name=name, data=form.data)
    report = await desk.report(loaded, form.fields.get("github"), role)
    return Result(report.to_json())


def roles(_: Call) -> Result:
    """Roles that ship, with what they ask for."""
    profiles = [shipped_role(name) for name in SHIPPED_ROLES]
    items = tuple(RoleItem(name=p.name, title=p.title, requirements=p.checked) for p in profiles)
    return Result(RoleList(items=items))


async def read_advert(call: Call) -> Result:
    """A job advert to a role, requirement by requirement, for a person to edit."""
    loaded = Input(name="advert.txt", data=call.body.text.encode("utf-8"))
    desk: Desk = call.request.app.state.desk
    try:
        return Result(await role_of(loaded, desk.settings, read=desk.read))
    except (
        UsageError
    ) as error:  # what is wrong is the advert, and no schema says what an advert asks for
        found = problem(422, error.message, kind="nothing-asked", hint=error.hint)
        raise Refused(found) from error
