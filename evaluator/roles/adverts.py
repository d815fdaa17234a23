"""A job advert to a role, by the embedded words: sections, modal verbs, names, numbers. A person edits the result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..models.document import Document
from ..models.vocabulary import Dimension
from ..readers.rules.lexicon import PreparedText as Text
from ..readers.rules.lexicon import Strength, lexicon_for
from .advert_levels import level_of, levels_of
from .advert_words import forms, kinds, years_in
from .grouping import aside_of, groups_of, is_example
from .model import (
    MOST_REQUIREMENTS,
    Importance,
    Kind,
    Requirement,
    RoleFlag,
    RoleFlagKind,
    RoleProfile,
)
from .names import (
    FIELD,
    METHOD,
    PROFESSION,
    UMBRELLAS,
    Mention,
    find_names,
    known_name,
    known_names,
    members_of,
    unknown_names,
)
from .speech import language_names, languages_in, says
from .statements import Demand, Statement, statements
from .warnings import contradictions, impossible_years, is_order, opposed, warnings_of

_LONGEST_TEXT, _LONGEST_QUOTE, _LONGEST_NAME, _LONGEST_TITLE = 200, 1000, 60, 120
_DEGREES = ("doctorate", "master", "bachelor", "vocational")
_NEAR = 40
_WORK = frozenset({Kind.TOOL, Kind.DIMENSION})
_TOLD_IN_WORDS = frozenset({Kind.DIMENSION, Kind.OTHER, Kind.PLACE, Kind.PERMIT})
_BESIDE_REFUSED = frozenset({Kind.TOOL, Kind.CERTIFICATE, Kind.YEARS})
"""What is still asked in a sentence that also asks for what must not be scored."""


@dataclass(frozen=True, slots=True)
class Found:
    """A requirement before it is numbered."""

    kind: Kind
    text: str
    need: Importance
    quote: str
    names: tuple[str, ...] = ()
    similar: bool = False
    years: float | None = None
    dimension: Dimension | None = None
    level: int | None = None


def role_of_advert(document: Document, year: int) -> RoleProfile | None:
    """A role with every requirement that the advert states; None where it states none.

    What must not be scored, and what contradicts itself, is flagged. Sentences that address a program are left out.

    Args:
        document: the advert.
        year: of the present, for tools that are younger than the years asked.
    """
    found: list[Found] = []
    tasks: list[str] = []
    flags: list[RoleFlag] = []
    said: list[str] = []
    for statement in statements(document):
        said.append(statement.text)
        if is_order(statement.text):
            flags.append(steering_flag(statement.text))
            continue
        if forms("equality").search(statement.text) or forms("unasked").search(statement.text):
            continue
        refused = list(warnings_of(statement.text))
        flags += refused
        if statement.said in {Demand.MUST, Demand.NICE}:
            asked = _requirements(statement, document.language, is_refused=bool(refused))
            # In running text about something else, a sentence that names nothing asks for nothing.
            aside = statement.turned and statement.said is Demand.MUST
            found += [f for f in asked if not aside or f.kind is not Kind.OTHER]
        else:
            found += _conditions(statement.text)
        if statement.said is Demand.TASK:
            tasks.append(statement.text)
    return made(title_of(document), found, flags, levels_of(tasks, document.language), year, said)


def made(
    title: str,
    found: Iterable[Found],
    flags: list[RoleFlag],
    needs: dict[Dimension, int],
    year: int,
    said: Sequence[str] = (),
) -> RoleProfile | None:
    """A role of what was found, numbered, without repetition, with what contradicts itself flagged."""
    kept = list(_once(found))[:MOST_REQUIREMENTS]
    if not kept and not needs:
        return None
    asked = {f.dimension for f in kept if f.kind is Kind.DIMENSION}
    requirements = tuple(
        Requirement(
            id=f"r{number}", text=f.text[:_LONGEST_TEXT], need=f.need, kind=f.kind, names=f.names,
            similar=f.similar, years=f.years, dimension=f.dimension, level=f.level, quote=f.quote[:_LONGEST_QUOTE],
        )
        for number, f in enumerate(kept, start=1)
    )  # fmt: skip
    rest = {d: level for d, level in needs.items() if d not in asked}
    noticed = (
        *flags,
        *contradictions(requirements),
        *opposed(title, said, requirements),
        *impossible_years(requirements, year),
    )
    return RoleProfile(
        name=_slug(title),
        title=title,
        requirements=requirements,
        needs=rest,
        weights=dict.fromkeys(rest, 0.5),
        flags=tuple(dict.fromkeys(noticed)),
    )


def steering_flag(text: str) -> RoleFlag:
    """What a sentence that gives orders to a program is told as."""
    message = "This sentence gives orders to software instead of telling applicants something; it was left out."
    return RoleFlag(kind=RoleFlagKind.INSTRUCTION, message=message, quote=text[:_LONGEST_QUOTE])


def title_of(document: Document) -> str:
    """The first line of an advert."""
    for line in document.lines:
        text = " ".join(document.text[line.start : line.end].replace("#", " ").split())
        if text:
            return text if len(text) <= _LONGEST_TITLE else f"{_begun(text)} …"
    return "opening"


def _begun(text: str) -> str:
    """As many whole words as a title may have, where there are spaces."""
    cut = text[: _LONGEST_TITLE - 2]
    return cut.rpartition(" ")[0] or cut


def _slug(title: str) -> str:
    return re.sub(r"[^\w]+", "-", title.casefold()).strip("-")[:_LONGEST_NAME] or "opening"


def _once(found: Iterable[Found]) -> Iterator[Found]:
    """What is said twice counts once, as a must if it is one anywhere."""
    kept: dict[tuple[object, ...], Found] = {}
    for f in found:
        what = f.names or ((f.text,) if f.kind in _TOLD_IN_WORDS else ())
        key = (f.kind, what, f.dimension, f.years)
        if f.kind is Kind.TOOL and any(
            f.names == k.names for k in kept.values() if k.kind is Kind.YEARS
        ):
            continue
        before = kept.get(key)
        if before is None or (before.need is Importance.NICE and f.need is Importance.MUST):
            kept[key] = f
    yield from kept.values()


def _requirements(
    statement: Statement, language: str | None, *, is_refused: bool
) -> Iterator[Found]:
    text = statement.text
    need = Importance(statement.said.value)
    turn = forms("rather").search(text) if need is Importance.MUST else None
    border = turn.start() if turn else len(text)
    if need is Importance.NICE and statement.turned and (end := _must_before(text)):
        need, border = Importance.MUST, end
    found = [
        *_permits(text),
        *_studies(text, need),
        *_languages(text, need, border),
        *_certificates(text, need),
        *_experience(text, need, border, language),
    ]
    if any(f.kind is Kind.EDUCATION for f in found) and not forms("doing").search(text):
        found = [f for f in found if f.kind not in _WORK or not _are_subjects(f.names)]
    if is_refused:
        yield from (f for f in found if f.names and f.kind in _BESIDE_REFUSED)
    else:
        yield from found or [_general(text, need, language)]


def _must_before(text: str) -> int | None:
    """Where a sentence such as “good Python, Go is a plus” turns from what is asked to what is welcome."""
    nice = forms("nice").search(text)
    comma = max(text.rfind(mark, 0, nice.start()) for mark in ",–") if nice else -1
    if comma < 0:
        return None
    asked, welcome = text[:comma], text[comma:]
    strong = any(forms(kind).search(asked) for kind in ("person", "leading", "good"))
    named = (find_names(asked) and find_names(welcome)) or (
        languages_in(asked) and languages_in(welcome)
    )
    return comma if strong and named else None


def _permits(text: str) -> Iterator[Found]:
    """Places and permits are no wishes unless their own sentence says so."""
    need = Importance.NICE if forms("nice").search(text) else Importance.MUST
    if forms("permit").search(text):
        yield Found(Kind.PERMIT, text, need, text)
    elif forms("place").search(text):
        yield Found(Kind.PLACE, text, need, text)


def _conditions(text: str) -> Iterator[Found]:
    """Places and permits that stand among tasks or offers."""
    if forms("no_place").search(text):
        return
    if forms("permit").search(text) or forms("presence").search(text):
        kind = Kind.PERMIT if forms("permit").search(text) else Kind.PLACE
        yield Found(kind, text, Importance.MUST, text)


def _studies(text: str, need: Importance) -> Iterator[Found]:
    if years_in(text) and forms("stands_in").search(text):
        return
    held = [d for d in _DEGREES if forms(f"degree_{d}").search(text)]
    if not held and forms("degree_any").search(text):
        held = ["bachelor"]
    if held:
        similar = forms("equivalent").search(text) is not None
        yield Found(Kind.EDUCATION, text, need, text, tuple(held), similar)


def _languages(text: str, need: Importance, border: int) -> Iterator[Found]:
    named: dict[str, tuple[int, int]] = {}
    for code, start, end in languages_in(text):
        if not says("lacking", text[:start]):
            named.setdefault(code, (start, end))
    places = sorted(named.values())
    joined = text[places[0][1] : places[-1][0]] if len(places) > 1 else ""
    if joined and len(joined) < _NEAR and forms("or_joins").search(joined):
        names = tuple(language_names()[code] for code in named)
        yield Found(Kind.LANGUAGE, text, need, text, names)
        return
    for code, (start, _) in named.items():
        own = Importance.NICE if start > border else need
        told = f"{language_names()[code]}: {text}" if len(named) > 1 else text
        yield Found(Kind.LANGUAGE, told, own, text, (language_names()[code],))


def _certificates(text: str, need: Importance) -> Iterator[Found]:
    if not forms("certificate").search(text):
        return
    names = re.findall(
        r"\b(?:CK[AS]D?|AWS(?: Certified[\w ]+)?|GCP|Azure|Kubernetes|Terraform|Google Cloud|Professional [A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)*|HashiCorp[\w ]*|ISTQB|ITIL|Scrum Master|PMP|CISSP|Databricks)\b",
        text,
    )
    names = [name.strip() for name in names]
    others = [n for n in unknown_names(text) if not any(n in name for name in names)]
    clouds = members_of("public cloud") if names and forms("any_cloud").search(text) else ()
    named = dict.fromkeys([*names, *others, *clouds])
    similar = forms("or_similar").search(text) is not None
    yield Found(Kind.CERTIFICATE, text, need, text, tuple(named), similar)


def _experience(text: str, need: Importance, border: int, language: str | None) -> Iterator[Found]:
    """Years and names of one sentence."""
    if forms("certificate").search(text):
        return
    mentions = find_names(text)
    years = years_in(text)
    if years:
        yield from _years(text, need, language, years, mentions)
        return
    mentions = [m for m in mentions if known_names()[m.name].family != PROFESSION]
    methods = [m for m in mentions if known_names()[m.name].family == METHOD]
    fields = [m for m in mentions if known_names()[m.name].family == FIELD]
    if forms("publications").search(text):
        yield Found(Kind.DIMENSION, text, need, text, dimension=Dimension.THEORY, level=2)
        return
    if fields and forms("doing").search(text):
        named = tuple(dict.fromkeys(m.name for m in mentions))
        work = _dimension(text, need, language, named)
        yield work or Found(
            Kind.DIMENSION, text, need, text, named, dimension=Dimension.MODELING, level=level_of(text)
        )  # fmt: skip
        return
    is_work = any(forms(kind).search(text) for kind in ("deploying", "watching"))
    is_done = not fields and (forms("doing").search(text) or len(methods) == len(mentions))
    if mentions and (is_work or is_done):
        tools = [m for m in mentions if m not in methods and m.name not in UMBRELLAS] or mentions
        work = _dimension(text, need, language, tuple(dict.fromkeys(m.name for m in tools)))
        if work is not None:
            yield replace(work, similar=forms("or_similar").search(text) is not None)
            return
    for group in groups_of(text, mentions):
        own = Importance.NICE if group[0].start > border else need
        names = tuple(dict.fromkeys(m.name for m in group))
        after = text[group[-1].end : group[-1].end + _NEAR]
        before = text[max(0, group[0].start - _NEAR) : group[0].start]
        aside = aside_of(text, group[0])
        similar = (
            forms("or_similar").search(f"{before} … {after}") is not None
            or (len(group) > 1 and is_example(text, group[0]))
            or (aside is not None and forms("ours").search(text, aside, group[0].start) is not None)
        )
        yield Found(Kind.TOOL, " / ".join(names), own, text, names, similar)


def _years(
    text: str,
    need: Importance,
    language: str | None,
    years: Sequence[tuple[float, int, int]],
    mentions: Sequence[Mention],
) -> Iterator[Found]:
    """Each number of years with what is named up to the next; one alone with all of its sentence."""
    told: dict[tuple[str, ...], float] = {}
    for at, (number, start, _) in enumerate(years):
        end = years[at + 1][1] if at + 1 < len(years) else len(text)
        own = [m for m in mentions if len(years) == 1 or start <= m.start < end]
        told.setdefault(tuple(dict.fromkeys(m.name for m in own)), number)
    for names, number in told.items():
        work = _work_of(text, language, Strength.NAME) if _are_methods(names) else None
        yield Found(
            Kind.YEARS, text, need, text, names, years=number, dimension=work if names or len(told) == 1 else None
        )  # fmt: skip


def _are_subjects(names: Sequence[str]) -> bool:
    """Whether names are what a degree may be of."""
    known = [known_name(name) for name in names]
    return bool(known) and all(n is not None and n.family in {FIELD, METHOD} for n in known)


def _are_methods(names: Iterable[str]) -> bool:
    return all(known_names()[n].family in {METHOD, PROFESSION} for n in names)


def _work_of(
    text: str, language: str | None, least: Strength = Strength.UNSURE
) -> Dimension | None:
    """The work that a sentence speaks of, by the first of its strongest words; the word experience itself tells of none."""
    if forms("watching").search(text):
        return Dimension.MONITORING
    if forms("deploying").search(text):
        return Dimension.DELIVERY
    said = forms("experience").sub(lambda m: " " * len(m[0]), text)
    hits = [h for h in lexicon_for(language, text).find(Text.of(said)) if h.strength >= least]
    hits.sort(key=lambda h: (-h.strength, h.start, list(Dimension).index(h.dimension)))
    return hits[0].dimension if hits else None


def _general(text: str, need: Importance, language: str | None) -> Found:
    """A dimension that the words speak of, a trade, or something for a person."""
    trade = _trade(text)
    if trade is not None and (
        forms("marks", "domains").search(text) or not forms("doing").search(text)
    ):
        return Found(Kind.DOMAIN, text, need, text, trade)
    if forms("soft").search(text):
        return Found(Kind.OTHER, text, need, text)
    work = _dimension(text, need, language)
    if work is None and trade is not None:
        return Found(Kind.DOMAIN, text, need, text, trade)
    names = () if work else unknown_names(text)
    return work or Found(Kind.TOOL if names else Kind.OTHER, text, need, text, names)


def _trade(text: str) -> tuple[str, ...] | None:
    """The trades that a sentence names, in its own words and in ours."""
    found: dict[str, None] = {}
    for trade in kinds("domains"):
        match = forms(trade, "domains").search(text) if trade != "marks" else None
        if match:
            found |= dict.fromkeys((match.group(), trade))
    return tuple(found) or None


def _dimension(
    text: str, need: Importance, language: str | None, names: tuple[str, ...] = ()
) -> Found | None:
    """The work that a sentence asks for, by the strongest of its words; None where no word of the trade stands in it."""
    work = _work_of(text, language)
    if work is None:
        return None
    return Found(Kind.DIMENSION, text, need, text, names, dimension=work, level=level_of(text))
