"""What is known to be this person's: name, mail, phones, links, accounts, found in every spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from importlib.resources import files

from ..models.base import Value
from ..structure.contact import Contact, fold, host_and_path, is_common_word


@cache
def _technical_names() -> frozenset[str]:
    """Given names that are also tools, methods or words; as a part of a name they stay."""
    text = files(__package__).joinpath("technical_names.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


class KnownValues(Value):
    """Strings that identify this person, folded, longest first."""

    strings: tuple[tuple[str, str], ...]
    """(value, placeholder)."""

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """Where one of the values stands in ``text``, in any case, accents and spacing."""
        folded, places = _folded(text)
        squeezed = _squeeze(folded)
        present = tuple(value for value in self._squeezed if value in squeezed)
        if not present:
            return []
        return [
            (
                places[m.start()],
                places[m.end() - 1] + 1,
                self._squeezed.get(_squeeze(m.group()), "[NAME]"),
            )
            for m in self._form(present).finditer(folded)
        ]

    @cached_property
    def _squeezed(self) -> dict[str, str]:
        """Placeholders by value without spaces and marks, which a text that holds the value holds, too."""
        marks = {_squeeze(fold(value)): mark for value, mark in self.strings}
        marks.pop("", None)
        return marks

    @cached_property
    def _forms(self) -> dict[tuple[str, ...], re.Pattern[str]]:
        return {}

    def _form(self, present: tuple[str, ...]) -> re.Pattern[str]:
        """The spellings of some values, longest first."""
        if present not in self._forms:
            some = [value for value, _ in self.strings if _squeeze(fold(value)) in present]
            choices = "|".join(f"(?:{_spelling(value)})" for value in some)
            self._forms[present] = re.compile(rf"(?<![^\W_])(?:{choices})(?![^\W_])")
        return self._forms[present]


def known_values(contact: Contact, extra: Iterable[str] = ()) -> KnownValues:
    """Everything known to be this person's: name and its parts, mail, phones, links, handles.

    Args:
        contact: from the resume.
        extra: account names and the account's public name, mail and address.
    """
    found: dict[str, str] = {}

    def add(value: str, placeholder: str) -> None:
        if len(value.strip()) >= 3:
            found.setdefault(value.strip(), placeholder)

    for value in [*contact.links, *extra]:
        _add_link(value, add)
    for mail in contact.emails:
        add(mail, "[EMAIL]")
        add(mail.split("@")[0], "[NAME]")
        for part in re.split(r"[._+%-]|\d+", mail.split("@")[0]):
            if len(part) >= 4 and not is_common_word(part):
                _add_part(part, add)
    for phone in contact.phones:
        add(phone, "[PHONE]")
    if contact.name:
        _add_name(contact.name, add)
    ordered = sorted(found.items(), key=lambda item: (-len(item[0]), item[0]))
    return KnownValues(strings=tuple(ordered))


_Add = Callable[[str, str], None]


def _add_name(name: str, add: _Add) -> None:
    add(name, "[NAME]")
    parts = [part for part in re.split(r"[\s,]+", name) if part]
    if len(parts) > 1:
        add(" ".join(reversed(parts)), "[NAME]")
        add(f"{parts[-1]}, {' '.join(parts[:-1])}", "[NAME]")
        add("".join(parts), "[NAME]")
        add(f"{parts[0][0]}. {parts[-1]}", "[NAME]")
        add(f"{parts[-1]}, {parts[0][0]}.", "[NAME]")
        add(f"{parts[-1]} {parts[0][0]}", "[NAME]")
        add(f"{' '.join(parts[1:])} {parts[0][0]}", "[NAME]")
        add(f"{parts[0][0]} {' '.join(parts[1:])}", "[NAME]")
    for part in parts:
        _add_part(part, add)


def _add_part(part: str, add: _Add) -> None:
    if fold(part).strip(".") not in _technical_names() and len(part) >= 3:
        add(part, "[NAME]")


def _add_link(value: str, add: _Add) -> None:
    if "/" in value or "." in value or ":" in value:
        add(value, "[LINK]")
        host, path = host_and_path(value)
        if host.endswith(("github.com", "gitlab.com", "linkedin.com")):
            for part in path.strip("/").split("/"):
                if part not in {"in", "pub", "company"} and fold(part) not in _technical_names():
                    add(part, "[NAME]")
                    break
        elif host.endswith(".github.io"):
            add(host.removesuffix(".github.io"), "[NAME]")
        elif value.startswith("mailto:"):
            add(value.removeprefix("mailto:").split("?")[0], "[EMAIL]")
        elif value.startswith("tel:"):
            add(value.removeprefix("tel:"), "[PHONE]")
    else:
        add(value, "[NAME]")


def _spelling(value: str) -> str:
    """A pattern for a folded value with any spaces, hyphens, dots or underscores between its parts."""
    parts = [re.escape(part) for part in re.split(r"[\s\-_.,]+", fold(value)) if part]
    return r"[\s\-_.,]*".join(parts)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """Text without case and accents, and for each of its characters the index it came from."""
    if text.isascii():
        return text.casefold(), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for index, character in enumerate(text):
        for letter in fold(character):
            letters.append(letter)
            places.append(index)
    return "".join(letters), places


def _squeeze(value: str) -> str:
    return re.sub(r"[\s\-_.,]+", "", value)
