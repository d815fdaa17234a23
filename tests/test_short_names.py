"""A person is not told by what friends, machines or referees call them either; the words of the trade stay."""

from __future__ import annotations

import pytest

from evaluator.redaction.others import others_in
from evaluator.redaction.short_names import called

from .test_redaction import shown_text


def told(name: str, line: str, mail: str = "x@mail.example") -> str:
    head = f"{name}\n{mail} | +49 89 5550 147\n\nEXPERIENCE\nEngineer, Alpha Works, 2019 - 2022\n"
    shown = shown_text(f"{head}- {line} It was about models.\n")
    return shown.replace("Engineer, Alpha Works", "").replace("It was about models.", "").strip()


@pytest.mark.parametrize(
    ("name", "mail", "line", "gone"),
    [
        ("林晓东", "linxiaodong", "Xiao-Dong Lin, Mei Chen: Ranking of papers.", ("Xiao", "Dong", "Lin")),
        ("林晓东", "lin.xiaodong88", "Wrote it with LIN Xiaodong.", ("LIN", "Xiaodong")),
        ("홍서아", "seoa.hong", "Presented by Hong Seo-A.", ("Hong", "Seo")),
    ],
)  # fmt: skip
def test_a_name_that_an_account_spells_goes(
    name: str, mail: str, line: str, gone: tuple[str, ...]
) -> None:
    shown = told(name, line, f"{mail}@mail.example")
    assert not any(word in shown for word in gone)
    assert "Mei Chen" in shown or "Mei" not in line


def test_words_of_the_trade_stay_though_an_account_spells_them() -> None:
    line = "Ran Spark Jobs daily."
    assert line in told("林晓东", line, "sparkjobs@mail.example")


@pytest.mark.parametrize(
    ("name", "line", "gone"),
    [
        ("Robert Quillfeather", "Bob built the ranker.", "Bob"),
        ("Robert Quillfeather", "Bob's team trained models.", "Bob"),
        ("Robert Quillfeather", "The loader was led by Bob Quillfeather.", "Bob"),
        ("Robert Quillfeather", "Reviewed by RQ.", "RQ"),
        ("Robert Quillfeather", "R. Q. trained the model.", "R. Q."),
        ("Siobhán Ní Chonchúir", "S.N.C. built the ranker.", "S.N.C."),
        ("Jane Marie Doe-Quill", "J.M. built the ranker.", "J.M."),
        ("Jane Marie Doe-Quill", "JMDQ built the ranker.", "JMDQ"),
        ("Aleksandr Petrov", "Sasha built the ranker.", "Sasha"),
        ("Александр Петров", "Шурик обучил модель ранжирования.", "Шурик"),
        ("Katarzyna Wiśniewska", "Kaśka wrote the tests.", "Ka"),
        ("Francisco Ortega Ruiz", "Paco led the team of five.", "Paco"),
        ("José Carlos Lima", "Zé built the ranker.", "Zé"),
        ("William Tarrant", "Bill built the ranker.", "Bill"),
        ("Edward Tesla", "Eddie and Ned trained models.", "Ned"),
        ("Giuseppe Verdini", "Beppe trained it.", "Beppe"),
        ("Mohammed Al-Farsi", "Mohamed trained models.", "Mohamed"),
    ],
)
def test_short_forms_and_initials_of_the_candidate_go(name: str, line: str, gone: str) -> None:
    shown = told(name, line)
    assert gone not in shown
    assert "[NAME]" in shown
    assert len(shown.split()) > 1


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("William Tarrant", "Paid the bill on time and cut the cloud bill by 20 %."),
        ("William Tarrant", "This will serve 3 users."),
        ("Maximilian Lang", "Tuned Max pooling, max depth and LangChain; ML models were trained."),
        ("Peter Rogers", "Reviewed PR builds; PR reviews: 40."),
        ("Christopher Volkov", "Trained CV models by CV."),
        ("Raymond Dask", "Ray scaled training on Dask."),
        ("Edward Tesla", "TED talks were transcribed."),
        ("Rosa Lind", "RL trained agents by RL."),
        ("Samuel Brandt", "SAM segmented cells; sam build ran in CI."),
        ("Ai Li", "AI models, AL and IL agents."),
        ("Mark Vesselin", "Trained mark detection models."),
        ("Zora Quillfeather", "Quill editors and feather files were read."),
    ],
)
def test_words_of_the_trade_stay_whatever_the_candidate_is_called(name: str, line: str) -> None:
    assert told(name, line) == line


@pytest.mark.parametrize(
    "line",
    [
        "See zora_quillfeather_thesis.pdf for it.",
        "Moved /srv/zquillfeather/ranker to production.",
        "Maintains zora-ranker and quillfeather-utils.",
        "Wrote s3://zora-quillfeather-models/ranker down.",
        "Cloned git@host.example:thezoraquillfeather90/ranker.git often.",
        "Pulled registry.example/zquillf/ranker:1.2 from CI.",
        "ZoraNet and QuillfeatherAI reached 91 %.",
        "Posts as zoraquillfeather or quillfeatherzora1.",
        "Runs Quillfeather Labs.",
    ],
)
def test_a_name_inside_files_paths_accounts_and_products_goes(line: str) -> None:
    shown = told("Zora Quillfeather", line).casefold()
    assert "[name]" in shown
    for secret in ("zora", "quillf"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        ("Supervised by Prof. Anna Kowalska, trained a ranker.", "Anna Kowalska"),
        ("Supervisor: Dr. Hans-Peter Müller; trained GANs.", "Hans-Peter Müller"),
        ("Thesis under Prof. Dr. Kowalska on graph networks.", "Kowalska"),
        ("References: John Baker (CTO, Alpha), trained together", "John Baker"),
        ("Referees: Dr. Ada Brown of Alpha", "Ada Brown"),
        ("Managed by Tom Baker, wrote the loader.", "Tom Baker"),
        ("Mentored by Siddharth Rao on ranking.", "Siddharth Rao"),
        ("Betreut von Jürgen Meier, Thema: Graphnetze", "Jürgen Meier"),
        ("Directeur de thèse : Jean Dupont", "Jean Dupont"),
        ("Guided by Dr. R. K. Sharma, implemented a CNN.", "R. K. Sharma"),
        ("Научный руководитель: Иван Петров, обучил модель", "Иван Петров"),
    ],
)
def test_supervisors_and_referees_go_and_what_was_done_stays(line: str, gone: str) -> None:
    shown = told("Zora Quillfeather", line)
    before, after = line.split(gone)
    assert gone not in shown
    assert f"{before}[PERSON]{after}".strip() in shown


def test_a_supervisor_who_was_named_goes_where_the_name_is_repeated() -> None:
    line = "Thesis under Prof. Anna Kowalska. Kowalska's lab used it; Anna Kowalska presented it."
    shown = told("Zora Quillfeather", line)
    assert "Kowalska" not in shown


@pytest.mark.parametrize(
    "line",
    [
        "Supervised by the head of ML; supervised learning with SVM.",
        "Reported to VP Engineering and reports to Board.",
        "Mentored by senior data scientists; guided by Grad-CAM.",
        "Supervised Contrastive Learning, guided by Bayesian optimization.",
        "Used MS SharePoint, DR Testing and Professional Scrum.",
        "References available on request; manager of Kubernetes clusters.",
        "Reported to London twice a year.",
        "Dr. Statistics",
    ],
)
def test_ranks_methods_and_places_are_nobody(line: str) -> None:
    assert list(others_in(line)) == []


def test_all_forms_of_a_line_lead_to_one_another() -> None:
    assert {"bob", "rob", "bobby"} <= called("Robert")
    assert "robert" in called("Bob")
    assert called("Quillfeather") == frozenset()
