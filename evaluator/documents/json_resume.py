"""Resumes as JSON: the fields a theme would print, as lines with section headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import DocumentError, Unreadable
from ..models.document import DocumentFormat
from .draft import Draft, DraftLine, DraftLink, Hidden
from .html.converter import HtmlConverter
from .json_forms import is_reactive, resume_in

_SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    # key, heading, fields of an entry's title line in order
    ("work", "Experience", ("position", "title", "name", "company", "location")),
    ("experience", "Experience", ("position", "title", "company", "name", "location")),
    ("volunteer", "Volunteering", ("position", "organization")),
    ("projects", "Projects", ("name", "title", "entity")),
    ("education", "Education", ("studyType", "degree", "area", "institution", "school")),
    ("publications", "Publications", ("name", "title", "publisher", "releaseDate", "date")),
    ("certificates", "Certifications", ("name", "title", "issuer", "date")),
    ("certifications", "Certifications", ("name", "title", "issuer", "date")),
    ("awards", "Awards", ("title", "name", "awarder", "date")),
    ("skills", "Skills", ("name", "level", "proficiency")),
    ("languages", "Languages", ("language", "name", "fluency", "level")),
    ("interests", "Interests", ("name",)),
    ("hobbies", "Interests", ("name",)),
    ("references", "References", ("name",)),
)
_HEADINGS = {key: (heading, titles) for key, heading, titles in _SECTIONS}
_NAMES = frozenset({"skills", "languages", "interests", "hobbies"})
"""Parts whose entries, where each is a name and no more, are set in one line."""
_MARKS = re.compile(r"[,;:|•]|\S{60}")
_TEXTS = ("summary", "description", "reference", "content", "body", "desc")
_LISTS = ("highlights", "courses", "achievements", "responsibilities", "bullets", "tasks")
_WORDS = ("keywords", "technologies", "tools", "skills")
_ADDRESSES = ("url", "website", "link")
_PLACE = ("address", "postalCode", "city", "region", "countryCode", "country")
_WHEN = ("startDate", "endDate", "date", "period", "start", "end")
_PARTS = ("roles", "positions")
_ENTRY = frozenset([*_TEXTS, *_LISTS, *_WORDS, *_ADDRESSES, *_WHEN, *_PARTS])
_BASICS = frozenset(
    "name firstName lastName label headline email phone location website websites url profiles summary "
    "image picture pictureUrl customFields objective bio id".split()
)
_UNPRINTED = frozenset(
    "meta metadata $schema picture image theme settings public score gpa level levelNum grade type id visible "
    "hidden icon columns thesis network username".split()
)
"""Fields that no theme prints as sentences."""
_DATE = re.compile(r"((?:19|20)\d\d-(?:0[1-9]|1[0-2]))-\d\d(?:T.*)?")
_TAGS = re.compile(
    r"</?(?:p|ul|ol|li|br|strong|em|b|i|u|div|span|h[1-6]|a|table)\b[^<>]{0,500}>", re.I
)
_TELLING = 4
"""Words from which a field that nothing prints is said to be left aside."""


class JsonResumeConverter:
    """Reads the published fields; unknown ones are not shown by themes, not read, and told."""

    format = DocumentFormat.JSON_RESUME

    def convert(self, data: bytes) -> Draft:
        value = resume_in(data)
        if value is None:
            message = "The file is not valid JSON, or not a resume."
            raise DocumentError(Unreadable.UNSUPPORTED, message, hint="Give PDF, DOCX or text.")
        page = _Page()
        if is_reactive(value):
            page.reactive(value)
        else:
            page.json_resume(value)
        return page.draft()


@dataclass
class _Page:
    """What a theme prints."""

    lines: list[str] = field(default_factory=list)
    links: list[DraftLink] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    asides: list[Hidden] = field(default_factory=list)
    left: dict[str, None] = field(default_factory=dict)

    def draft(self) -> Draft:
        draft = Draft(
            lines=[DraftLine.marked(line) for line in self.lines],
            links=self.links,
            hidden=self.hidden,
            asides=self.asides,
        )
        if self.left:
            names = ", ".join(f"“{name}”" for name in list(self.left)[:10])
            draft.unread.append(
                f"Fields that the form of the file does not have were not read: {names}."
            )
        return draft

    def json_resume(self, value: Mapping[str, Any]) -> None:
        self._basics(_mapping(value.get("basics")) or _mapping(value.get("bio")))
        for key, heading, titles in _SECTIONS:
            entries = _entries(value.get(key))
            if entries:
                self.lines += ["", heading]
            self._entry_after_entry(entries, titles, key)
        self._leave(value, {"basics", "bio", *_HEADINGS}, "")

    def reactive(self, value: Mapping[str, Any]) -> None:
        self._basics(_mapping(value.get("basics")))
        sections = _mapping(value.get("sections"))
        named = [("summary", value["summary"])] if "summary" in value else []
        named += list(sections.items())
        named += [
            (str(_mapping(s).get("type", "")), s) for s in _sequence(value.get("customSections"))
        ]
        for key, section in named:
            if key == "custom":
                for name, custom in _mapping(section).items():
                    self._section(name, _mapping(custom))
            else:
                self._section(key, _mapping(section))

    def _section(self, key: str, section: Mapping[str, Any]) -> None:
        heading = next(
            (_line(section.get(f)) for f in ("name", "title", "heading") if _line(section.get(f))),
            "",
        )
        usual, titles = _HEADINGS.get(
            key,
            (key.title(), ("position", "title", "name", "company", "institution", "organization")),
        )
        content = [name for name in ("content", "body") if _line(section.get(name))]
        entries = [entry for entry in _entries(section.get("items")) if self._is_shown(entry)]
        if not self._is_shown(section) or not (content or entries):
            return
        self.lines += ["", heading or usual]
        for name in content:
            self._text(section[name])
        if key == "profiles":
            for entry in entries:
                self._profile(entry)
        else:
            self._entry_after_entry(entries, titles, key)

    def _is_shown(self, value: Mapping[str, Any]) -> bool:
        """What its owner switched off is on no page; told when it is long."""
        if value.get("visible", True) is not False and value.get("hidden", False) is not True:
            return True
        self.asides.append(Hidden("a part that is switched off", _all_text(value)))
        return False

    def _basics(self, basics: Mapping[str, Any]) -> None:
        name = _line(basics.get("name")) or " ".join(
            filter(None, (_line(basics.get(f)) for f in ("firstName", "lastName")))
        )
        self.lines += filter(
            None, (name, *(_line(basics.get(f)) for f in ("label", "headline", "email", "phone")))
        )
        if place := _place(basics.get("location")):
            self.lines.append(place)
        for address in (*_ADDRESSES, "websites"):
            self._address(basics.get(address), "Website")
        for profile in _entries(basics.get("profiles")):
            self._profile(profile)
        for entry in _entries(basics.get("customFields")):
            told = (_line(entry.get(f)) for f in ("name", "value", "text"))
            self.lines.append(": ".join(filter(None, told)))
        summary = basics.get("summary") or basics.get("objective") or basics.get("bio")
        if isinstance(summary, dict):
            summary = summary.get("body") or summary.get("content")
        if summary:
            self.lines += ["", "Summary"]
            self._text(summary)
        self._leave(basics, _BASICS, "basics.")

    def _profile(self, profile: Mapping[str, Any]) -> None:
        network, user = _line(profile.get("network")), _line(profile.get("username"))
        url = next(filter(None, (_url(profile.get(f)) for f in _ADDRESSES)), "")
        if url:
            self.links.append(DraftLink(url, network or user))
        if network or url:
            self.lines.append(f"{network}: {url or user}".strip(": "))

    def _entry_after_entry(
        self, entries: Sequence[Mapping[str, Any]], titles: tuple[str, ...], where: str
    ) -> None:
        start = len(self.lines)
        for entry in entries:
            self._entry(entry, titles, where)
        lines = self.lines[start:]
        if where in _NAMES and len(lines) == len(entries) and not any(map(_MARKS.search, lines)):
            self.lines[start:] = [", ".join(lines)] if lines else []

    def _entry(self, entry: Mapping[str, Any], titles: tuple[str, ...], where: str) -> None:
        named = [_place(entry.get(f)) for f in titles]
        title = ", ".join(filter(None, dict.fromkeys(named)))
        if when := _when(entry):
            title = f"{title} ({when})" if title else when
        keywords = ", ".join(word for name in _WORDS for word in _words(entry.get(name)))
        if keywords:
            title = f"{title}: {keywords}" if title else keywords
        if title:
            self.lines.append(title)
        for name in _TEXTS:
            self._text(entry.get(name))
        for name in _LISTS:
            for item in _items(entry.get(name)):
                self._text(item, mark="• ")
        for name in _PARTS:
            for part in _entries(entry.get(name)):
                self._entry(part, titles, where)
        for name in _ADDRESSES:
            self._address(entry.get(name), title)
        self._leave(entry, {*_ENTRY, *titles, *_ADDRESSES}, f"{where}.")

    def _text(self, value: object, *, mark: str = "") -> None:
        """Line ends and tags are those of the page."""
        for text in _strings(value):
            if _TAGS.search(text):
                draft = HtmlConverter().convert(text.encode("utf-8-sig", "replace"))
                self.lines += [f"{mark or '• ' * line.item}{line.text}" for line in draft.lines]
                self.links += draft.links
                self.hidden += draft.hidden
            else:
                lines = [" ".join(line.split()) for line in text.splitlines()]
                self.lines += [f"{mark}{line}" for line in lines if line]

    def _address(self, value: object, label: str) -> None:
        for one in value if isinstance(value, list) else [value]:
            if url := _url(one):
                self.links.append(DraftLink(url, label))
                self.lines.append(url)

    def _leave(
        self, value: Mapping[str, Any], known: set[str] | frozenset[str], where: str
    ) -> None:
        for key, one in value.items():
            if (
                key not in known
                and key not in _UNPRINTED
                and len(_all_text(one).split()) >= _TELLING
            ):
                self.left[f"{where}{key}"[:80]] = None


def _when(entry: Mapping[str, Any]) -> str:
    """The dates of an entry, to the month; a start alone lasts."""
    told = entry.get("date")
    within = told if isinstance(told, dict) else entry
    start = _day(within.get("startDate") or within.get("start"))
    end = _day(within.get("endDate") or within.get("end"))
    if start:
        return f"{start} – {end or 'present'}"
    return end or _day(entry.get("period")) or ("" if isinstance(told, dict) else _day(told))


def _day(value: object) -> str:
    text = _line(value)
    found = _DATE.fullmatch(text)
    return found.group(1) if found else text


def _place(value: object) -> str:
    place = _mapping(value)
    if not place:
        return _day(value)
    return ", ".join(filter(None, (_line(place.get(name)) for name in _PLACE)))


def _url(value: object) -> str:
    entry = _mapping(value)
    return (
        next(filter(None, (_line(entry.get(f)) for f in ("href", "url"))), "")
        if entry
        else _line(value)
    )


def _words(value: object) -> Iterator[str]:
    """Keywords, as a list of words or objects, or in one string."""
    for one in value if isinstance(value, list) else [value]:
        told = _line(one) or _line(_mapping(one).get("name"))
        if told:
            yield told


def _items(value: object) -> Iterator[str]:
    """Statements, as a list or in one string with a line each."""
    for text in _strings(value):
        if _TAGS.search(text):
            yield text
        else:
            yield from (line.strip().lstrip("•*–- ").strip() for line in text.splitlines())


def _strings(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and one.strip():
            yield one
        elif isinstance(one, dict):
            yield from (v for v in (_line(one.get(f)) for f in ("text", *_TEXTS, "name")) if v)


def _entries(value: object) -> list[Mapping[str, Any]]:
    """Entries of a section; a word alone is a name, and an object of lists has a name for each."""
    if isinstance(value, dict):
        return [
            {"name": name, "keywords": one}
            for name, one in value.items()
            if isinstance(one, list | str)
        ]
    entries = value if isinstance(value, list) else [value] if _line(value) else []
    return [
        entry if isinstance(entry, dict) else {"name": _line(entry)} for entry in entries if entry
    ]


def _all_text(value: object) -> str:
    found: list[str] = []
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            todo += [v for k, v in one.items() if k not in _UNPRINTED]
        elif isinstance(one, list):
            todo += one
        elif isinstance(one, str):
            found.append(_TAGS.sub(" ", one))
    return " ".join(found)


def _line(value: object) -> str:
    known = isinstance(value, str | int | float) and not isinstance(value, bool)
    return " ".join(str(value).split()) if known else ""


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _sequence(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
