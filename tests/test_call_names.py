"""What friends make of a name goes where somebody acts, owns or signs; the same letters as a word or a tool stay."""

from __future__ import annotations

import pytest

from evaluator.redaction.call_names import call_names

from .test_short_names import told


@pytest.mark.parametrize(
    ("name", "line", "shown"),
    [
        ("Adebayo Ogunlesi", "Bayo led the fraud team.", "[NAME] led the fraud team."),
        ("Adebayo Ogunlesi", "As Bayo's team lead I deployed it.", "As [NAME]'s team lead I deployed it."),
        ("Babatunde Afolabi", "The model was trained by Tunde.", "The model was trained by [NAME]."),
        ("Babatunde Afolabi", "Rewritten by Tunde in 2020.", "Rewritten by [NAME] in 2020."),
        ("Chidiebere Nwosugbo", "Chidi and two others wrote the tests.", "[NAME] and two others wrote the tests."),
        ("Olakunle Adewale", "Wale and Kunle shipped it.", "[NAME] and [NAME] shipped it."),
        ("Oluwadamilola Fashanu", "Dami presented the model.", "[NAME] presented the model."),
        ("Kwabena Asante-Mensah", "Kwabs built the loader.", "[NAME] built the loader."),
        ("Themistoklis Vardakas", "Themis wrote the compiler pass.", "[NAME] wrote the compiler pass."),
        ("Adebayo Ogunlesi", "Bayo & Zainab deployed it.", "[NAME] & Zainab deployed it."),
        ("Adebayo Ogunlesi", "I, Bayo, designed it.", "I, [NAME], designed it."),
        ("Ray Dask", "I'm Ray, and friends call me Ray.", "I'm [NAME], and friends call me [NAME]."),
        ("Konstantinos Papadellis", "Dinos trained models.", "[NAME] trained models."),
        ("Abdulrahman Saleh-Tariq", "Mr. Rahman leads the platform.", "[NAME] leads the platform."),
    ],
)  # fmt: skip
def test_beginnings_middles_and_ends_of_names_go(name: str, line: str, shown: str) -> None:
    assert told(name, line) == shown


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Sparkman Deltason", "Spark wrote to Delta; Delta reduced latency."),
        ("Rustam Goncharov", "Rust built in Go; Rust reduced latency."),
        ("Terraformidis Ansel", "Terraform built it; Ansible reduced drift."),
        ("Jenkinson Abara", "Jenkins built the images; images built by Jenkins."),
        ("Mariana Julian", "Marian NMT translated; Julia solved it."),
        ("Christopher Volkov", "Chrome and Volk tests ran, Stop words went."),
        ("Alexandra Petropoulos", "Skills for Alexa and Petrol stations were built."),
        ("Adebayo Ogunlesi", "Tuned Bayes models in BayesOpt."),
    ],
)
def test_the_same_letters_as_a_word_or_a_tool_stay(name: str, line: str) -> None:
    assert told(name, line) == line


def signed(name: str, line: str) -> str:
    """What is shown of a line at whose end nothing stands."""
    return told(name, f"{line}\n-").strip()


@pytest.mark.parametrize(
    ("name", "signature"),
    [
        ("William Tarrant", "Signed, Will"),
        ("Ray Dask", "Yours, Ray"),
        ("Ada Kafka", "Yours sincerely, Ada"),
        ("Robert Quillfeather", "Best regards, Bob"),
        ("Robert Quillfeather", "Mit freundlichen Grüßen, Bob"),
        ("Adebayo Ogunlesi", "It ran for a year. — Bayo"),
        ("Adebayo Ogunlesi", "Loader, ranker and tests by Bayo"),
    ],
)
def test_signatures_go(name: str, signature: str) -> None:
    text = signed(name, f"Wrote the loader. {signature}")
    assert "Wrote the loader" in text
    assert text.split()[-1] == "[NAME]"


@pytest.mark.parametrize(
    ("name", "line", "shown"),
    [
        ("Jo Kafka", "Events were ingested by Kafka.", "Events were ingested by Kafka."),
        ("Jo Spark", "Streams are written by Spark.", "Streams are written by Spark."),
        ("Jo Airflow", "Jobs are scheduled by Airflow.", "Jobs are scheduled by Airflow."),
        ("Jo Kafka", "The move was led by Kafka.", "The move was led by [NAME]."),
        ("Jo Spark", "I am Spark certified.", "I am Spark certified."),
        ("Jaron Bedrocksen", "Images built by Bedrock in CI.", "Images built by Bedrock in CI."),
        ("Jo Kafka", "Brokers — Kafka", "Brokers — Kafka"),
    ],
)
def test_what_tools_do_is_not_taken_for_a_signature(name: str, line: str, shown: str) -> None:
    assert signed(name, line) == shown


def test_forms_of_a_name_hold_no_word_and_no_tool() -> None:
    forms = set(call_names(["Stopford", "Rustam", "Daskalakis", "Marketa"]))
    assert {"stop", "rust", "dask", "market"}.isdisjoint(forms)
    assert {"stopf", "rusta", "daska", "keta"} <= forms
