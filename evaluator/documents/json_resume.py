"""JSON Resume (jsonresume.org): the fields a theme would print, as lines with section headings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..errors import DocumentError, Unreadable
from ..models.document import DocumentFormat
from .draft import Draft, DraftLine, DraftLink

_SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    # key, heading, fields of an entry's title line in order
    ("work", "Experience", ("position", "name", "company", "location")),
    ("volunteer", "Volunteering", ("position", "organization")),
    ("projects", "Projects", ("name", "entity")),
    ("education", "Education", ("studyType", "area", "institution")),
    ("publications", "Publications", ("name", "publisher", "releaseDate")),
    ("certificates", "Certifications", ("name", "issuer", "date")),
    ("awards", "Awards", ("title", "awarder", "date")),
    ("skills", "Skills", ("name", "level")),
    ("languages", "Languages", ("language", "fluency")),
    ("interests", "Interests", ("name",)),
)
_LISTS = ("highlights", "courses")


class JsonResumeConverter:
    """Reads the published fields; unknown ones are not shown by themes and not read."""

    format = DocumentFormat.JSON_RESUME

    def convert(self, data: bytes) -> Draft:
        try:
            value = json.loads(data.decode("utf-8-sig"))
        except (UnicodeDecodeError, ValueError, RecursionError) as error:
            message = "The file is not valid JSON."
            raise DocumentError(Unreadable.DAMAGED, message) from error
        if not isinstance(value, dict):
            message = "The file is JSON but not a JSON Resume."
            raise DocumentError(Unreadable.UNSUPPORTED, message)
        links: list[DraftLink] = []
        lines = [*_basics(_mapping(value.get("basics")), links)]
        for key, heading, title_fields in _SECTIONS:
            entries = [_mapping(entry) for entry in _sequence(value.get(key))]
            if entries:
                lines += ["", heading]
            for entry in entries:
                lines += _entry(entry, title_fields, links)
        return Draft(lines=[DraftLine(line) for line in lines], links=links)


def _basics(basics: dict[str, Any], links: list[DraftLink]) -> Iterator[str]:
    for field in ("name", "label", "email", "phone"):
        if _string(basics.get(field)):
            yield _string(basics[field])
    place = _mapping(basics.get("location"))
    address = ", ".join(
        filter(
            None,
            (
                _string(place.get(f))
                for f in ("address", "postalCode", "city", "region", "countryCode")
            ),
        )
    )
    if address:
        yield address
    if _string(basics.get("url")):
        links.append(DraftLink(_string(basics["url"]), "Website"))
        yield _string(basics["url"])
    for profile in _sequence(basics.get("profiles")):
        entry = _mapping(profile)
        network, user, url = (_string(entry.get(f)) for f in ("network", "username", "url"))
        if url:
            links.append(DraftLink(url, network or user))
        if network or url:
            yield f"{network}: {url or user}".strip(": ")
    if _string(basics.get("summary")):
        yield ""
        yield "Summary"
        yield _string(basics["summary"])


def _entry(
    entry: dict[str, Any], title_fields: tuple[str, ...], links: list[DraftLink]
) -> Iterator[str]:
    title = ", ".join(filter(None, (_string(entry.get(field)) for field in title_fields)))
    start, end = _string(entry.get("startDate")), _string(entry.get("endDate"))
    if start:
        title = f"{title} ({start} – {end or 'present'})"
    keywords = ", ".join(filter(None, map(_string, _sequence(entry.get("keywords")))))
    if keywords:
        title = f"{title}: {keywords}" if title else keywords
    if title:
        yield title
    for field in ("summary", "description"):
        if _string(entry.get(field)):
            yield _string(entry[field])
    for field in _LISTS:
        for item in _sequence(entry.get(field)):
            if _string(item):
                yield f"• {_string(item)}"
    url = _string(entry.get("url"))
    if url:
        links.append(DraftLink(url, title))
        yield url


def _string(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _sequence(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
