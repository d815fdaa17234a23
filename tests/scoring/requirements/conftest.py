"""Resumes of a few parts, the requirements asked of them, and the verdicts that stand on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evaluator.models.document import RESUME, Location
from evaluator.models.evidence import Evidence
from evaluator.models.vocabulary import Agency, Context, Dimension, Outcome, Shows
from evaluator.roles.copying import AdvertWords
from evaluator.roles.model import Requirement, RoleProfile
from evaluator.scoring import Citation, Grounds, Judged, Place, judge_requirements
from evaluator.structure.dates import Month

REPOSITORY = "rvale/serving"
ADVERT = "You have run Kafka in production for several busy services"
WORK = "Ran Kubernetes and Kafka for 14 models."


def months(years: float, first: str = "2018-01") -> tuple[int, int]:
    start = Month.parse(first).index
    return start, start + round(12 * years)


@dataclass(frozen=True)
class Part:
    """A section of a resume."""

    kind: str
    text: str
    months: tuple[int, int] | None = None


def item(id_: str, dimension: str, quote: str, start: int, source: str = RESUME) -> Evidence:
    return Evidence(
        id=id_, quote=quote, source=source, dimension=Dimension(dimension), context=Context.WORK,
        agency=Agency.OWNED, outcome=Outcome.STATED, production=True, ml_specific=True,
        location=Location(start=start, end=start + len(quote)),
    )  # fmt: skip


def grounds(*parts: Part, **more: Any) -> Grounds:
    """What is known of a resume of some parts; ``items`` are found in it by their words."""
    places, text = [], ""
    for part in parts:
        start = len(text)
        text += part.text + "\n\n"
        places.append(Place(kind=part.kind, start=start, end=len(text) - 1, months=part.months))
    items = [
        item(f"e{n}", dimension, quote, text.index(quote))
        for n, (dimension, quote) in enumerate(more.pop("items", ()))
    ] + [
        item(f"c{n}", d, quote, 0, REPOSITORY) for n, (d, quote) in enumerate(more.pop("code", ()))
    ]
    levels = dict.fromkeys(Dimension, 0) | {
        Dimension(d): n for d, n in more.pop("levels", {}).items()
    }
    return Grounds(text=text, places=places, evidence=items, levels=levels, **more)


def asks(kind: str, *names: str, **more: Any) -> Requirement:
    return Requirement.model_validate(
        {"id": "r", "text": "Something", "kind": kind, "names": names, **more}
    )


def judge(r: Requirement, of: Grounds, *advert: str) -> Judged:
    role = RoleProfile(name="opening", title="Opening", requirements=(r,))
    ((found,), _) = judge_requirements(role, of, AdvertWords(advert))
    return found


@dataclass(frozen=True)
class Case:
    """A resume and what one requirement finds in it."""

    name: str
    asked: Requirement
    parts: tuple[Part, ...]
    verdict: str
    why: str
    quotes: tuple[str, ...] = ()
    known: Mapping[str, Any] = field(default_factory=dict)


def job(text: str, years: float | None = None) -> Part:
    return Part("employment", text, months(years) if years else None)


def skills(text: str) -> Part:
    return Part("skills", text)


USED = "used in work or a project"
STUDIED = "studied or known; no use of it is described"
LITTLE = "used only in something small, in a trial or to help others"
NAMED = "named without saying what was done with it"
LACKING = "the resume says that it is lacking or still to be learned"
NOWHERE = "found nowhere in the resume or the public code"
SILENT = "not mentioned, as in many resumes"
TRADE = "the industry is named, but no work in it"
ML_ITEMS = {"items": [("modeling", "Trained ranking models.")]}
OPS_ITEMS = {"items": [("infrastructure", "Ran clusters.")]}


def check_verdict(case: Case) -> None:
    """The verdict, its reason, and quotes that stand where they say."""
    of = grounds(*case.parts, **case.known)
    found = judge(case.asked, of)
    assert (found.verdict.value, found.why) == (case.verdict, case.why)
    if case.quotes:
        assert tuple(q.quote for q in found.quotes) == case.quotes
    for quote in found.quotes:
        assert of.text[slice(quote.location.start, quote.location.end)] == quote.quote
    if found.level is None or case.asked.names:
        assert found.share == {"found": 1, "partly": 0.5}.get(case.verdict, 0)


def cited(shows: str, quote: str, of: Grounds, source: str = RESUME) -> Citation:
    start = of.text.find(quote)
    location = Location(start=start, end=start + len(quote))
    return Citation(
        requirement="r", shows=Shows(shows), quote=quote, source=source, location=location
    )
