"""Names that somebody had before are the same person's; former names of firms and products are nobody's."""

from __future__ import annotations

import pytest

from evaluator.structure.former_names import former_names

from ..test_short_names import told


@pytest.mark.parametrize(
    ("name", "line", "other"),
    [
        ("Siobhan Byrneach", "Siobhan Byrneach (née O'Connellan) wrote it.", "O'Connellan"),
        ("Petra Mühlenkamp", "Petra Mühlenkamp, geb. Schraderin, baute es.", "Schraderin"),
        ("Siobhan Byrneach", 'Published as "Siobhan O\'Connellan".', "Siobhan O'Connellan"),
        ("Mary Okonjola", "Papers published as M. Tarrantino describe it.", "M. Tarrantino"),
        ("Mary Okonjola", "Maiden name: Tarrantino. Wrote it.", "Tarrantino"),
        ("Mary Okonjola", "Also known as Maria Tarrantino, wrote it.", "Maria Tarrantino"),
        ("Alex Whitmore", "Formerly Alexandra Whitmore; wrote it.", "Alexandra Whitmore"),
        ("Alex Whitmore", "Born Alexandra Whitmore, wrote it.", "Alexandra Whitmore"),
        ("Alex Whitmore", "Dead name: Alexandra Pellworm. Wrote it.", "Alexandra Pellworm"),
        ("Anna Nowakowska", "Anna Nowakowska z domu Zielonka.", "Zielonka"),
        ("Мария Петрова", "Мария Петрова (урожд. Ветлугина) обучила.", "Ветлугина"),
        ("Mary Okonjola", "Mary Okonjola (née Young) wrote it.", "Young"),
        ("Kai Brodersenn", "My deadname was Karolina Brodersenn.", "Karolina Brodersenn"),
        ("Laura Brennanova", "In papers as Laura Hadleigh (before marriage).", "Laura Hadleigh"),
        ("李娜", "李娜（曾用名：李红梅）", "李红梅"),
        ("佐藤 美咲", "佐藤 美咲（旧姓：高瀬）", "高瀬"),
    ],
)  # fmt: skip
def test_former_names_are_found(name: str, line: str, other: str) -> None:
    assert former_names(line, name) == (other,)


@pytest.mark.parametrize(
    "line",
    [
        "Meta (formerly Facebook) and X, formerly Twitter.",
        "Kubeflow, also known as KF, and Databricks, previously Shark.",
        "Acme Payments (previously Northgate Data Ltd), formerly known as Alpha Works GmbH.",
        "Published as PyTorch package, as Docker images and as a paper.",
        "Born in Kano; geb. 03.02.1980; geb. August 1980; born March 1990.",
        "erforderliche und frühere Stationen, engineers, Roz and step. The end",
        "Also known as Kafka Streams, known as Adam optimizer, aka MLOps.",
    ],
)
def test_former_names_of_firms_products_and_days_of_birth_are_nobodys(line: str) -> None:
    assert former_names(line, "Zora Quillfeather") == ()


@pytest.mark.parametrize(
    ("name", "line", "shown"),
    [
        ("Siobhan Byrneach", "Siobhan Byrneach (née O'Connellan) wrote it.", "[NAME] wrote it."),
        ("Petra Mühlenkamp", "Petra Mühlenkamp, geb. Schraderin, baute es.", "[NAME], baute es."),
        ("Mary Okonjola, née Tarrantino", "Mary Tarrantino built it.", "[NAME] built it."),
        ("Mary Okonjola (previously Mary Tarrantino)", "Tarrantino built it.", "[NAME] built it."),
        ("Anna Nowakowska z d. Zielonka", "Anna Zielonka wrote it.", "[NAME] wrote it."),
        ("Mary Okonjola", "Maiden name: Tarrantino. Wrote it.", "[NAME]. Wrote it."),
        ("Laura Brennanova (f/k/a Laura Hadleigh)", "Hadleigh trained it.", "[NAME] trained it."),
        ("李娜（曾用名：李红梅）", "红梅训练了模型。", "[NAME]训练了模型。"),
    ],
)
def test_a_former_name_goes_with_the_words_that_tell_of_it(
    name: str, line: str, shown: str
) -> None:
    assert told(name, line) == shown


@pytest.mark.parametrize(
    ("name", "family"), [("Jack Chi Ma", "Ma"), ("Tan Ah Beng", "Beng"), ("Tran Thi Be", "Be")]
)
def test_a_family_that_looks_like_a_degree_goes(name: str, family: str) -> None:
    assert family not in told(name, f"{name} built it.")
