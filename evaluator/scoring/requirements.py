"""How far a candidate meets what an opening asks for, from kept evidence and the resume's own words. Pure.

A verdict is the best that any mention carries, so that a true line more can never make it worse. What repeats the
advert carries nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..models.document import RESUME, Location
from ..models.evidence import Evidence
from ..models.vocabulary import AXIS_OF, LEVEL_NAMES, Axis, Dimension, Shows
from ..roles.copying import AdvertWords
from ..roles.model import Kind, Requirement, RequirementVerdict, RoleProfile
from ..roles.names import METHOD, known_name, members_of, relatives_of
from ..roles.speech import languages_in, says
from ..structure.dates import total_months
from .grounds import Grounds, Judged, Quote, Rank
from .mentions import Mention, Mentions

_POINTS = {
    RequirementVerdict.FOUND: 1.0,
    RequirementVerdict.PARTLY: 0.5,
    RequirementVerdict.UNCLEAR: 0.0,
    RequirementVerdict.MISSING: 0.0,
}
"""Silence and what is missing weigh the same: whoever tells more is never worse off."""
_NEARLY = 0.6
"""Share of the years asked that is partly."""
_MOST_QUOTES = 2
_MOST_MENTIONS = 8
"""Places that evidence is looked for at; further ones say the same again."""
_NO_LANGUAGES = frozenset({"employment", "projects", "publications", "title"})
"""Where the name of a language is a market, a text or a team."""
_DEGREES = ("vocational", "bachelor", "master", "doctorate")
_STATED = re.compile(r"(\d{1,2})\s*\+?\s*(?:years?|yrs?|jahren?|ans|années|años|anos|jaar)\b", re.I)


_RANKS = {s: Rank[s.name] for s in Shows}
_VERDICTS = {
    Rank.DONE: RequirementVerdict.FOUND,
    Rank.STUDIED: RequirementVerdict.PARTLY,
    Rank.NAMED: RequirementVerdict.UNCLEAR,
    Rank.DENIED: RequirementVerdict.MISSING,
}


class Judging:
    """Judges one candidate by one role.

    Args:
        role: the role.
        grounds: of the candidate.
        words: of the advert, for many candidates of one role.
    """

    def __init__(self, role: RoleProfile, grounds: Grounds, words: AdvertWords) -> None:
        self._role = role
        self._grounds = grounds
        self._words = words
        self._mentions = Mentions(grounds, words)

    @property
    def copies(self) -> list[tuple[int, int]]:
        """Sentences of the resume that repeat the advert."""
        return self._mentions.copies

    def judged(self) -> tuple[Judged, ...]:
        """Every requirement of the role, in its order."""
        return tuple(self._judge(requirement) for requirement in self._role.checked)

    def _judge(self, r: Requirement) -> Judged:
        found = {
            Kind.DIMENSION: self._dimension,
            Kind.YEARS: self._years,
            Kind.LANGUAGE: self._language,
            Kind.EDUCATION: self._education,
            Kind.TOOL: self._named,
            Kind.CERTIFICATE: self._named,
            Kind.DOMAIN: self._named,
        }.get(r.kind, self._unscored)(r)
        if r.id not in {c.requirement for c in self._grounds.citations}:
            return found
        return self._with_citations(found)

    # Kinds

    def _named(self, r: Requirement) -> Judged:
        names = dict.fromkeys(m for n in r.names for m in (n, *members_of(n)))
        found = list(self._mentions.of(names, trades=r.kind is Kind.DOMAIN))
        best = max((m.rank for m in found), default=None)
        if r.kind is Kind.CERTIFICATE and best is not None and best is not Rank.DENIED:
            return self._certificate(r, found)
        if r.kind is Kind.DOMAIN and best is Rank.NAMED:
            best = Rank.STUDIED
        if best is None or best < Rank.DONE:
            related = [
                m
                for n in r.names
                for m in self._mentions.of(relatives_of(n))
                if m.rank is Rank.DONE
            ]
            if related:
                verdict = RequirementVerdict.FOUND if r.similar else RequirementVerdict.PARTLY
                return self._made(r, verdict, related, "something comparable is used")
        if best is None:
            return self._silent(r)
        why = {
            Rank.DONE: "used in work or a project",
            Rank.STUDIED: "learned or known, not told as used",
            Rank.NAMED: "named without what was done with it",
            Rank.DENIED: "the resume says that it is not there",
        }[best]
        top = [m for m in found if m.rank is best] if r.kind is not Kind.DOMAIN else found
        return self._made(r, _VERDICTS[best], top, why)

    def _certificate(self, r: Requirement, found: list[Mention]) -> Judged:
        held = [m for m in found if m.rank is not Rank.DENIED]
        text = self._grounds.text
        whole = [m for m in held if not says("begun", text[m.start : m.end])]
        if whole:
            return self._made(r, RequirementVerdict.FOUND, whole, "it is named")
        return self._made(r, RequirementVerdict.PARTLY, held, "it is not finished yet")

    def _silent(self, r: Requirement) -> Judged:
        if r.kind is Kind.DOMAIN or (r.names and all(says("often_silent", n) for n in r.names)):
            return self._made(r, RequirementVerdict.UNCLEAR, (), "not told, as in many resumes")
        if not r.names:
            return self._made(
                r, RequirementVerdict.UNCLEAR, (), "nothing that code could look for is named"
            )
        return self._made(
            r, RequirementVerdict.MISSING, (), "nowhere in the resume or the public code"
        )

    def _dimension(self, r: Requirement) -> Judged:
        dimension, wanted = r.dimension, r.level
        assert dimension is not None
        assert wanted is not None
        level = self._level(dimension)
        items = [item for item in self._mentions.counted if item.dimension is dimension]
        items.sort(key=lambda i: (-self._grounds.points.get(i.id, 0.0), i.id))
        if r.names:
            return self._work_with(r, level, items)
        why = f"level {LEVEL_NAMES[level]}, asked for {LEVEL_NAMES[wanted]}"
        if level >= wanted:
            verdict = RequirementVerdict.FOUND
        elif level >= 2:
            verdict = RequirementVerdict.PARTLY
        elif level == 1 or dimension is Dimension.COLLABORATION:
            verdict = RequirementVerdict.UNCLEAR
        else:
            verdict = RequirementVerdict.MISSING
        return Judged(
            requirement=r,
            verdict=verdict,
            share=min(1.0, level / wanted),
            evidence=tuple(item.id for item in items),
            quotes=_mixed(
                Quote(quote=i.quote, source=i.source, location=i.location) for i in items
            ),
            why=why,
            level=level,
        )

    def _work_with(self, r: Requirement, level: int, items: list[Evidence]) -> Judged:
        """A level of work and names beside it, such as deployment with some tool: both make it whole."""
        assert r.level is not None
        found = list(self._mentions.of(r.names))
        best = max((m.rank for m in found), default=None)
        done = [m for m in found if m.rank is Rank.DONE]
        why = f"level {LEVEL_NAMES[level]}, asked for {LEVEL_NAMES[r.level]}"
        named = "the names are used in work" if done else "the names are not told as used"
        if (best is not None and best > Rank.DENIED) and level >= r.level:
            verdict = RequirementVerdict.FOUND
        elif done or level >= r.level:
            verdict = RequirementVerdict.PARTLY
        elif best is not None or level:
            verdict = RequirementVerdict.UNCLEAR
        else:
            verdict = RequirementVerdict.MISSING
        made = self._made(r, verdict, done or found, f"{why}; {named}")
        ids = tuple(item.id for item in items)
        return made.model_copy(
            update={"level": level, "evidence": tuple(dict.fromkeys((*made.evidence, *ids)))}
        )

    def _level(self, dimension: Dimension) -> int:
        """The level without what repeats the advert."""
        told = self._grounds.levels[dimension]
        ours = [item for item in self._grounds.evidence if item.dimension is dimension]
        left = [item for item in self._mentions.counted if item.dimension is dimension]
        if len(left) == len(ours):
            return told
        best = int(max((self._grounds.points.get(item.id, 0.0) for item in left), default=0.0))
        if best >= 3 and dimension in self._grounds.corroborated:
            return told
        return min(told, best)

    def _years(self, r: Requirement) -> Judged:
        assert r.years is not None
        found = list(self._mentions.of(r.names)) if r.names else []
        done = [m for m in found if m.rank is Rank.DONE]
        spans = [m.place.months for m in done if m.place and m.place.months]
        dated = _axis_asked(r)
        if dated is not None:
            spans += self._months_of(dated)
        years = total_months(list(spans)) / 12
        if dated is None and all(_is_method(name) for name in r.names):
            years = max(years, self._grounds.years or 0.0)
        why = f"{years:.1f} years of dated work, asked for {r.years:g}"
        if years >= r.years:
            return self._made(r, RequirementVerdict.FOUND, done, why)
        if years >= _NEARLY * r.years:
            return self._made(r, RequirementVerdict.PARTLY, done, why)
        if self._states(r.years):
            return self._made(
                r, RequirementVerdict.PARTLY, done, "so many years are stated, and not dated"
            )
        if years == 0:
            if r.names and dated is None and not found and not all(map(_is_method, r.names)):
                return self._made(r, RequirementVerdict.MISSING, (), "nowhere in the resume")
            return self._made(r, RequirementVerdict.UNCLEAR, found, "no dated job shows it")
        return self._made(r, RequirementVerdict.MISSING, done, why)

    def _months_of(self, axes: frozenset[Axis]) -> list[tuple[int, int]]:
        places = (
            self._grounds.place_at(item.location.start or 0)
            for item in self._mentions.counted
            if item.source == RESUME and AXIS_OF[item.dimension] in axes
        )
        return [p.months for p in places if p and p.months and p.kind in {"employment", "projects"}]

    def _states(self, years: float) -> bool:
        """Whether the resume's summary says so many years itself."""
        g = self._grounds
        return any(
            int(match[1]) >= years
            and (place := g.place_at(match.start())) is not None
            and place.kind in {"summary", "header", "unnamed"}
            and not self._mentions.is_in_copy(*match.span())
            for match in _STATED.finditer(g.text)
        )

    def _language(self, r: Requirement) -> Judged:
        g = self._grounds
        wanted = {code for name in r.names for code, _, _ in languages_in(name)}
        told = [
            (code, *self._mentions.sentence(start, end), g.text[end : end + 40].split("\n")[0])
            for code, start, end in languages_in(g.text)
            if (place := g.place_at(start)) is not None
            and place.kind not in _NO_LANGUAGES
            and not self._mentions.is_in_copy(start, end)
        ]
        ours = [hit for hit in told if hit[0] in wanted]
        quotes = [Mention(Rank.NAMED, start, end, None) for _, start, end, _ in ours]
        if any(not says("little", _own_part(after)) for *_, after in ours):
            return self._made(r, RequirementVerdict.FOUND, quotes, "it is named")
        if g.language in wanted:
            return self._made(r, RequirementVerdict.FOUND, quotes, "the resume is written in it")
        if ours:
            return self._made(r, RequirementVerdict.PARTLY, quotes, "a little of it")
        if len({code for code, *_ in told}) > 1:
            return self._made(
                r, RequirementVerdict.MISSING, (), "other languages are named, this one is not"
            )
        return self._made(r, RequirementVerdict.UNCLEAR, (), "not told, as in many resumes")

    def _education(self, r: Requirement) -> Judged:
        ranks = [n for n, d in enumerate(_DEGREES) if any(d in name.casefold() for name in r.names)]
        held = [
            n
            for n, d in enumerate(_DEGREES)
            for told in self._grounds.degrees
            if told.startswith(d)
        ]
        if not held:
            return self._made(r, RequirementVerdict.UNCLEAR, (), "no degree is told")
        why = f"{_DEGREES[max(held)]} is the highest degree told"
        if max(held) >= min(ranks, default=1):
            return self._made(r, RequirementVerdict.FOUND, self._studies(), why)
        return self._made(
            r,
            RequirementVerdict.FOUND if r.similar else RequirementVerdict.MISSING,
            self._studies(),
            why,
        )

    def _studies(self) -> list[Mention]:
        text = self._grounds.text
        return [
            Mention(Rank.STUDIED, p.start, p.start + len(text[p.start : p.end].split("\n")[0]), p)
            for p in self._grounds.places
            if p.kind == "education"
        ][:1]

    def _unscored(self, r: Requirement) -> Judged:
        return self._made(r, RequirementVerdict.UNCLEAR, (), "listed for a person, never scored")

    # Results

    def _with_citations(self, found: Judged) -> Judged:
        r, g = found.requirement, self._grounds
        ours = [
            c
            for c in g.citations
            if c.requirement == r.id
            and not (
                c.source == RESUME
                and self._mentions.is_in_copy(c.location.start or 0, c.location.end or 0)
            )
            and not self._words.is_copy(c.quote)
        ]
        if not ours or not r.is_scored or r.kind in {Kind.DIMENSION, Kind.YEARS}:
            return found
        best = max(ours, key=lambda c: (_RANKS[c.shows], c.quote))
        verdict = _VERDICTS[_RANKS[best.shows]]
        order = list(RequirementVerdict)
        if (
            order.index(verdict) >= order.index(found.verdict)
            and found.verdict is not RequirementVerdict.MISSING
        ):
            return found
        cited = [c for c in ours if c.shows is best.shows]
        why = f"the reader cites it as {best.shows.value}"
        return found.model_copy(
            update={
                "verdict": verdict,
                "share": _POINTS[verdict],
                "evidence": self._touching((c.source, c.location) for c in cited),
                "quotes": _mixed(
                    Quote(quote=c.quote, source=c.source, location=c.location) for c in cited
                ),
                "why": why,
            }
        )

    def _made(
        self, r: Requirement, verdict: RequirementVerdict, found: Iterable[Mention], why: str
    ) -> Judged:
        text = self._grounds.text
        quotes = []
        for m in list(dict.fromkeys(found))[:_MOST_MENTIONS]:
            line = text.count("\n", 0, m.start) + 1 if m.source == RESUME else None
            quotes.append(
                Quote(
                    quote=m.quote or text[m.start : m.end],
                    source=m.source,
                    location=Location(line=line, start=m.start, end=m.end),
                )
            )
        return Judged(
            requirement=r,
            verdict=verdict,
            share=_POINTS[verdict] if r.is_scored else 0.0,
            evidence=self._touching((q.source, q.location) for q in quotes),
            quotes=_mixed(quotes),
            why=why,
        )

    def _touching(self, at: Iterable[tuple[str, Location]]) -> tuple[str, ...]:
        """Items that share words with some places."""
        wanted = list(at)
        return tuple(
            item.id
            for item in self._mentions.counted
            if any(
                source == item.source
                and (place.start or 0) < (item.location.end or 0)
                and (item.location.start or 0) < (place.end or 0)
                for source, place in wanted
            )
        )


def _own_part(after: str) -> str:
    """What is said of a language beside its name, before the next."""
    return re.split(r"[,;|/·]|\band\b|\bund\b|\bet\b", after)[0]


def _is_method(name: str) -> bool:
    """Whether a name is a way to work, which jobs do not spell out."""
    known = known_name(name)
    return known is not None and known.family == METHOD


_ML_WORDS = frozenset({"machine learning", "deep learning"})


def _axis_asked(r: Requirement) -> frozenset[Axis] | None:
    """Axes whose dated evidence counts for years; None where only names do."""
    if r.dimension is not None:
        return frozenset({AXIS_OF[r.dimension]})
    known = {name.name for n in r.names if (name := known_name(n)) and name.family == METHOD}
    if known & _ML_WORDS:
        return frozenset({Axis.ML})
    return frozenset({Axis.OPS}) if known & {"DevOps", "site reliability engineering"} else None


def _mixed(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """A few quotes, both sources among them where both are there."""
    every = list(dict.fromkeys(quotes))
    resume = [q for q in every if q.source == RESUME]
    code = [q for q in every if q.source != RESUME]
    return (*resume[: _MOST_QUOTES - bool(code)], *code[:1])


def judge_requirements(
    role: RoleProfile, grounds: Grounds, words: AdvertWords
) -> tuple[tuple[Judged, ...], list[tuple[int, int]]]:
    """Every requirement judged, and the resume's sentences that repeat the advert."""
    judging = Judging(role, grounds, words)
    return judging.judged(), judging.copies


def advert_words(role: RoleProfile) -> AdvertWords:
    """The sentences of the advert that a role file quotes."""
    return AdvertWords(r.quote for r in role.requirements if r.quote)
