"""Lenient reading of GitHub's replies and hygiene of every text in them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from ..models.portfolio import Profile, Repository

_DROPPED = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")


def as_map(value: object) -> dict[str, Any]:
    """A mapping, or an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """A list, or an empty one."""
    return value if isinstance(value, list) else []


def as_text(value: object) -> str:
    """A string, or an empty one."""
    return value if isinstance(value, str) else ""


def as_int(value: object) -> int:
    """A whole number that is not negative, or 0."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def as_date(value: object) -> date | None:
    """The day of an ISO 8601 moment."""
    try:
        return date.fromisoformat(as_text(value)[:10])
    except ValueError:
        return None


def clean(text: str, most: int, *, lines: bool = False) -> str:
    """Drop control, bidi, zero-width and tag characters; NFC; cap the length."""
    kept = "".join(
        c
        for c in _DROPPED.sub("", text[: most * 2].replace("\r\n", "\n"))
        if (lines and c in "\n\t") or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"}
    )
    if not lines:
        kept = " ".join(kept.split())
    return unicodedata.normalize("NFC", kept)[:most]


def parse_profile(user: dict[str, Any]) -> Profile:
    """The account, from GraphQL."""
    social = as_list(as_map(user.get("socialAccounts")).get("nodes"))
    return Profile(
        login=as_text(user.get("login")),
        account_id=as_int(user.get("databaseId")),
        name=clean(as_text(user.get("name")), 100) or None,
        bio=clean(as_text(user.get("bio")), 300) or None,
        company=clean(as_text(user.get("company")), 100) or None,
        location=clean(as_text(user.get("location")), 100) or None,
        website=clean(as_text(user.get("websiteUrl")), 200) or None,
        social=tuple(clean(as_text(as_map(s).get("url")), 200) for s in social),
        created=as_date(user.get("createdAt")),
        followers=as_int(as_map(user.get("followers")).get("totalCount")),
    )


def parse_index_entry(node: dict[str, Any]) -> Repository:
    """One repository of the index, from GraphQL."""
    languages = as_map(node.get("languages"))
    topics = as_list(as_map(node.get("repositoryTopics")).get("nodes"))
    return Repository(
        full_name=as_text(node.get("nameWithOwner")),
        description=clean(as_text(node.get("description")), 300),
        topics=tuple(
            clean(as_text(as_map(as_map(t).get("topic")).get("name")), 50) for t in topics
        ),
        fork=bool(node.get("isFork")),
        archived=bool(node.get("isArchived")),
        empty=bool(node.get("isEmpty")),
        mirror=bool(node.get("isMirror")),
        template=as_text(as_map(node.get("templateRepository")).get("nameWithOwner")) or None,
        parent=as_text(as_map(node.get("parent")).get("nameWithOwner")) or None,
        created=as_date(node.get("createdAt")),
        pushed=as_date(node.get("pushedAt")),
        size_kb=as_int(node.get("diskUsage")),
        stars=as_int(node.get("stargazerCount")),
        license=as_text(as_map(node.get("licenseInfo")).get("spdxId")) or None,
        languages={
            as_text(as_map(edge.get("node")).get("name")): as_int(edge.get("size"))
            for edge in map(as_map, as_list(languages.get("edges")))
        },
    )
