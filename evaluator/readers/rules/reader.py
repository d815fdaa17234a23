"""Passages to findings: each statement of the candidate's own doing, by concept."""

from __future__ import annotations

import re

from ...models.document import RESUME
from ...models.evidence import Attributes, Finding
from ...models.reading import Reading, ReadingRequest, ShownPassage
from ...models.vocabulary import AXIS_OF, Agency, Axis, Context, Dimension, Outcome
from ...structure.outline import sentences
from .concepts import Hit, Strength, concerns_ml, find_concepts
from .scope import is_wish, own_clauses
from .statements import agency_of, in_production, outcome_of

_MOST_DIMENSIONS = 2
_COURSE = re.compile(
    r"\b(?:boot ?camp|courses?|coursework|coursera|udemy|udacity|edx|tutorial|nanodegree|specialization|mooc|training program\w*|student project|class project|capstone|assignment|kurs|curso|cours|webinar|homework)\b|培训班|课程",
    re.I,
)
_THESIS = re.compile(
    r"\b(?:thesis|dissertation|masterarbeit|bachelorarbeit|diplomarbeit|abschlussarbeit|tesis|tfm|tfg|mémoire|thèse|tese|dissertação|praca magisterska)\b|毕业论文|卒業論文|修士論文",
    re.I,
)
_BEGUN = re.compile(r"\b(?:webinar|in progress|ongoing|begun|started|audited|enrolled)\b", re.I)


class RulesReader:
    """Reads without a model: the same passages always give the same findings."""

    name = "rules"

    async def read(self, request: ReadingRequest, *, sample: int = 0) -> Reading:
        return self.read_now(request)

    def read_now(self, request: ReadingRequest) -> Reading:
        """The reading itself, for callers without an event loop."""
        findings: list[Finding] = []
        for source in request.sources:
            if source.name != RESUME:
                continue  # repositories are read from their facts, which say more than their prose
            for passage in source.passages:
                findings += _read_passage(source.name, passage)
        return Reading(findings=tuple(findings))


def _read_passage(source: str, passage: ShownPassage) -> list[Finding]:
    if passage.context is Context.LISTED:
        return _listed(source, passage)
    if passage.context is Context.CREDENTIAL:
        return _listed(source, passage)
    if passage.context is Context.PUBLICATION:
        return _statement(source, passage, passage.text)  # authors, title and venue are one item
    findings: list[Finding] = []
    for start, end in sentences(passage.text):
        findings += _statement(source, passage, passage.text[start:end])
    return findings


def _listed(source: str, passage: ShownPassage) -> list[Finding]:
    """Names in a list or a summary: one mention a dimension and sentence, with the words around it."""
    findings: list[Finding] = []
    for start, end in sentences(passage.text):
        sentence = passage.text[start:end]
        if is_wish(sentence) or not own_clauses(sentence):
            continue
        seen: set[Dimension] = set()
        for hit in _sure(find_concepts(sentence), sentence, passage.heading):
            if hit.dimension in seen or hit.strength is Strength.UNSURE:
                continue
            seen.add(hit.dimension)
            shows = Attributes(
                dimension=hit.dimension,
                context=passage.context,
                agency=Agency.EXPOSED,
                outcome=Outcome.NONE,
                production=False,
                ml_specific=hit.ml or concerns_ml(_around(sentence, hit)),
            )
            findings.append(_finding(source, passage, _around(sentence, hit), shows))
    return findings


def _around(sentence: str, hit: Hit) -> str:
    """The items of a list next to the hit, so that a short name can be found again."""
    if len(sentence) <= 160:
        return sentence
    left = max(sentence.rfind(", ", 0, max(0, hit.start - 30)), 0)
    right = sentence.find(", ", hit.end + 30)
    return sentence[left : right if right > 0 else len(sentence)].strip(" ,")


def _statement(source: str, passage: ShownPassage, sentence: str) -> list[Finding]:
    own = own_clauses(sentence)
    hits = [
        hit
        for hit in _sure(find_concepts(sentence), sentence, passage.heading)
        if any(start <= hit.start < end for start, end in own)
    ]
    if not hits:
        return []
    told = " ".join(sentence[start:end] for start, end in own)
    context = _context(passage, sentence)
    if context is Context.COURSEWORK and _BEGUN.search(sentence):
        return []
    agency = agency_of(told)
    if context is Context.PUBLICATION:
        return (
            [_finding(source, passage, sentence, _publication(told, passage))]
            if _is_ml_paper(told)
            else []
        )
    if agency is None:
        if all(hit.strength is not Strength.SAYS for hit in hits):
            agency = Agency.EXPOSED
        else:
            agency = Agency.CONTRIBUTED
    findings = []
    for dimension in _main_dimensions(hits):
        shows = Attributes(
            dimension=dimension,
            context=context,
            agency=agency,
            outcome=outcome_of(told) if agency is not Agency.EXPOSED else Outcome.NONE,
            production=context is Context.WORK and in_production(told),
            ml_specific=AXIS_OF[dimension] is Axis.ML
            or concerns_ml(f"{sentence} {passage.heading}"),
        )
        findings.append(_finding(source, passage, sentence, shows))
    return findings


def _sure(hits: list[Hit], sentence: str, heading: str) -> list[Hit]:
    """Drop words with other meanings unless a sure concept of the same axis stands beside them."""
    axes = {AXIS_OF[hit.dimension] for hit in hits if hit.strength is not Strength.UNSURE}
    if concerns_ml(heading):
        axes.add(Axis.ML)
    kept = [h for h in hits if h.strength is not Strength.UNSURE or AXIS_OF[h.dimension] in axes]
    # An ML activity word with nothing of machine learning near it is another trade's word.
    near = concerns_ml(f"{sentence} {heading}") or any(
        h.ml and h.strength is Strength.NAME for h in hits
    )
    return [
        h
        for h in kept
        if not h.ml or near or (h.dimension is Dimension.THEORY and h.strength is Strength.SAYS)
    ]


def _main_dimensions(hits: list[Hit]) -> list[Dimension]:
    """At most two: one achievement serves no more."""
    weight: dict[Dimension, float] = {}
    taken: dict[Dimension, list[tuple[int, int]]] = {}
    for hit in sorted(hits, key=lambda h: (-h.strength, h.start)):
        spans = taken.setdefault(hit.dimension, [])
        if all(hit.end <= a or b <= hit.start for a, b in spans):
            spans.append((hit.start, hit.end))
            weight[hit.dimension] = (
                weight.get(hit.dimension, 0.0) + (0.5, 1.0, 2.0)[hit.strength - 1]
            )
    order = list(Dimension)
    ranked = sorted(weight, key=lambda d: (-weight[d], order.index(d)))
    strong = [d for d in ranked if weight[d] >= 1.0]
    return (strong or ranked[:1])[:_MOST_DIMENSIONS]


def _context(passage: ShownPassage, sentence: str) -> Context:
    if passage.context is Context.COURSEWORK:
        return (
            Context.PROJECT
            if _THESIS.search(f"{sentence} {passage.heading}")
            else Context.COURSEWORK
        )
    if passage.context in {Context.WORK, Context.PROJECT} and _COURSE.search(
        f"{passage.heading} {sentence}"
    ):
        return Context.COURSEWORK
    return passage.context


def _is_ml_paper(text: str) -> bool:
    return concerns_ml(text) or any(hit.ml for hit in find_concepts(text))


def _publication(told: str, passage: ShownPassage) -> Attributes:
    """A paper, talk or patent. The candidate standing first among the authors owns it."""
    first = told.lstrip(' "“*').startswith("[NAME") or re.search(r"first[- ]author", told, re.I)
    listed = re.search(r"\[NAME", told)
    begun = _BEGUN.search(told)
    return Attributes(
        dimension=Dimension.THEORY,
        context=Context.PUBLICATION,
        agency=Agency.CONTRIBUTED if begun or (listed and not first) else Agency.OWNED,
        outcome=Outcome.NONE if begun else Outcome.STATED,
        production=False,
        ml_specific=True,
    )


def _finding(source: str, passage: ShownPassage, anchor: str, shows: Attributes) -> Finding:
    return Finding(source=source, passage=passage.number, anchor=anchor, shows=shows)
