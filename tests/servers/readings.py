"""Models that read: the embedded rules behind a chat endpoint, exact, noisy or turned."""

from __future__ import annotations

import json
import random
import re
from typing import Any

from evaluator.documents.language import detect_language
from evaluator.models.document import RESUME
from evaluator.models.reading import ReadingRequest, ShownPassage, ShownSource
from evaluator.models.vocabulary import Agency, Context, Dimension, Outcome, System
from evaluator.readers.rules.reader import RulesReader
from evaluator.structure.sections import CONTEXT_OF, Section

Item = dict[str, Any]
_LINE = re.compile(r"^(?:(repository \d+) )?\[(\d+)\] \(([^;)]*)(?:; ([^\n]*?))?\) (.*)$", re.M)
_ENUMS: dict[str, list[str]] = {
    "dimension": [d.value for d in Dimension],
    "context": [c.value for c in Context],
    "agency": [a.value for a in Agency],
    "outcome": [o.value for o in Outcome],
    "system": [s.value for s in System],
}


def request_of(body: dict[str, Any]) -> ReadingRequest:
    """What a request body shows, as the embedded rules take it."""
    passages: dict[str, list[ShownPassage]] = {RESUME: []}
    headings: dict[str, str] = {}
    for match in _LINE.finditer(body["messages"][1]["content"]):
        source, number, section, heading, text = match.groups()
        place = source or RESUME
        # A heading holds until the next; a dash ends it.
        headings[place] = {None: headings.get(place, ""), "-": ""}.get(heading, heading or "")
        context = CONTEXT_OF[Section(section)] if not source else Context.PROJECT
        passages.setdefault(source or RESUME, []).append(
            ShownPassage(
                number=int(number),
                section=section,
                context=context,
                heading=headings[place],
                text=text,
            )
        )
    return ReadingRequest(
        language=detect_language("\n".join(p.text for p in passages[RESUME])),
        sources=tuple(ShownSource(name=n, passages=tuple(p)) for n, p in passages.items()),
    )


def exact(body: dict[str, Any]) -> list[Item]:
    """What the embedded rules read, as a model would write it."""
    return [
        {
            "source": f.source,
            "passage": f.passage,
            "anchor": f.anchor,
            **f.shows.model_dump(mode="json", exclude={"ml_specific", "system"}),
            "result_passage": 0,
            "result_anchor": "",
            "system": "ml" if f.shows.ml_specific else "software",
        }
        for f in RulesReader().read_now(request_of(body)).findings
    ]


def noisy(
    items: list[Item],
    chance: random.Random,
    *,
    drop: float = 0.2,
    flip: float = 0.1,
    invent: int = 2,
) -> list[Item]:
    """Drops items, flips attributes, invents items whose quotes stand nowhere."""
    kept: list[Item] = []
    for item in items:
        if chance.random() < drop:
            continue
        changed = dict(item)
        for name, values in _ENUMS.items():
            if chance.random() < flip:
                changed[name] = chance.choice([v for v in values if v != item[name]])
        if chance.random() < flip:
            changed["production"] = not item["production"]
        kept.append(changed)
    kept += [
        {
            "source": RESUME,
            "passage": chance.randint(1, 30),
            "anchor": f"Led the invented platform of {chance.randint(100, 999)} models {number}",
            "dimension": chance.choice(_ENUMS["dimension"]),
            "context": "work",
            "agency": "owned",
            "outcome": "quantified",
            "production": True,
            "system": "ml",
        }
        for number in range(invent)
    ]
    chance.shuffle(kept)
    return kept


def reply_of(items: list[Item]) -> str:
    """The content of a reply."""
    return json.dumps({"items": items, "scope": []}, ensure_ascii=False)


def opinionated(items: list[Item], chance: random.Random, share: float) -> list[Item]:
    """The items of a model of another opinion than the rules: a steady one, drawn once."""
    kept = []
    for item in items:
        changed = dict(item)
        if chance.random() < share:
            name = chance.choice([*_ENUMS, "production"])
            values = _ENUMS.get(name, [])
            changed[name] = chance.choice(values) if values else not item[name]
        kept.append(changed)
    return kept


def with_extras(body: dict[str, Any], chance: random.Random, share: float) -> list[Item]:
    """The exact reading, and finds in a share of the work and projects that the rules pass over in silence."""
    items = exact(body)
    seen = {item["passage"] for item in items}
    for passage in request_of(body).sources[0].passages:
        words = passage.text.split()
        if (
            passage.number not in seen
            and passage.section in {"employment", "projects"}
            and len(words) > 5
            and chance.random() < share
        ):
            items.append(
                {
                    "source": RESUME,
                    "passage": passage.number,
                    "anchor": " ".join(words[:6]),
                    "dimension": chance.choice(_ENUMS["dimension"]),
                    "context": "work" if passage.section == "employment" else "project",
                    "agency": chance.choice(["contributed", "owned"]),
                    "outcome": chance.choice(_ENUMS["outcome"]),
                    "production": chance.random() < 0.5,
                    "system": chance.choice(_ENUMS["system"]),
                }
            )
    return items
