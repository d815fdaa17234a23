"""The context of a statement, by its passage, its words and its heading."""

from __future__ import annotations

from ...models.vocabulary import Context
from .lexicon import Lexicon, PreparedText
from .signs import Statement


def context_of(statement: Statement, lexicon: Lexicon) -> Context:
    """What its passage says, unless it tells of a thesis or of a course."""
    context, heading = statement.passage.context, PreparedText.of(statement.passage.heading)

    def says(phrase: str) -> bool:
        # Who gives courses at work has not only taken one.
        told = context is not Context.WORK and lexicon.says(phrase, statement.said)
        return told or lexicon.says(phrase, heading)

    if context is Context.COURSEWORK:
        return Context.PROJECT if says("thesis") else Context.COURSEWORK
    if context in {Context.WORK, Context.PROJECT} and says("course"):
        return Context.COURSEWORK
    return context
