"""Passages to findings: each statement of the candidate's own doing, by concept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from ...models.document import RESUME
from ...models.evidence import Attributes, Finding
from ...models.reading import Reading, ReadingRequest, ShownPassage
from ...models.vocabulary import Agency, Context, Dimension, Outcome
from ...structure.sentences import list_item
from ..protocol import Turn
from .entries import Entry, entries_of
from .lexicon import Hit, Lexicon, Said, Strength, is_ml, lexicon_for
from .parts import statements_in
from .results import with_shared_results, without_other_trades, without_strays
from .sentences import Sentence, sentences_of
from .statements import agency_of, has_effect, in_production, outcome_of

_MOST_DIMENSIONS = 2
_MOST_MENTIONS = 3
_COMMAS_OF_A_LIST = 4
_WEIGHTS = {Strength.UNSURE: 0.5, Strength.NAME: 1.0, Strength.SAYS: 2.0}
_FIRST_AUTHOR = re.compile(r"first[- ]author", re.I)


class RulesReader:
    """Reads without a model: the same passages always give the same findings."""

    name = "rules"

    async def read(
        self, request: ReadingRequest, *, sample: int = 0, turn: Turn = nullcontext
    ) -> Reading:
        return self.read_now(request)

    def read_now(self, request: ReadingRequest) -> Reading:
        """The reading itself, for callers without an event loop."""
        findings: list[Finding] = []
        for source in request.sources:
            if source.name == RESUME:  # repositories are read from their facts, which say more
                findings += _read_resume(source.passages, request.language)
        return Reading(findings=tuple(findings))


def _read_resume(passages: Sequence[ShownPassage], language: str | None) -> list[Finding]:
    lexicon = lexicon_for(language, "\n".join(passage.text for passage in passages))
    statements = [(passage, statements_in(passage.text, lexicon)) for passage in passages]
    entries = entries_of(statements, lexicon)
    findings: list[Finding] = []
    told: dict[tuple[str, str], list[Finding]] = {}
    for passage, spans in statements:
        entry = entries[passage.section, passage.heading]
        sentences = sentences_of(passage, spans, entry, lexicon)
        if passage.context in {Context.LISTED, Context.CREDENTIAL}:
            findings += _listed(passage, sentences, lexicon)
        elif passage.context is Context.PUBLICATION:
            findings += _published(passage, sentences, lexicon)
        else:
            place = told.setdefault((passage.section, passage.heading), [])
            place += _told(passage, sentences, entry, lexicon)
    shared = (
        without_other_trades(with_shared_results(job, lexicon), entries[place].heading, lexicon)
        for place, job in told.items()
    )
    return findings + without_strays(shared, lexicon)


def _listed(
    passage: ShownPassage, sentences: Sequence[Sentence], lexicon: Lexicon
) -> list[Finding]:
    """Names in a list or a summary: a few mentions a dimension, each with its words."""
    findings: list[Finding] = []
    for sentence in sentences:
        if not sentence.sure or lexicon.says("wish", sentence.said) or not sentence.own:
            continue
        mentioned: dict[Dimension, set[str]] = {}
        for hit in sentence.sure:
            first, last = list_item(sentence.said.text, hit.start, hit.end)
            item = sentence.said.text[first:last]
            seen = mentioned.setdefault(hit.dimension, set())
            if hit.strength is Strength.UNSURE or item in seen or len(seen) == _MOST_MENTIONS:
                continue
            seen.add(item)
            shows = Attributes(
                dimension=hit.dimension,
                context=passage.context,
                agency=Agency.EXPOSED,
                outcome=Outcome.NONE,
                production=False,
                ml_specific=is_ml(hit.dimension) or lexicon.says("ml", Said.of(item)),
            )
            findings.append(_finding(passage, item, shows))
    return findings


@dataclass(frozen=True, slots=True)
class _Statement:
    """One or more sentences about one thing done."""

    sentences: tuple[Sentence, ...]
    anchor: str
    told: Said
    """The own clauses of all its sentences."""

    @property
    def agency(self) -> Agency | None:
        """What its first sentence says of agency."""
        return self.sentences[0].agency


def _told(
    passage: ShownPassage, sentences: Sequence[Sentence], entry: Entry, lexicon: Lexicon
) -> list[Finding]:
    """Statements of a job or project; sentences that only tell what came of one belong to it."""
    findings: list[Finding] = []
    group: list[Sentence] = []
    for sentence in sentences:
        if group and (_opens(sentence, group, lexicon) or not sentence.told.text):
            findings += _found(passage, group, entry, lexicon)
            group = []
        if sentence.hits or group:
            group.append(sentence)
    return findings + (_found(passage, group, entry, lexicon) if group else [])


def _opens(sentence: Sentence, group: Sequence[Sentence], lexicon: Lexicon) -> bool:
    """Whether a sentence tells of something else than those before it."""
    says_who = sentence.agency is not None or group[0].agency is None
    before = {hit.dimension for told in group for hit in told.hits}
    turns = any(
        hit.dimension not in before and hit.strength is Strength.SAYS for hit in sentence.hits
    )
    opens = says_who and not lexicon.says("continues", sentence.said)
    return bool(sentence.hits) and (turns or opens)


def _found(
    passage: ShownPassage, group: Sequence[Sentence], entry: Entry, lexicon: Lexicon
) -> list[Finding]:
    statement = _Statement(
        tuple(group),
        passage.text[group[0].start : group[-1].end],
        group[0].told if len(group) == 1 else Said.of(" ".join(s.told.text for s in group)),
    )
    told, said = statement.told, Said.of(statement.anchor)
    context = _context(passage, said, entry, lexicon)
    outcome = outcome_of(told, lexicon)
    if context is Context.COURSEWORK and lexicon.says("begun", said):
        return []
    if lexicon.says("boast", told) and not has_effect(told, lexicon):
        return []
    agency = _agency(statement, context, outcome, lexicon)
    if agency is Agency.EXPOSED:
        outcome = Outcome.NONE
    production = context is Context.WORK and in_production(told, entry.heading, outcome, lexicon)
    concerns_ml = (
        lexicon.says("ml", said)
        or lexicon.says("ml", entry.heading)
        or (entry.ml_anywhere and lexicon.says("models", said))
    )
    return [
        _finding(
            passage,
            statement.anchor,
            Attributes(
                dimension=dimension,
                context=context,
                agency=agency,
                outcome=outcome,
                production=production,
                ml_specific=is_ml(dimension) or concerns_ml,
            ),
        )
        for dimension in main_dimensions([sentence.hits for sentence in statement.sentences])
    ]


def _agency(statement: _Statement, context: Context, outcome: Outcome, lexicon: Lexicon) -> Agency:
    """What was measured at work is the candidate's own unless shared; a bare phrase has no verb to tell."""
    told = statement.told
    said = statement.agency or agency_of(told, lexicon)
    strengths = {hit.strength for sentence in statement.sentences for hit in sentence.hits}
    if said is Agency.EXPOSED:
        return said
    if strengths == {Strength.UNSURE}:
        return Agency.CONTRIBUTED
    if outcome is not Outcome.NONE and said is not Agency.OWNED:
        measured = outcome is Outcome.QUANTIFIED and context is Context.WORK
        alone = said is Agency.CONTRIBUTED and lexicon.says("first_person", told)
        if (alone or (measured and has_effect(told, lexicon))) and not lexicon.says("shared", told):
            return Agency.OWNED
    if said is not None:
        return said
    listed = told.text.count(",") >= _COMMAS_OF_A_LIST
    described = Strength.SAYS in strengths and not listed
    return Agency.CONTRIBUTED if described or outcome is not Outcome.NONE else Agency.EXPOSED


def main_dimensions(sentences: Sequence[Sequence[Hit]]) -> list[Dimension]:
    """What a statement's sentences speak of most; at most two: one achievement serves no more."""
    weight: dict[Dimension, float] = {}
    for number, hits in enumerate(sentences):
        taken: dict[Dimension, list[tuple[int, int]]] = {}
        for hit in sorted(hits, key=lambda h: (-h.strength, h.start)):
            spans = taken.setdefault(hit.dimension, [])
            if all(hit.end <= a or b <= hit.start for a, b in spans):
                spans.append((hit.start, hit.end))
                gained = _WEIGHTS[hit.strength] / (1 + number)
                weight[hit.dimension] = weight.get(hit.dimension, 0.0) + gained
    order = list(Dimension)
    ranked = sorted(weight, key=lambda d: (-weight[d], order.index(d)))
    strong = [d for d in ranked if weight[d] >= 1.0]
    return (strong or ranked[:1])[:_MOST_DIMENSIONS]


def _context(passage: ShownPassage, said: Said, entry: Entry, lexicon: Lexicon) -> Context:
    def names(phrase: str) -> bool:
        # Who gives courses at work has not only taken one.
        told = passage.context is not Context.WORK and lexicon.says(phrase, said)
        return told or lexicon.says(phrase, entry.heading)

    if passage.context is Context.COURSEWORK:
        return Context.PROJECT if names("thesis") else Context.COURSEWORK
    if passage.context in {Context.WORK, Context.PROJECT} and names("course"):
        return Context.COURSEWORK
    return passage.context


def _published(
    passage: ShownPassage, sentences: Sequence[Sentence], lexicon: Lexicon
) -> list[Finding]:
    """A paper, talk or patent: authors, title and venue are one item of theory."""
    told = Said.of(" ".join(sentence.told.text for sentence in sentences))
    hits = [hit for sentence in sentences for hit in sentence.found if is_ml(hit.dimension)]
    if not lexicon.says("ml", told) and all(hit.strength is Strength.UNSURE for hit in hits):
        return []
    first = told.text.lstrip(' "“*').startswith("[NAME") or _FIRST_AUTHOR.search(told.text)
    begun = lexicon.says("begun", told)
    beside = "[NAME" in told.text and not first
    shows = Attributes(
        dimension=Dimension.THEORY,
        context=Context.PUBLICATION,
        agency=Agency.CONTRIBUTED if begun or beside else Agency.OWNED,
        outcome=Outcome.NONE if begun else Outcome.STATED,
        production=False,
        ml_specific=True,
    )
    return [_finding(passage, passage.text, shows)]


def _finding(passage: ShownPassage, anchor: str, shows: Attributes) -> Finding:
    return Finding(source=RESUME, passage=passage.number, anchor=anchor, shows=shows)
