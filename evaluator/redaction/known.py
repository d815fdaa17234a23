"""What is known to be this person's: name, mail, phones, links, accounts, found in every spelling."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from ..models.base import Value
from ..structure.contact import Contact, host_and_path
from ..structure.folding import fold
from ..structure.known_names import (
    given_names,
    is_place,
    names_vocabulary,
    ordinary_words,
    tool_names,
)
from ..structure.name_pieces import has_no_spaces
from .address import with_address
from .handles import Handles, handles_of
from .name_in_text import Person
from .person_parts import person_of
from .spelled_accounts import account_letters, spelled_spans

_SEPARATORS = r"[\s\-_.,'’]+"
_LEAST = 3
_LEAST_ACCOUNT = 4


class KnownValues(Value):
    """Strings that identify this person, folded, longest first."""

    strings: tuple[tuple[str, str], ...]
    """(value, placeholder)."""
    person: Person = Person()
    handles: Handles = Handles()
    accounts: frozenset[str] = frozenset()
    """Letters of accounts that could spell the name in another script."""
    named: bool = True
    """Whether the name is known; else the header is withheld."""

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """Where one of the values stands in ``text``, in any case, accents and spacing."""
        literal = self._literal(text)
        named = [(start, end) for start, end, mark in literal if mark == "[NAME]"]
        names = [*with_address(text, [*self.person.spans(text), *named]), *self.handles.spans(text)]
        found = [cut for cut in literal if cut[2] != "[NAME]"]
        found += [
            (start, end, "[NAME]") for start, end in (*names, *spelled_spans(text, self.accounts))
        ]
        return [(start - (text[start - 1 : start] == "@"), end, mark) for start, end, mark in found]

    def _literal(self, text: str) -> list[tuple[int, int, str]]:
        squeezed = _squeeze(fold(text))
        present = tuple(value for value in self._squeezed if value in squeezed)
        if not present:
            return []
        folded, places = _folded(text)
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
            dense = [_spelling(value) for value in some if has_no_spaces(value)]
            spaced = "|".join(_spelling(value) for value in some if not has_no_spaces(value))
            whole = [rf"(?<![^\W_])(?:{spaced})(?![^\W_])"] if spaced else []
            self._forms[present] = re.compile("|".join([*whole, *dense]))
        return self._forms[present]


def known_values(contact: Contact, extra: Iterable[str] = ()) -> KnownValues:
    """Everything known to be this person's: name and its parts, mail, phones, links, handles.

    Args:
        contact: from the resume.
        extra: account names and the account's public name, mail and address.
    """
    found: dict[str, str] = {}

    def add(value: str, placeholder: str) -> None:
        if len(value.strip()) >= _LEAST or (has_no_spaces(value) and len(value.strip()) == 2):
            found.setdefault(value.strip(), placeholder)

    names = [name for name in (contact.name, *contact.others) if name]
    for value in [*contact.links, *extra]:
        _add_link(value, contact.small_words, add)
    for mail in contact.emails:
        add(mail, "[EMAIL]")
        _add_account(mail.split("@")[0], contact.small_words, add)
    for phone in contact.phones:
        add(phone, "[PHONE]")
    for name in names:
        _add_name(name, add)
    parts = names or [
        p for mail in contact.emails for p in _parts_of_mail(mail, contact.small_words)
    ]
    words = {fold(word) for name in parts for word in re.findall(r"[^\W\d_]+", name)}
    ordered = sorted(found.items(), key=lambda item: (-len(item[0]), item[0]))
    taken = frozenset(word for word in words if _has_other_meaning(word, contact.small_words))
    person = person_of(parts, taken)
    accounts = (account_letters(value) for value, mark in found.items() if mark == "[NAME]")
    return KnownValues(
        strings=tuple(ordered),
        person=person,
        handles=handles_of(parts, person.parts),
        accounts=frozenset(account for account in accounts if account),
        named=contact.name is not None,
    )


_Add = Callable[[str, str], None]


def _has_other_meaning(word: str, small: frozenset[str]) -> bool:
    """Whether a folded word is a tool, an ordinary word, or used as one in this resume."""
    return word in tool_names() or word in ordinary_words() or word in small


def _add_name(name: str, add: _Add) -> None:
    parts = [part for part in re.split(r"[\s,]+", name) if part]
    skip = names_vocabulary("honorifics")
    parts = [part for part in parts if fold(part).strip(".") not in skip] or parts
    if len(parts) < 2:
        return
    add(" ".join(parts), "[NAME]")
    add(" ".join(reversed(parts)), "[NAME]")
    add(f"{parts[-1]} {' '.join(parts[:-1])}", "[NAME]")
    add(f"{parts[0]} {parts[-1]}", "[NAME]")
    add(f"{parts[-1]} {parts[0]}", "[NAME]")
    for account in (f"{parts[0][0]}{parts[-1]}", f"{parts[-1]}{parts[0][0]}"):
        if len(account) > _LEAST_ACCOUNT and not _has_other_meaning(fold(account), frozenset()):
            add(account, "[NAME]")


def _parts_of_mail(mail: str, small: frozenset[str]) -> list[str]:
    """Where no name was found, the words of the mail address are taken for one."""
    parts = [part for part in re.split(r"[._+%-]|\d+", mail.split("@")[0]) if len(part) >= 4]
    boxes = names_vocabulary("mailboxes")
    return [p for p in parts if p.lower() not in boxes and not _has_other_meaning(fold(p), small)]


def _add_account(account: str, small: frozenset[str], add: _Add) -> None:
    """An account goes wherever it stands, unless it is a word that means something else as well."""
    plain = fold(account)
    is_word = (
        _has_other_meaning(plain, small)
        or plain in names_vocabulary("mailboxes")
        or is_place(plain)
    )
    if len(account) >= _LEAST_ACCOUNT and not is_word and plain not in given_names():
        add(account, "[NAME]")


def _add_link(value: str, small: frozenset[str], add: _Add) -> None:
    if _is_no_address(value):
        return
    if "/" in value or "." in value or ":" in value:
        add(value, "[LINK]")
        host, path = host_and_path(value)
        if host.endswith(("github.com", "gitlab.com", "linkedin.com")):
            parts = [
                part for part in path.strip("/").split("/") if part not in {"in", "pub", "company"}
            ]
            if parts:
                _add_account(parts[0], small, add)
        elif host.endswith(".github.io"):
            _add_account(host.removesuffix(".github.io"), small, add)
        elif value.startswith("mailto:"):
            add(value.removeprefix("mailto:").split("?")[0], "[EMAIL]")
        elif value.startswith("tel:"):
            add(value.removeprefix("tel:"), "[PHONE]")
    else:
        _add_account(value, small, add)


def _is_no_address(value: str) -> bool:
    """*B.Tech*, *Node.js*: an abbreviation or a tool that has the form of an address."""
    first, dot, rest = fold(value).partition(".")
    if not dot or "/" in value or ":" in value or "." in rest.strip("."):
        return False
    return fold(value).strip(".") in names_vocabulary("suffixes") or first in tool_names()


def _spelling(value: str) -> str:
    """A pattern for a folded value with any spaces, hyphens, dots or underscores between its parts."""
    parts = [re.escape(part) for part in re.split(_SEPARATORS, fold(value)) if part]
    return r"[\s\-_.,'’]*".join(parts)


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
    return re.sub(_SEPARATORS, "", value)
