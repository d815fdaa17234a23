"""Lines of adverts in every dress: what each asks for, how strongly, and what it does not ask for."""

from __future__ import annotations

import pytest

from evaluator.documents.reading import read_document
from evaluator.models.vocabulary import Dimension
from evaluator.roles.adverts import role_of_advert, title_of
from evaluator.roles.model import RoleFlagKind, RoleProfile

from .test_adverts import asked


def role_of(body: str, heading: str = "What you bring") -> RoleProfile | None:
    text = f"ML Engineer\n\n{heading}\n{body}\n"
    return role_of_advert(read_document(text.encode(), "advert.txt"), 2026)


def asks(body: str, heading: str = "What you bring") -> list[str]:
    role = role_of(body, heading)
    return asked(role) if role else []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # Alternatives, and names that are each asked for
        ("Python or Go", ["must tool Python/Go"]),
        ("Kafka and Spark", ["must tool Kafka", "must tool Apache Spark"]),
        ("One of the clouds (AWS, Azure, GCP)", ["must tool AWS/Azure/GCP"]),
        ("Any of PyTorch, TensorFlow, JAX", ["must tool PyTorch/TensorFlow/JAX"]),
        ("Infrastructure as code (Terraform, Pulumi)", ["must tool Terraform/Pulumi"]),
        ("Knowledge of z. B. Terraform oder Pulumi", ["must tool Terraform/Pulumi"]),
        ("German or French", ["must language German/French"]),
        ("German and English", ["must language German", "must language English"]),
        ("Kafka albo Spark", ["must tool Kafka/Apache Spark"]),
        ("A public cloud (preferably Azure)", ["must tool public cloud"]),
        ("Tooling in Kafka for a data scientist", ["must tool Kafka"]),
        ("Python; German", ["must tool Python", "must language German"]),
        # Asked in one half, welcome in the other
        ("Terraform, ideally with Pulumi", ["must tool Terraform", "nice tool Pulumi"]),
        ("German, ideally Dutch", ["must language German", "nice language Dutch"]),
        ("Good Python, Go is a plus", ["must tool Python", "nice tool Go"]),
        ("Gutes Python, Go ist von Vorteil", ["must tool Python", "nice tool Go"]),
        ("Excellent English, German is a plus", ["must language English", "nice language German"]),
        ("Kafka, German is welcome", ["nice language German", "nice tool Kafka"]),
        ("It would be good if you know Kafka, and Spark is a plus", ["must tool Kafka", "nice tool Apache Spark"]),
        # Years
        ("At least five years of machine learning", ["must years machine learning"]),
        ("3+ years with Kafka", ["must years Kafka"]),
        ("99 years of Kafka", ["must tool Kafka"]),
        ("Five or more years of Kafka", ["must years Kafka"]),
        ("co najmniej 3 lata doświadczenia z Kafka", ["must years Kafka"]),
        ("Three years as a data engineer", ["must years data engineering"]),
        # Studies and certificates
        ("A degree in computer science", ["must education bachelor"]),
        ("PhD or equivalent experience", ["must education doctorate"]),
        ("A PhD in statistics or machine learning", ["must education doctorate"]),
        ("Bachelor oder eine Ausbildung zum Fachinformatiker", ["must education bachelor/vocational"]),
        ("wykształcenie wyższe", ["must education bachelor"]),
        ("CKA or AWS certification", ["must certificate CKA/AWS"]),
        ("A certificate in cloud work", ["must certificate"]),
        # Places and permits
        ("EU work permit", ["must permit"]),
        ("Driving licence is a plus", ["nice permit"]),
        ("Two days a week in the office", ["must place"]),
        # Trades, levels, and what is for a person
        ("Experience in the banking sector", ["must domain banking/finance"]),
        ("Experience in the health sector, where you trained models", ["must domain health"]),
        ("You have operated Kubernetes clusters", ["must dimension Kubernetes"]),
        ("You have trained and deployed models", ["must dimension"]),
        ("You explain models to colleagues", ["must other"]),
        ("You love trains", ["must other"]),
        # What nobody is asked for
        ("No Python needed.", []),
        ("We do not require a degree", []),
        ("We welcome applications regardless of age", []),
        ("!", []),
    ],
)  # fmt: skip
def test_a_line_asks_for_what_it_says(line: str, expected: list[str]) -> None:
    assert asks(f"- {line}") == expected


@pytest.mark.parametrize(
    ("heading", "body", "expected"),
    [
        ("REQUIREMENTS", "1. Kafka\n2. Spark", ["must tool Kafka", "must tool Apache Spark"]),
        ("## Requirements", "**Kafka**\n\n_Spark_", ["must tool Kafka", "must tool Apache Spark"]),
        ("What you bring", "* Kafka * Spark", ["must tool Kafka", "must tool Apache Spark"]),
        ("What you bring", "- Kafka\n\nThings we love:\n- Spark", ["must tool Kafka", "nice tool Apache Spark"]),
        ("What you bring", "- Kafka\n\nThings we love\n- Spark", ["must tool Kafka", "nice tool Apache Spark"]),
        ("What you bring", "- Kafka\n\nWhat else there is\n\nWe run Spark.", ["must tool Kafka"]),
        ("What you bring", "- Kafka\n\nGreywater Rail keeps its trains on time with Spark.", ["must tool Kafka"]),
        ("Facts", "Location: Bristol\nMust have: Python\nNice to have: Kafka", ["must tool Python", "nice tool Kafka"]),
        ("What you bring", "Nice to have: 3 years of Kafka", ["nice years Kafka"]),
        ("What you bring", "Nice to have: German", ["nice language German"]),
        ("What you bring", "- Python\n- Nice to have: Kafka\n- Go", ["must tool Python", "nice tool Kafka", "must tool Go"]),
        ("About us", "You must know Kafka. You have also seen Spark. We meet on Fridays.",
         ["must tool Kafka", "must tool Apache Spark"]),
        ("What we offer", "- On-call duty every sixth week\n- Right to work in the EU", ["must place", "must permit"]),
        ("What we offer", "- No on-call\n- Python courses", []),
        ("Intro\n\nGreywater moves trains.\n\nWhat counts", "- You know Kafka\n- You speak German", ["must tool Kafka", "must language German"]),
        ("What you bring", "- Kafka is a plus\n- Kafka is a must", ["must tool Kafka"]),
        ("What you bring", "- Kafka\n- Kafka is a plus", ["must tool Kafka"]),
        ("What you bring", "- 3 years of Kafka\n- Kafka", ["must years Kafka"]),
    ],
)  # fmt: skip
def test_headings_leads_and_running_text_say_how_strongly(
    heading: str, body: str, expected: list[str]
) -> None:
    assert asks(body, heading) == expected


@pytest.mark.parametrize(
    ("line", "similar"), [("Kafka or similar", True), ("PhD or equivalent", True), ("Kafka", False)]
)
def test_what_is_comparable_is_taken_where_the_advert_says_so(line: str, similar: bool) -> None:
    role = role_of(f"- {line}")
    assert role
    assert [r.similar for r in role.requirements] == [similar]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("Basic monitoring of models", 1),
        ("Monitoring of models", 2),
        ("Proven track record in the monitoring of models", 3),
    ],
)
def test_words_of_degree_set_the_level(line: str, level: int) -> None:
    role = role_of(f"- {line}")
    assert role
    assert [(r.dimension, r.level) for r in role.requirements] == [("monitoring", level)]


def test_tasks_of_an_unknown_heading_are_levels_and_no_names() -> None:
    role = role_of("- Build models\n- Lead the monitoring of models", "Onwards")
    assert role
    assert role.requirements == ()
    assert role.needs[Dimension("monitoring")] == 3


@pytest.mark.parametrize(
    ("line", "ground", "left"),
    [
        ("Young and dynamic, with 3 years of Python", "age", ["must years Python"]),
        ("Native English speaker", "origin or citizenship", []),
        ("Degree from a top university", "prestige of a school", []),
    ],
)
def test_what_must_not_decide_is_told_and_the_rest_of_its_line_is_asked(
    line: str, ground: str, left: list[str]
) -> None:
    role = role_of(f"- Kafka\n- {line}")
    assert role
    assert asked(role) == ["must tool Kafka", *left]
    (flag,) = role.flags
    assert flag.kind is RoleFlagKind.NOT_SCORED
    assert f"refers to {ground}" in flag.message


def test_a_beginner_with_many_years_is_a_contradiction() -> None:
    text = "Junior ML Engineer\n\nRequirements\n- 8 years of Python\n"
    role = role_of_advert(read_document(text.encode(), "advert.txt"), 2026)
    assert role
    assert [f.message for f in role.flags] == [
        "“Junior ML Engineer” and “8 years of Python” contradict each other."
    ]


def test_the_title_is_the_first_line_that_says_something() -> None:
    assert title_of(read_document(b"\n\n#  ML   Engineer #\n\nText\n", "a.txt")) == "ML Engineer"


@pytest.mark.parametrize(
    ("line", "dimension"),
    [
        ("Experience putting models into production", Dimension.DELIVERY),
        ("Erfahrung mit der Produktivsetzung von Modellen", Dimension.DELIVERY),
        ("Expérience du déploiement de modèles", Dimension.DELIVERY),
        ("Monitoring of models in production", Dimension.MONITORING),
        ("Erfahrung mit dem Monitoring von Modellen", Dimension.MONITORING),
        ("Suivi des modèles en production", Dimension.MONITORING),
        ("Peer-reviewed publications in machine learning", Dimension.THEORY),
    ],
)
def test_work_on_models_is_told_by_what_is_done_with_them(line: str, dimension: Dimension) -> None:
    role = role_of(f"- {line}")
    assert role
    assert [r.dimension for r in role.requirements] == [dimension]


def test_every_sentence_about_work_is_a_requirement_of_its_own() -> None:
    role = role_of("- You have trained ranking models\n- You have trained models of language")
    assert role
    assert len(role.requirements) == 2
