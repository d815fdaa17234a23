"""What a resume says of responsibility and scope, for seniority. Titles alone decide nothing."""

from __future__ import annotations

import re

from ..models.base import Value
from ..models.document import Document
from .outline import Outline
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
_STUDENT = re.compile(
    r"(?<!\w)(?:student|intern(?:ship)?|working student|trainee|apprentice|werkstudent\w*|praktik(?:um|ant)\w*|becari[oa]|prácticas|stagiaire|stage|estági\w+|staż\w*|career change\w*|bootcamp|graduate)(?!\w)|实习|インターン",
    re.I,
)


class Responsibility(Value):
    """Statements found in the employment section."""

    guides: int = 0
    """Statements of guiding others or deciding how."""
    directs: bool = False
    """Sets direction for several people or teams."""
    answers_for_teams: bool = False
    """Answers for several teams, their people and budget."""
    only_as_student: bool = False
    """Every job is an internship, a student job or a course."""


def responsibility(document: Document, parts: Outline) -> Responsibility:
    """Read responsibility and scope."""
    told = [
        document.text[p.start : p.end]
        for p in parts.passages
        if p.section is Section.EMPLOYMENT and not p.is_header and not p.quarantined
    ]
    titles = [entry.title for entry in parts.entries if entry.section is Section.EMPLOYMENT]
    text = "\n".join(told)
    answers = {match.group().lower() for match in _ANSWERS.finditer(text)}
    return Responsibility(
        guides=len(_GUIDES.findall(text)),
        directs=_DIRECTS.search(text) is not None,
        answers_for_teams=len(answers) >= 2 and bool(_STRONG_DIRECTOR.search(" ".join(answers))),
        only_as_student=all(_STUDENT.search(title) for title in titles) if titles else not told,
    )
