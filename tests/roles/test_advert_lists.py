"""Lists of adverts with marks of their own, and headings of further languages."""

from __future__ import annotations

from evaluator.documents.reading import read_document
from evaluator.roles.adverts import role_of_advert
from evaluator.roles.model import RoleProfile

NUMBERED = """Cloud Engineer

Qualifications

Candidates shall:

(i) have experience of Windows Server
(ii) have a good working knowledge of Microsoft Azure
(iii) have experience of Terraform
b) be fluent in English
"""
ITALIAN = """Ingegnere dei dati

Cosa farai

- Seguirai i flussi di Airflow con il team

Requisiti

- Ottima conoscenza di Python
- Inglese B2

Titoli preferenziali

- Kafka

Cosa offriamo

- Formazione su Kubernetes
"""


def _role_of(advert: str) -> RoleProfile:
    role = role_of_advert(read_document(advert.encode(), "advert.txt"), 2026)
    assert role is not None
    return role


def test_items_behind_roman_numbers_and_letters_are_items() -> None:
    names = {name for r in _role_of(NUMBERED).requirements for name in r.names}
    assert {"Windows Server", "Azure", "Terraform", "English"} <= names


def test_an_italian_advert_says_under_its_headings_what_is_asked() -> None:
    asked = {name: r.need.value for r in _role_of(ITALIAN).requirements for name in r.names}
    assert asked == {"Python": "must", "English": "must", "Kafka": "nice"}
