"""GitHub accounts that a request gives with the documents that it brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from ..errors import UsageError
from ..github.addresses import is_login
from ..github.given import NO_PORTFOLIO, given_account
from ..models.base import Value
from ..rubric import first_line

_BY_NAME = TypeAdapter(dict[str, Annotated[str, Field(min_length=1, max_length=200)]])


class Accounts(Value):
    """Whose public code belongs to which file."""

    one: str | None = None
    """For every file; None is the account that the document names."""
    by_name: Mapping[str, str] = {}
    """By the name of the file as it was sent, or the last part of it."""

    def of(self, name: str) -> str | None:
        """The account for a file."""
        return self.by_name.get(name) or self.by_name.get(_last(name)) or self.one


def _last(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def accounts_given(given: str | None, names: Iterable[str]) -> Accounts:
    """What a request says of accounts.

    Args:
        given: a login, ``@login``, a profile's address or ``none``; or a JSON object of these by the names of files.
        names: of the files that come with it, those within archives as well.

    Raises:
        UsageError: one account is given for several people, it is none, or a file is named that did not come.
    """
    if given is None:
        return Accounts()
    files = set(names)
    if given.lstrip().startswith("{"):
        return Accounts(by_name=_by_name(given, files))
    account = _account(given)
    if account != NO_PORTFOLIO and len(files) > 1:
        message = f"“{account}” cannot be the GitHub account of {len(files)} people."
        raise UsageError(message, hint='Give a JSON object such as {"mira.pdf": "mira-k"}, or “none”.')  # fmt: skip
    return Accounts(one=account)


def _by_name(given: str, files: set[str]) -> dict[str, str]:
    try:
        found = _BY_NAME.validate_json(given)
    except ValidationError as error:
        message = f"The accounts are not valid: {first_line(error)}."
        raise UsageError(message, hint='Give a JSON object such as {"mira.pdf": "mira-k"}.') from error  # fmt: skip
    known = files | set(map(_last, files))
    strange = sorted(found.keys() - known)
    if strange:
        message = f"An account is given for “{strange[0][:80]}”, and no such file came."
        raise UsageError(message, hint="Name files as they are sent.")
    return {name: _account(text) for name, text in found.items()}


def _account(text: str) -> str:
    account = given_account(text)
    if account != NO_PORTFOLIO and not is_login(account):
        message = "An account is a login, @login, the address of a profile, or “none”."
        raise UsageError(message)
    return account
