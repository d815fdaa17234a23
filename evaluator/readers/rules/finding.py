"""From what is likely of a resume's statements to findings, each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ...models.document import RESUME
from ...models.evidence import Anchor, Attributes, Finding
from ...models.vocabulary import Agency, Context, Dimension, Outcome
from ...structure.sentences import list_item
from .classifier import shipped_levels
from .contexts import context_of
from .decision_table import Decision
from .levels import Likely, Shown, Step, WeighedStatement
from .lexicon import Lexicon, PreparedText, Strength, is_ml
from .signs import Statement
from .statements import has_effect
from .surroundings import following

_FIRST_AUTHOR = re.compile(r"first[- ]author", re.I)
_LABEL = re.compile(r"(?:\S+\s+){0,3}\S+[:：]")
_LONE_LETTER = re.compile(r"(?<!\S)[A-Za-z](?!\S)")
_LIST = re.compile(r"[,;|、，；•·\t]")
_FEWEST_WORDS = 4
"""What is left of a sentence without what others did tells of less only in passing."""
_LIKELY = tuple[Statement, Likely]


def findings_of(
    statements: Sequence[Statement],
    likely: Sequence[Likely],
    decision: Decision,
    lexicon: Lexicon,
    step: Step | None = None,
) -> list[Finding]:
    """What a resume shows.

    Args:
        statements: all of the resume, in reading order.
        likely: of each, by head.
        decision: what probabilities mean.
        lexicon: of the resume's languages; where it is of none of them, nobody knows what is denied, and nothing is done.
        step: from all statements to levels; None for the one that comes with the package.
    """
    every = told_of(statements, likely, lexicon)
    shown = Shown(every)
    levels = (step or shipped_levels()).levels(shown, decision.levels.least)
    leads: list[list[Dimension]] = [[] for _ in every]
    for dimension, number in shown.leaders(levels, decision.done.lead).items():
        leads[number].append(dimension)
    told = list(zip(every, leads, strict=True))
    after = following(statements, [one.context is not None for one in every])
    results = {
        id(before): statements[number]
        for before, number in zip(statements, after, strict=True)
        if number is not None and statements[number].tells_only_a_result
    }
    found: list[Finding] = []
    for _, passage in groupby(told, key=lambda one: one[0].statement.passage.number):
        of_passage = list(passage)
        if of_passage[0][0].statement.passage.context is Context.PUBLICATION and lexicon.fits:
            likely_of = [(one.statement, one.likely) for one, _ in of_passage]
            found += _published(likely_of, decision, lexicon)
            continue
        for one, leads_in in of_passage:
            found += [
                _with_result(finding, one.statement, results.get(id(one.statement)))
                for finding in _of_statement(
                    one, decision.of(one, levels, leads_in), decision, lexicon
                )
            ]
    return found


def told_of(
    statements: Sequence[Statement], likely: Sequence[Likely], lexicon: Lexicon
) -> list[WeighedStatement]:
    """Statements with their contexts."""

    def context(statement: Statement, heads: Likely) -> Context | None:
        if not any(heads.values()) or not statement.own or _is_empty(statement, lexicon):
            return None
        return context_of(statement, lexicon)

    return [
        WeighedStatement(s, context(s, heads), heads)
        for s, heads in zip(statements, likely, strict=True)
    ]


def _is_empty(statement: Statement, lexicon: Lexicon) -> bool:
    """Whether it tells nothing whatever its surroundings are: a mark, a label, praise without an effect."""
    text = statement.text.strip()
    if not any(character.isalpha() for character in text) or _LABEL.fullmatch(text):
        return True
    if 2 * len(_LONE_LETTER.findall(text)) > len(text.split()):
        return True  # spelled out, so that nobody reads its words
    return lexicon.says("boast", statement.told) and not has_effect(statement.told, lexicon)


def _of_statement(
    told: WeighedStatement, shown: Sequence[Attributes], decision: Decision, lexicon: Lexicon
) -> Iterator[Finding]:
    statement = told.statement
    if told.context is Context.COURSEWORK and lexicon.says("begun", statement.said):
        return
    for likely in shown:
        if not _is_own(statement, likely.dimension):
            continue
        shows = _as_said(statement, likely, lexicon)
        if likely.agency is not Agency.EXPOSED:
            if lexicon.fits:
                yield _finding(statement, _own_part(statement), shows)
            continue
        names = _names(statement, shows.dimension, decision.named.most)
        if told.is_done:
            names = names or [_own_part(statement)]  # told of work: no name alone says it
        for name in names:
            yield _finding(statement, name, shows)


def _as_said(statement: Statement, shows: Attributes, lexicon: Lexicon) -> Attributes:
    """Who says to have helped, or shared it, owns nothing, however likely; studies and teaching run for nobody."""
    if shows.production and _is_of_studies(statement, shows.dimension, lexicon):
        shows = shows.model_copy(update={"production": False})
    if shows.agency is not Agency.OWNED:
        return shows
    if statement.agency is Agency.EXPOSED:
        return shows.model_copy(update={"agency": Agency.EXPOSED, "outcome": Outcome.NONE})
    if lexicon.says("shared", statement.told):
        return shows.model_copy(update={"agency": Agency.CONTRIBUTED})
    return shows


def _is_of_studies(statement: Statement, dimension: Dimension, lexicon: Lexicon) -> bool:
    if dimension is Dimension.THEORY or lexicon.says("studies", statement.told):
        return True
    of_scholar = lexicon.says("scholar", PreparedText.of(statement.passage.heading))
    return of_scholar and not lexicon.says("production", statement.told)


def _is_own(statement: Statement, dimension: Dimension) -> bool:
    """Whether a dimension is told in the own clauses, and not only in those of others beside them."""
    if len(_own_part(statement)) == len(statement.text):
        return True
    own = {hit.dimension for hit in statement.own_hits()}
    if dimension in own:
        return True
    named = any(hit.dimension is dimension for hit in statement.hits)
    return not named and len(statement.told.text.split()) >= _FEWEST_WORDS


def _own_part(statement: Statement) -> str:
    """The statement without what others did before or after it."""
    return statement.text[statement.own[0][0] : statement.own[-1][1]]


def _names(statement: Statement, dimension: Dimension, most: int) -> list[str]:
    """The items of a list that name a dimension; all of a single item that no form of the lexicon knows."""
    found: dict[str, None] = {}
    for hit in statement.own_hits():
        if hit.dimension is dimension and hit.strength is not Strength.UNSURE:
            first, last = list_item(statement.text, hit.start, hit.end)
            found[statement.text[first:last]] = None
    unknown = [] if _LIST.search(statement.text) else [statement.text]
    return list(found)[:most] or unknown


def _published(told: Sequence[_LIKELY], decision: Decision, lexicon: Lexicon) -> list[Finding]:
    """A paper, talk or patent: authors, title and venue are one item of theory."""
    statement = told[0][0]
    own = PreparedText.of(" ".join(one.told.text for one, _ in told))
    of_ml = any(hit.strength is not Strength.UNSURE and is_ml(hit.dimension) for one, _ in told for hit in one.hits)  # fmt: skip
    likely = any(heads["done"] >= decision.done.least for _, heads in told)
    if not (likely or of_ml or lexicon.says("ml", own)):
        return []
    first = own.text.lstrip(' "“*').startswith("[NAME") or _FIRST_AUTHOR.search(own.text)
    begun = lexicon.says("begun", own)
    beside = "[NAME" in own.text and not first
    shows = Attributes(
        dimension=Dimension.THEORY,
        context=Context.PUBLICATION,
        agency=Agency.CONTRIBUTED if begun or beside else Agency.OWNED,
        outcome=Outcome.NONE if begun else Outcome.STATED,
        production=False,
        ml_specific=True,
    )
    return [_finding(statement, statement.passage.text, shows)]


def _with_result(finding: Finding, statement: Statement, after: Statement | None) -> Finding:
    """A result that the words of a statement do not tell stands in the next one of its job.

    Without a figure in either nothing is quantified, however many figures the rest of the job has.
    """
    outcome = finding.shows.outcome
    if outcome not in {Outcome.STATED, Outcome.QUANTIFIED}:
        return finding
    told = (statement, *([after] if after else []))
    if outcome is Outcome.QUANTIFIED and all(t.outcome is not outcome for t in told):
        shows = finding.shows.model_copy(update={"outcome": Outcome.STATED})
        finding = finding.model_copy(update={"shows": shows})
    if after is None or statement.outcome is not Outcome.NONE:
        return finding
    result = Anchor(passage=after.passage.number, words=after.text)
    return finding.model_copy(update={"result": result})


def _finding(statement: Statement, anchor: str, shows: Attributes) -> Finding:
    return Finding(source=RESUME, passage=statement.passage.number, anchor=anchor, shows=shows)
