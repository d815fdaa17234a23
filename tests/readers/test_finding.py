"""From what is likely of statements to findings with their words."""

from __future__ import annotations

import pytest

from evaluator.models.evidence import Finding
from evaluator.models.reading import ShownPassage
from evaluator.models.vocabulary import Context
from evaluator.readers.rules.decision_table import decision
from evaluator.readers.rules.finding import findings_of
from evaluator.readers.rules.levels import INPUTS, LEVELS, Step
from evaluator.readers.rules.lexicon import lexicon_for
from evaluator.readers.rules.probability import ONE
from evaluator.readers.rules.signs import Statement
from evaluator.readers.rules.surroundings import HEADS

SURE = ONE - 1
ALL = Step([[0.0] * len(LEVELS)] * len(INPUTS), [8.0] * len(LEVELS))
"""Takes every resume for one that shows everything."""


def read(
    *told: tuple[str, dict[str, int]],
    context: Context = Context.WORK,
    heading: str = "Engineer, Alpha Works",
    language: str = "en",
) -> list[Finding]:
    """Findings of lines, each with what is likely of it."""
    lexicon = lexicon_for(language, "\n".join(text for text, _ in told))
    statements = [
        Statement(
            ShownPassage(
                number=number, section="employment", context=context, heading=heading, text=text
            ),
            (0, len(text)),
            lexicon,
        )
        for number, (text, _) in enumerate(told, start=1)
    ]
    likely = [{head: heads.get(head, 0) for head in HEADS} for _, heads in told]
    return findings_of(statements, likely, decision(), lexicon, ALL)


DONE = {"done": SURE, "modeling": SURE, "owned": SURE}


def test_what_is_done_is_quoted_whole() -> None:
    text = "Trained the churn model"
    (found,) = read((text, DONE))
    assert (found.anchor, found.shows.agency.value) == (text, "owned")


def test_a_result_in_the_next_line_is_quoted_beside() -> None:
    first = ("Trained the churn model", {**DONE, "result": SURE, "quantified": SURE})
    told, *_ = read(first, ("Losses fell by 12 %", {}))
    assert told.result is not None
    assert (told.result.passage, told.result.words) == (2, "Losses fell by 12 %")
    (alone,) = read(first, ("Sat in meetings", {}))
    assert alone.result is None


def test_names_of_a_list_are_quoted_one_by_one() -> None:
    likely = {"names modeling": SURE, "names infrastructure": SURE}
    found = read(("Excel, PyTorch, Kubernetes, Word", likely), context=Context.LISTED)
    assert {f.anchor for f in found} == {"PyTorch", "Kubernetes"}
    assert {f.shows.agency.value for f in found} == {"exposed"}


@pytest.mark.parametrize(
    "text",
    ["No production experience with Kubernetes", "The platform team deployed it on Kubernetes"],
)
def test_denied_and_others_work_is_nothing_however_likely(text: str) -> None:
    assert read((text, {**DONE, "names infrastructure": SURE})) == []


def test_what_others_did_beside_own_work_shows_nothing_of_the_candidate() -> None:
    text = "Trained the churn model, while the platform team ran it on Kubernetes."
    theirs = {"done": SURE, "infrastructure": SURE, "modeling": SURE}
    (found,) = read((text, theirs))
    assert (found.shows.dimension.value, found.anchor) == ("modeling", "Trained the churn model")


def test_in_a_language_whose_denials_nobody_knows_nothing_is_done() -> None:
    line = "Ho raccolto ed etichettato le immagini delle foglie"
    assert read((line, DONE), language="it") == []
    assert read(("Reuní y etiqueté las fotos de hojas", DONE), language="es")


def test_a_course_is_a_course_and_a_thesis_is_a_project() -> None:
    (found,) = read(("Trained a network", DONE), context=Context.COURSEWORK, heading="Thesis")
    assert found.shows.context is Context.PROJECT
    (found,) = read(("Trained a network", DONE), heading="Data science bootcamp")
    assert found.shows.context is Context.COURSEWORK


@pytest.mark.parametrize(
    ("text", "agency", "outcome"),
    [
        ("[NAME], Osei: Regret bounds for delayed bandits. ICML 2021.", "owned", "stated"),
        ("Osei, [NAME]: Regret bounds for delayed bandits. ICML 2021.", "contributed", "stated"),
        ("Regret bounds for delayed bandits, ICML, in progress.", "contributed", "none"),
    ],
)
def test_a_paper_is_one_item_of_theory(text: str, agency: str, outcome: str) -> None:
    (found,) = read((text, {"done": SURE}), context=Context.PUBLICATION)
    shows = found.shows
    assert (shows.dimension.value, shows.agency.value, shows.outcome.value) == (
        "theory",
        agency,
        outcome,
    )


def test_a_paper_of_another_field_is_nothing() -> None:
    line = "[NAME]: Sheep breeding in the highlands. Journal, 2012."
    assert read((line, {}), context=Context.PUBLICATION) == []


@pytest.mark.parametrize(
    ("language", "heading", "text", "runs"),
    [
        ("en", "Engineer, Alpha Works", "Trained the churn model", True),
        ("en", "Engineer, Alpha Works", "Trained the churn model of my thesis", False),
        ("en", "Doctoral student, North University", "Trained the churn model", False),
        ("en", "Doctoral student, North University", "Trained the model that shops use live", True),
        ("en", "Engineer, North University", "Trained the churn model", True),
        ("de", "Entwicklerin, Alpha", "Modell der Masterarbeit trainiert", False),
        ("es", "Ingeniera, Alfa", "Entrené el modelo de mi tesis", False),
        ("fr", "Doctorante, Alpha", "Modèle de prévision entraîné", False),
        ("pl", "Doktorantka, Alfa", "Wytrenowany model prognoz", False),
        ("pt", "Doutoranda, Alfa", "Treinei o modelo de previsão", False),
        ("ja", "博士課程、アルファ", "予測モデルを学習した", False),
        ("zh", "博士生，阿尔法", "训练了预测模型", False),
    ],
)
def test_studies_and_teaching_run_for_nobody(
    language: str, heading: str, text: str, *, runs: bool
) -> None:
    found = read((text, DONE), heading=heading, language=language)
    assert [one.shows.production for one in found] == [runs]


def test_theory_runs_for_nobody() -> None:
    (found,) = read(("Taught the tutorials of probability", {"done": SURE, "theory": SURE}))
    assert found.shows.production is False
