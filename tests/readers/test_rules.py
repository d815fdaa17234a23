"""What the embedded reader finds in single statements, and what it leaves alone."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from evaluator.models.document import RESUME
from evaluator.models.evidence import Finding
from evaluator.models.reading import ReadingRequest, ShownPassage, ShownSource
from evaluator.models.vocabulary import Context
from evaluator.readers.rules.reader import RulesReader


def read(
    text: str, context: Context = Context.WORK, heading: str = "Engineer, Alpha Works"
) -> list[Finding]:
    passage = ShownPassage(
        number=1, section="employment", context=context, heading=heading, text=text
    )
    source = ShownSource(name=RESUME, passages=(passage,))
    return list(RulesReader().read_now(ReadingRequest(language="en", sources=(source,))).findings)


@dataclass(frozen=True)
class Says:
    """A statement and one item it must give: dimension, agency, outcome."""

    text: str
    dimension: str
    agency: str
    outcome: str
    production: bool | None = None


SAID = [
    Says(
        "Designed and trained a fraud model with XGBoost that cut losses by 12 %.",
        "modeling",
        "owned",
        "quantified",
    ),
    Says("Trained a classifier on the team's data.", "modeling", "contributed", "none"),
    Says("Fine-tuned a language model for support mails.", "modeling", "contributed", "none"),
    Says("Curated a dataset of 40,000 labelled images.", "data", "contributed", "quantified"),
    Says(
        "Led the A/B tests for the ranking model; clicks rose.", "experimentation", "owned", "none"
    ),
    Says(
        "Quantised the network to int8, from 90 ms to 20 ms.",
        "optimization",
        "contributed",
        "quantified",
    ),
    Says("Reimplemented the paper from scratch in PyTorch.", "prototyping", "owned", "none"),
    Says("Taught machine learning to master's students.", "theory", "contributed", "none"),
    Says(
        "Built the CI/CD pipelines; releases went from monthly to daily.",
        "delivery",
        "owned",
        "none",
    ),
    Says(
        "Migrated 140 services to Kubernetes with Terraform without downtime.",
        "infrastructure",
        "owned",
        "quantified",
    ),
    Says(
        "Own drift monitoring and alerting for 45 models in production.",
        "monitoring",
        "owned",
        "quantified",
        True,
    ),
    Says(
        "Set up the model registry and lineage; it passed the audit.",
        "reproducibility",
        "owned",
        "stated",
    ),
    Says(
        "Scaled inference serving to 12,000 requests per second.",
        "scalability",
        "owned",
        "quantified",
        True,
    ),
    Says(
        "Mentored data scientists across three teams.", "collaboration", "contributed", "quantified"
    ),
    Says("Assisted with the Kubernetes cluster.", "infrastructure", "exposed", "none"),
    Says(
        "Entwickelte ein Prognosemodell, der Fehler sank um 12 %.",
        "modeling",
        "owned",
        "quantified",
    ),
    Says("Entrené modelos de predicción de demanda.", "modeling", "contributed", "none"),
    Says("Mis en place la surveillance de la dérive des données.", "monitoring", "owned", "none"),
    Says("负责训练推荐模型，点击率提升12%。", "modeling", "owned", "quantified"),
]


@pytest.mark.parametrize("case", SAID, ids=lambda c: c.text[:40])
def test_statements(case: Says) -> None:
    found = {f.shows.dimension.value: f.shows for f in read(case.text)}
    assert case.dimension in found
    shows = found[case.dimension]
    assert (shows.agency.value, shows.outcome.value) == (case.agency, case.outcome)
    if case.production is not None:
        assert shows.production is case.production


SILENT = [
    "No production experience with Kubernetes.",
    "Keen to learn MLflow and Kubeflow.",
    "The platform team deployed it on Kubernetes.",
    "You will build the CI/CD pipelines and train models.",
    "Did not train models.",
    "Handed the model over to the engineers who run Kubernetes.",
    "Took the helm of the ship in a storm.",
    "Replaced eight power transformers in the substation.",
    "Sold kitchens to customers and led a kitchen team.",
    "Noch keine Erfahrung mit Kubernetes.",
    "Sin experiencia en aprendizaje automático.",
    "La mise en production a été réalisée par l'équipe plateforme.",
    "没有Kubernetes经验",
    "Die Bereitstellung der Modelle übernahm das Plattform-Team.",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_is_no_evidence(text: str) -> None:
    assert [f.shows.dimension.value for f in read(text)] == []


def test_only_the_candidates_own_clause_counts() -> None:
    found = read("Trained the churn model, while the platform team deployed it on Kubernetes.")
    assert {f.shows.dimension.value for f in found} == {"modeling"}


def test_one_statement_serves_at_most_two_dimensions() -> None:
    text = "Built CI/CD, Kubernetes with Terraform, drift monitoring in Grafana, an MLflow registry and low latency serving."
    assert len({f.shows.dimension for f in read(text)}) == 2


def test_lists_are_mentions() -> None:
    found = read("Python, PyTorch, Kubernetes, Terraform, Grafana", Context.LISTED)
    assert {f.shows.dimension.value for f in found} == {"modeling", "infrastructure", "monitoring"}
    assert {f.shows.agency.value for f in found} == {"exposed"}
    assert {f.shows.context for f in found} == {Context.LISTED}


def test_a_long_list_is_quoted_around_the_mention() -> None:
    text = ", ".join(["Excel", "Word", "PowerPoint"] * 12 + ["PyTorch"] + ["Outlook"] * 20)
    (found,) = read(text, Context.LISTED)
    assert "PyTorch" in found.anchor
    assert len(found.anchor) < 120
    assert found.anchor in text


def test_a_wish_in_a_summary_is_no_mention() -> None:
    assert read("Passionate about machine learning and Kubernetes.", Context.LISTED) == []


@pytest.mark.parametrize(
    ("text", "heading", "context", "expected"),
    [
        (
            "Trained a model in the bootcamp.",
            "Data science bootcamp",
            Context.WORK,
            Context.COURSEWORK,
        ),
        ("Thesis: trained a model of speech.", "M.Sc.", Context.COURSEWORK, Context.PROJECT),
        ("Trained a model in the exercises.", "B.Sc.", Context.COURSEWORK, Context.COURSEWORK),
        ("CKA: Kubernetes administrator", "", Context.CREDENTIAL, Context.CREDENTIAL),
    ],
)
def test_context_follows_the_words(
    text: str, heading: str, context: Context, expected: Context
) -> None:
    assert {f.shows.context for f in read(text, context, heading)} == {expected}


def test_a_webinar_is_nothing() -> None:
    assert read("Webinar on training models with PyTorch.", Context.COURSEWORK) == []


@pytest.mark.parametrize(
    ("text", "agency", "outcome"),
    [
        ("[NAME], Osei: Regret bounds for delayed bandits. ICML 2021.", "owned", "stated"),
        ("Osei, [NAME]: Regret bounds for delayed bandits. ICML 2021.", "contributed", "stated"),
        ("Regret bounds for delayed bandits, ICML, in progress.", "contributed", "none"),
    ],
)
def test_publications(text: str, agency: str, outcome: str) -> None:
    (found,) = read(text, Context.PUBLICATION)
    assert (found.shows.dimension.value, found.shows.agency.value, found.shows.outcome.value) == (
        "theory",
        agency,
        outcome,
    )


def test_a_paper_of_another_field_is_no_theory() -> None:
    assert (
        read("[NAME]: Sheep breeding in the highlands. Journal, 2012.", Context.PUBLICATION) == []
    )


def test_repositories_are_left_to_their_facts() -> None:
    passage = ShownPassage(
        number=1, section="README", context=Context.PROJECT, heading="", text="Trained a model."
    )
    request = ReadingRequest(
        language="en", sources=(ShownSource(name="repository 1", passages=(passage,)),)
    )
    assert asyncio.run(RulesReader().read(request)).findings == ()
