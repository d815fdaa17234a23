"""What a resume says of responsibility and scope, for seniority. Titles alone decide nothing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from ..models.base import Value
from ..models.document import Document
from .dates import Month, total_months
from .outline import Entry, Outline
from .sections import Section

_GUIDES = re.compile(
    r"(?<!\w)(?:mentor(?:ed|ing|s)?|coach(?:ed|ing)|supervis\w+ (?:\S+ ){0,3}?(?:students?|interns?|engineers?|juniors?)|code review\w*|design reviews?|tech(?:nical)? lead(?!er)|decid(?:ed|es) (?:how|on|which)|"
    r"betreut\w* (?:\S+ ){0,3}?(?:studier\w+|praktikant\w+|junior\w*)|encadr\w+|mentor\w+|guided|onboarded|architect(?:ed|ure)|own(?:ed|er|s)?|responsible for|led)(?!\w)|指导|带领|メンター|リード",
    re.I,
)
_DIRECTS = re.compile(
    r"(?<!\w)(?:(?:led|leads?|leading|manag(?:ed|es|ing)|head(?:ed|ing)?|built|grew|direct(?:ed|ing)) (?:\S+ ){0,3}?(?:team|squad|group|chapter|guild)\b|(?:leads?|led|manag(?:e|ed|es|ing)|hired|headed) (?:\S+ ){0,3}?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:\S+ ){0,2}?(?:engineers|scientists|people|developers|researchers|reports)|"
    r"technical direction|(?:set|sets|setting|defin\w+|own(?:ed|s)?|drove) (?:\S+ ){0,4}?(?:roadmap|strategy|direction|vision|architecture|standards?|tooling) (?:for|of|across)|founding (?:engineer|ml|data|mlops)|across (?:\S+ )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|many|all) (?:\S+ )?(?:teams|squads|groups)|"
    r"(?:standards?|guidelines?|playbooks?|templates?|path) (?:\S+ ){0,3}?(?:adopted|used) by (?:\S+ )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|many|all) (?:\S+ )?(?:teams|squads)|(?:leitete|leitung) (?:\S+ ){0,4}?(?:team|gruppe)|lider\w+ (?:\S+ ){0,4}?equip\w+|(?:dirig|pilot|anim|encadr)\w+ (?:\S+ ){0,4}?équipe|kierowa\w+ (?:\S+ ){0,2}?zespo\w+)(?!\w)|带领.{0,8}(?:团队|人)|チームを?(?:率い|リード)",
    re.I,
)
_ANSWERS = re.compile(
    r"(?<!\w)(?:(?:headcount|organi[sz]ation|department|org|division) of (?:about |over |~)?\d+|(?:manages?|managed|leads?|led|heading|headed|responsible for|oversees?|oversaw|ran|built|answers? for|answered for) (?:\S+ ){0,5}?(?:\d+|two|three|four|five|six|several) teams|"
    r"(?:budget|p&l|opex|spend authority) (?:of|responsib\w+|owner\w*)|(?:own(?:ed|s)?|held|holds?|responsible for|with|managed?|manages|answer\w* for|hiring and) (?:\S+ ){0,5}?budget|managed (?:\S+ )?managers|director of|vp of)(?!\w)",
    re.I,
)
_STRONG_DIRECTOR = re.compile(r"(?:budget|p&l|headcount|hir(?:ed|ing)|managers)", re.I)
_JOBS = frozenset({Section.EMPLOYMENT, Section.PROJECTS, Section.VOLUNTEERING, Section.UNNAMED})
_STATEMENTS = frozenset({Section.EMPLOYMENT, Section.ACHIEVEMENTS})
_HEADLINE, _HEADLINES = 300, 4
"""Characters and lines at the top in which a headline stands."""


class Responsibility(Value):
    """Statements found in the employment section."""

    guides: int = 0
    """Statements of guiding others or deciding how."""
    directs: bool = False
    """Sets direction for several people or teams."""
    answers_for_teams: bool = False
    """Answers for several teams, their people and budget."""
    only_as_junior: bool = False
    """Every job with evidence is an internship, a student job or an assistant's."""
    titles: frozenset[str] = frozenset()
    """Ranks that the titles of the latest jobs or the headline name: keys of ``titles.toml``."""
    years: float | None = None
    """Of all dated jobs and projects together; None where none is dated."""


def responsibility(
    document: Document, parts: Outline, present: Month, evidence: Sequence[int] = ()
) -> Responsibility:
    """Read responsibility and scope.

    Args:
        document: the resume.
        parts: its outline.
        present: the month that "present" means.
        evidence: offsets at which something done stands; empty looks at all jobs.
    """
    told = [
        document.text[p.start : p.end]
        for p in parts.passages
        if p.section in _STATEMENTS and not p.is_header and not p.quarantined
    ]
    text = "\n".join(told)
    answers: set[str] = set()
    if _STRONG_DIRECTOR.search(text):
        answers = {match.group().lower() for match in _ANSWERS.finditer(text)}
    jobs = [e for e in parts.entries if e.section in _JOBS and e.period is not None]
    periods = [job.period.months(present) for job in jobs if job.period]
    last = max((_end(job, present) for job in jobs), default=None)
    headline = " ".join(document.text[:_HEADLINE].split("\n")[:_HEADLINES])
    return Responsibility(
        guides=len(_GUIDES.findall(text)),
        directs=_DIRECTS.search(text) is not None,
        answers_for_teams=len(answers) >= 2 and bool(_STRONG_DIRECTOR.search(" ".join(answers))),
        only_as_junior=_only_junior(parts, evidence),
        titles=_ranks(headline).union(*(_ranks(j.title) for j in jobs if _end(j, present) == last)),
        years=total_months(periods) / 12 if periods else None,
    )


def _end(job: Entry, present: Month) -> int:
    """The month after its last; several jobs may go on side by side."""
    return job.period.months(present)[1] if job.period else 0


def _only_junior(parts: Outline, evidence: Sequence[int]) -> bool:
    """Whether the titles of the jobs that hold evidence all name beginners."""
    if evidence:
        at = [parts.passage_at(offset) for offset in evidence]
        held = {p.entry for p in at if p is not None and p.entry is not None}
        entries = [parts.entries[number] for number in sorted(held)]
    else:
        entries = list(parts.entries)
    titles = [entry.title for entry in entries if entry.section in _JOBS]
    return bool(titles) and all(_ranks(title) == {"junior"} for title in titles)


@cache
def _titles() -> dict[str, re.Pattern[str]]:
    raw = tomllib.loads(files(__package__).joinpath("titles.toml").read_text(encoding="utf-8"))
    return {
        rank: re.compile("|".join(rf"(?<![a-zà-ÿ]){form}(?![a-zà-ÿ])" for form in forms), re.I)
        for rank, forms in raw.items()
    }


@lru_cache(maxsize=1024)
def _ranks(title: str) -> frozenset[str]:
    return frozenset(rank for rank, form in _titles().items() if form.search(title))
