"""From what is likely of a resume's statements to findings, each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from ...models.document import RESUME
from ...models.evidence import Anchor, Attributes, Finding
from ...models.vocabulary import Agency, Context, Dimension, Outcome
from ...structure.sentences import list_item
from .classifier import Likely
from .decision import Decision
from .lexicon import Lexicon, Said, Strength, is_ml
from .signs import Statement

_FIRST_AUTHOR = re.compile(r"first[- ]author", re.I)
_NAMING = frozenset({Context.LISTED, Context.CREDENTIAL})
_TOLD = tuple[Statement, Likely]


def findings_of(
    statements: Sequence[Statement], likely: Sequence[Likely], decision: Decision, lexicon: Lexicon
) -> list[Finding]:
    """What a resume shows.

    Args:
        statements: all of the resume, in reading order.
        likely: of each, by head.
        decision: what probabilities mean.
        lexicon: of the resume's languages; where it is of none of them, nobody knows what is denied, and nothing is done.
    """
    told = list(zip(statements, likely, strict=True))
    found: list[Finding] = []
    for _, passage in groupby(told, key=lambda one: one[0].passage.number):
        of_passage = list(passage)
        if of_passage[0][0].passage.context is Context.PUBLICATION and lexicon.fits:
            found += _published(of_passage, decision, lexicon)
            continue
        for statement, heads in of_passage:
            if statement.own:
                found += _of_statement(statement, heads, decision, lexicon)
    return with_results(found, statements)


def _of_statement(
    statement: Statement, heads: Likely, decision: Decision, lexicon: Lexicon
) -> Iterator[Finding]:
    context = _context(statement, lexicon)
    if context is Context.COURSEWORK and lexicon.says("begun", statement.said):
        return
    for shows in decision.of(heads, context):
        if shows.agency is not Agency.EXPOSED:
            if lexicon.fits:
                yield _finding(statement, statement.text, shows)
            continue
        for name in _names(statement, shows.dimension, decision.named.most):
            yield _finding(statement, name, shows)


def _names(statement: Statement, dimension: Dimension, most: int) -> list[str]:
    """The items of a list that name a dimension; all of the statement where no form of the lexicon does."""
    found: dict[str, None] = {}
    for hit in statement.own_hits():
        if hit.dimension is dimension and hit.strength is not Strength.UNSURE:
            first, last = list_item(statement.text, hit.start, hit.end)
            found[statement.text[first:last]] = None
    return list(found)[:most] or [statement.text]


def _context(statement: Statement, lexicon: Lexicon) -> Context:
    context, heading = statement.passage.context, Said.of(statement.passage.heading)

    def says(phrase: str) -> bool:
        # Who gives courses at work has not only taken one.
        told = context is not Context.WORK and lexicon.says(phrase, statement.said)
        return told or lexicon.says(phrase, heading)

    if context is Context.COURSEWORK:
        return Context.PROJECT if says("thesis") else Context.COURSEWORK
    if context in {Context.WORK, Context.PROJECT} and says("course"):
        return Context.COURSEWORK
    return context


def _published(told: Sequence[_TOLD], decision: Decision, lexicon: Lexicon) -> list[Finding]:
    """A paper, talk or patent: authors, title and venue are one item of theory."""
    statement = told[0][0]
    own = Said.of(" ".join(one.told.text for one, _ in told))
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


def with_results(found: Sequence[Finding], statements: Sequence[Statement]) -> list[Finding]:
    """A result that the words of a finding do not tell stands in the next statement of its job."""
    after = {
        (before.passage.number, before.text): statement
        for before, statement in pairwise(statements)
        if before.outcome is Outcome.NONE and before.place == statement.place
    }
    return [
        _with_result(finding, after.get((finding.passage, finding.anchor))) for finding in found
    ]


def _with_result(finding: Finding, after: Statement | None) -> Finding:
    told = finding.shows.outcome in {Outcome.STATED, Outcome.QUANTIFIED}
    if not told or after is None or after.outcome is Outcome.NONE:
        return finding
    result = Anchor(passage=after.passage.number, words=after.text)
    return finding.model_copy(update={"result": result})


def _finding(statement: Statement, anchor: str, shows: Attributes) -> Finding:
    return Finding(source=RESUME, passage=statement.passage.number, anchor=anchor, shows=shows)
