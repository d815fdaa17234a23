"""What a user may have meant whose command line does not fit."""

from __future__ import annotations

from collections.abc import Sequence

import click

from ..text.spelling import near


def with_hint(error: click.ClickException, arguments: Sequence[str]) -> click.ClickException:
    """The error, with the nearest choice where a choice was mistyped."""
    if not isinstance(error, click.BadParameter) or error.param is None:
        return error
    choices: Sequence[str] = getattr(error.param.type, "choices", ())
    wrong = [given for given in _given(arguments, error.param.opts) if given not in choices]
    hint = near(wrong[0], choices) if wrong else None
    if hint is None:
        return error
    return click.BadParameter(
        f"{error.message} {hint}", ctx=error.ctx, param=error.param, param_hint=error.param_hint
    )


def _given(arguments: Sequence[str], options: Sequence[str]) -> list[str]:
    """The values of an option on a command line."""
    found = []
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=True):
        option, is_joined, value = argument.partition("=")
        if option in options:
            found.append(value if is_joined else following)
    return found
