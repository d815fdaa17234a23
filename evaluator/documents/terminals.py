"""Sequences that a terminal obeys: what they conceal is no text, what they move or erase is not trusted."""

from __future__ import annotations

import re

from .draft import Hidden, hide

_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)(?P<settings>[0-9;:]{0,80})m"
    r"|(?P<other>(?:\x1b\[|\x9b)[0-?]{0,80}[ -/]{0,8}[@-~]|\x1b[\]P_^X][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]{0,8}[0-~]|\x08)"
)
_CONCEALED = "text that a terminal conceals"
_MOVED = "text that a terminal erases or moves"
_NOT_SET = {"ink": "9", "ground": "none"}


def without_controls(text: str, hidden: list[Hidden]) -> str:
    """A text as a terminal shows it; lines in which things are moved or erased are hidden.

    Args:
        text: with line ends.
        hidden: gets what is not shown.
    """
    if "\x1b" not in text and "\x9b" not in text and "\x08" not in text:
        return text
    state: dict[str, str] = dict(_NOT_SET)
    return "".join([_line(line, state, hidden) for line in text.splitlines(keepends=True)])


def _line(line: str, state: dict[str, str], hidden: list[Hidden]) -> str:
    kept: list[str] = []
    place, moved = 0, False
    for found in [*_ESCAPE.finditer(line), None]:
        piece = line[place : found.start() if found else len(line)]
        if state.get("concealed") or state["ink"] == state["ground"]:
            hide(hidden, _CONCEALED, piece)
        else:
            kept.append(piece)
        if found is not None:
            place = found.end()
            if found["other"] is None:
                _set(state, found["settings"] or "0")
            else:
                moved = True
    if moved:
        hide(hidden, _MOVED, "".join(kept))
        return "\n"
    return "".join(kept) + ("\n" if line[-1:] == "\n" and not "".join(kept).endswith("\n") else "")


def _set(state: dict[str, str], settings: str) -> None:
    codes = re.split("[;:]", settings)
    while codes:
        code = codes.pop(0).lstrip("0") or "0"
        if code == "0":
            state.clear()
            state.update(_NOT_SET)
        elif code in {"8", "28"}:
            state["concealed"] = "yes" if code == "8" else ""
        elif code in {"38", "48"}:
            told = 2 if codes[:1] == ["5"] else 4
            state["ink" if code == "38" else "ground"] = " ".join(codes[:told])
            del codes[:told]
        elif code[:-1] in {"3", "9"}:
            state["ink"] = code[-1]
        elif code[:-1] in {"4", "10"}:
            state["ground"] = code[-1] if code != "49" else "none"
