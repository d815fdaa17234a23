"""Whether an office document is plain: made of what ordinary documents have, with measures that ordinary documents use.

A short list of what is plain takes the place of a long one of tricks. What is not plain is read all the same; but where a
program of the machine draws it, only what its picture shows counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..draft import Draft
from ..paint import Colour, grey
from .grounds import Ground
from .overflow import Doubt
from .package import Attributes

Range = tuple[int, int]
Allowed = Range | frozenset[str] | re.Pattern[str]
Rule = Mapping[str, Allowed | None]
"""By attribute: the least and the largest whole number, the words, how they are written, or anything."""
_NO_RULE: Rule = {}
_NOTHING: frozenset[str] = frozenset()
_MOST_KEPT = 4_096
_PALE = 80
"""Grey levels that plain text keeps from its ground."""
_PLAIN_FIELDS = frozenset(
    "PAGE NUMPAGES SECTION SECTIONPAGES DATE TIME CREATEDATE SAVEDATE PRINTDATE HYPERLINK TOC PAGEREF FORMTEXT FORMCHECKBOX "
    "FORMDROPDOWN LISTNUM".split()
) | {"PAGE NUMBER", "PAGE COUNT"}


@dataclass
class Plainness:
    """What is not plain in a document, the first that was met."""

    rules: Mapping[str, Rule | None] = field(default_factory=dict)
    """By element: what its attributes may be; None where they are no matter."""
    unusual: str = ""
    is_odd: bool = False
    """Whether it has what ordinary documents never have, so that without a picture a person is asked to look."""
    _allowed: set[tuple[str, str, str]] = field(default_factory=set)
    """Elements, attributes and values that were looked at; most come again and again."""
    _painted: set[tuple[tuple[Colour, ...], Ground]] = field(default_factory=set)

    def find(self, what: str) -> None:
        """Something that is not plain."""
        self.unusual = self.unusual or what

    def find_odd(self, what: str) -> None:
        """Something that programs draw unlike what it says, or unlike each other."""
        self.is_odd = True
        self.find(what)

    def take(self, tag: str, attributes: Attributes) -> None:
        """One element."""
        if self.unusual:
            return
        rule = self.rules.get(tag, _NO_RULE)
        if rule is None:
            return
        if rule is _NO_RULE:
            self.unusual = tag
        else:
            for name, value in attributes.items():
                allowed = rule.get(name, _NOTHING)
                if allowed is None or (tag, name, value) in self._allowed:
                    continue
                if not _allows(allowed, value):
                    self.unusual = f"{tag} {name}"
                elif len(self._allowed) < _MOST_KEPT:
                    self._allowed.add((tag, name, value))

    def paint(self, colours: tuple[Colour, ...], ground: Ground) -> None:
        """Letters in a colour on a ground."""
        if (colours, ground) in self._painted:
            return
        self._painted.add((colours, ground))
        under = grey(ground.colours[0]) if ground.colours else 255.0
        is_plain = len(ground.colours) < 2 and not ground.why
        if not is_plain or any(abs(grey(colour) - under) < _PALE for colour in colours):
            self.find("pale text")

    def field(self, kind: str) -> None:
        """A field."""
        if kind not in _PLAIN_FIELDS:
            self.find(f"a field, {kind or 'of no kind'}")


def set_apart(draft: Draft, plainness: Plainness, *, has_typefaces: bool = False) -> Draft:
    """Tell what is perhaps hidden apart from what is hidden for sure.

    Args:
        draft: of an office document.
        plainness: what it has that ordinary documents have not.
        has_typefaces: whether the file brings typefaces along, whose letters a picture would not tell.
    """
    draft.unverified += [one for one in draft.hidden if isinstance(one.how, Doubt)]
    draft.hidden = [one for one in draft.hidden if not isinstance(one.how, Doubt)]
    draft.can_be_drawn = not has_typefaces
    draft.is_odd = plainness.is_odd
    draft.unusual = plainness.unusual or next((one.how for one in draft.unverified), "")
    return draft


def _allows(allowed: Allowed, value: str) -> bool:
    if isinstance(allowed, re.Pattern):
        return allowed.fullmatch(value) is not None
    if isinstance(allowed, frozenset):
        return value in allowed
    digits = value.removeprefix("-")
    return digits.isdigit() and len(digits) < 9 and allowed[0] <= int(value) <= allowed[1]
