"""Steps of animations."""

from __future__ import annotations

from typing import Any, NamedTuple

import tinycss2

from .declarations import Declaration, declarations


class Frame(NamedTuple):
    """One of the steps of an animation."""

    places: frozenset[str]
    declared: list[Declaration]


def frames_in(content: Any) -> list[Frame]:
    found = []
    for rule in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            prelude = tinycss2.serialize(rule.prelude).lower()
            places = {
                {"from": "0%", "to": "100%"}.get(p.strip(), p.strip()) for p in prelude.split(",")
            }
            found.append(Frame(frozenset(places), declarations(rule.content)))
    return found
