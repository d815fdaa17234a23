"""Nothing that identifies the candidate is shown, and what is cited is found again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.documents.reading import read_document
from evaluator.models.document import Document
from evaluator.models.shown import ShownText
from evaluator.redaction import KnownValues, known_values, redact_resume, redact_text
from evaluator.redaction.checking import Checker
from evaluator.structure.contact import Contact, contact, fold
from evaluator.structure.outline import outline

from .conftest import RESUMES


def shown(document: Document, *extra: str) -> tuple[ShownText, ...]:
    parts = outline(document)
    return redact_resume(document, parts, known_values(contact(document, parts), extra)).passages


def shown_text(text: str, *extra: str) -> str:
    return "\n".join(
        f"{s.heading} {s.text}" for s in shown(read_document(text.encode(), "a.txt"), *extra)
    )


HEAD = "Zora Quillfeather\nzora.q@mail.example | +49 89 5550 147 | Lindenstraße 12, 80331 München\ngithub.com/zquill\n\nEXPERIENCE\nEngineer, Alpha Works, 2019 - 2022\n"

LEAKS = [
    "Zora built the model.",
    "Z. Quillfeather built the model.",
    "ZORA QUILLFEATHER built it.",
    "Quillfeather, Z. and Osei built it.",
    "zora-quillfeather.example/blog",
    "Mail me: zora.q@mail.example",
    "Call +49 89 5550 147",
    "See github.com/zquill/tool and https://www.linkedin.com/in/zquill",
    "As @zquill on the forum",
    "Lives at Lindenstraße 12",
    "Zóra Quillfeather with an accent",
    "Date of birth: 03 March 1990",
    "Nationality: Utopian",
    "Studied at Quillfeather University of Testing",
    "Visit zquill.github.io",
]


@pytest.mark.parametrize("leak", LEAKS)
def test_identity_never_shows(leak: str) -> None:
    text = shown_text(f"{HEAD}- {leak} It was about models.\n").casefold()
    for secret in (
        "zora",
        "zóra",
        "quillfeather",
        "5550",
        "zquill",
        "lindenstra",
        "1990",
        "utopian",
        "@",
    ):
        assert secret not in text


TECHNICAL = (
    "Adam Ada Julia Kafka Jenkins Ray Dask Keras Flux Claude version 1.2.3.4 at 10.0.0.1:8080 python3.11 v2.0 "
    "scikit-learn MNIST ImageNet Spark Hadoop Airflow Argo Helm Istio 3,000 users 99.95 % 12 ms fp16 int8 A/B p99"
)


def test_technical_words_stay() -> None:
    assert TECHNICAL in shown_text(f"{HEAD}- Used {TECHNICAL}\n")


def test_a_name_that_is_a_technical_word_goes_only_as_a_whole() -> None:
    text = shown_text(
        "Ada Jenkins\n\nEXPERIENCE\nEngineer, Alpha, 2019 - 2022\n- Ada Jenkins ran Jenkins and wrote Ada code.\n"
    )
    assert "ran Jenkins and wrote Ada code" in text
    assert "Ada Jenkins" not in text


def test_schools_and_years_of_study_go_and_degrees_stay() -> None:
    text = shown_text(
        f"{HEAD}- Worked with the Technical University of Musterstadt on models.\n\nEDUCATION\n"
        "M.Sc. Computer Science, Technical University of Musterstadt, Musterstadt, 2011 - 2013\n"
        "Thesis on sequence models\n"
    )
    assert "Musterstadt" not in text
    assert "2013" not in text
    assert "Computer Science" in text
    assert "Thesis on sequence models" in text
    assert "2019" not in text  # code counts the years of jobs; a reader could guess an age


def test_personal_sections_are_withheld() -> None:
    text = shown_text(
        f"{HEAD}- Trained models for the shop.\n\nPERSONAL DETAILS\nMarried, two children\n\nHOBBIES\nChurch choir\n"
    )
    assert "arried" not in text
    assert "choir" not in text


def test_account_names_given_from_outside_go_too() -> None:
    assert (
        "fictional-bird"
        not in shown_text(f"{HEAD}- Known as Fictional Bird to many.\n", "fictional-bird").lower()
    )


@pytest.mark.parametrize("path", sorted(RESUMES.iterdir()), ids=lambda p: p.name)
def test_fixtures_show_no_identity(path: Path) -> None:
    document = read_document(path.read_bytes(), path.name)
    person = contact(document, outline(document))
    told = "\n".join(f"{s.heading} {s.text}" for s in shown(document))
    assert person.name
    for secret in (person.name, *person.emails, *person.phones, *person.links, "mail.example"):
        assert secret.casefold() not in told.casefold()


@pytest.mark.parametrize("path", sorted(RESUMES.iterdir()), ids=lambda p: p.name)
def test_shown_words_map_back_to_the_source(path: Path) -> None:
    document = read_document(path.read_bytes(), path.name)
    for passage in shown(document):
        for piece in passage.pieces:
            if piece.verbatim:
                start, end = passage.to_source(piece.shown_start, piece.shown_end)
                assert document.text[start:end] == passage.text[piece.shown_start : piece.shown_end]


@given(
    st.lists(
        st.sampled_from(
            [
                "built",
                "Zora",
                "a model",
                "x@y.example",
                "é\u0301",
                "测试",
                "🙂",
                "+49 89 5550 147",
                "\n",
            ]
        ),
        max_size=12,
    ),
    st.data(),
)
def test_spans_round_trip_around_redactions(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    known = KnownValues(strings=(("Zora", "[NAME]"),))
    redacted = redact_text(text, known, offset=7)
    if not redacted.text:
        return
    start = data.draw(st.integers(0, len(redacted.text) - 1))
    end = data.draw(st.integers(start + 1, len(redacted.text)))
    first, last = redacted.to_source(start, end)
    assert 7 <= first < last <= 7 + len(text)
    assert "Zora" not in redacted.text


@pytest.mark.parametrize(
    "leak",
    ["Zora wrote", "zoraquillfeather", "z.o.r.a q.u.i.l.l.f.e.a.t.h.e.r", "a (who@where.example)"],
)
def test_a_second_look_finds_what_masking_left(leak: str) -> None:
    checker = Checker(known_values(Contact(name="Zora Quillfeather")))
    assert checker.finds(f"It was {leak}, and so on")
    assert not checker.finds(
        "It was [NAME], mail [EMAIL]; recall@10 rose; Zoraster and feather stay"
    )


@pytest.mark.parametrize(
    "link",
    [
        "mailto:zora@mail.example?x=1",
        "tel:+49895550147",
        "https://zquill.github.io/a",
        "https://linkedin.com/in/zquill",
    ],
)
def test_known_values_of_links(link: str) -> None:
    values = dict(known_values(Contact(links=(link,))).strings)
    assert len(values) == 2


_LETTERS = st.text("abB é.-_, İß1", max_size=8)


@given(st.lists(_LETTERS.filter(lambda value: len(value.strip()) >= 3), max_size=4), st.lists(_LETTERS, max_size=6))  # fmt: skip
def test_a_value_is_found_wherever_one_pattern_of_all_values_finds_it(
    values: list[str], pieces: list[str]
) -> None:
    """What is looked for is narrowed first to what the text can hold; that must lose nothing."""
    known = KnownValues(strings=tuple((v, "[NAME]") for v in sorted(set(values), key=len)[::-1]))
    text = " ".join([*pieces, *values[:2]])
    spelled = [
        r"[\s\-_.,]*".join(re.escape(part) for part in re.split(r"[\s\-_.,]+", fold(v)) if part)
        for v, _ in known.strings
    ]
    choices = "|".join(f"(?:{one})" for one in spelled if one) or "(?!)"
    whole = re.compile(rf"(?<![^\W_])(?:{choices})(?![^\W_])")
    folded = [(letter, place) for place, character in enumerate(text) for letter in fold(character)]
    found = whole.finditer("".join(letter for letter, _ in folded))
    expected = [(folded[m.start()][1], folded[m.end() - 1][1] + 1) for m in found]
    assert [(start, end) for start, end, _ in known.spans(text)] == expected


YEARS_OF_JOBS = [
    "Apr '19 – Sept '21",
    "'98–'04",
    "04/19 - 09/21",
    "３/２０１９～現在",
    "平成31年4月～令和3年3月",
    "يناير ٢٠١٩ – مارس ٢٠٢١",
    "с апреля 2019 по март 2021",
    "20190401 - 20210331",
    "Apr '19 – Mar '21 and Apr '22 – now",
    "3Q20 – 1Q22",
]


@pytest.mark.parametrize("years", YEARS_OF_JOBS)
def test_years_of_jobs_and_studies_show_in_no_spelling(years: str) -> None:
    text = shown_text(
        f"EXPERIENCE\nEngineer, Alpha Works, {years}\n- Built a model of depots.\n\n"
        f"EDUCATION\nBSc Statistics, {years}\n"
    )
    assert "Built a model of depots" in text
    assert "Statistics" in text
    assert not any(character.isdecimal() for character in text)


def body(name: str, *lines: str, mail: str = "x1@mail.example") -> str:
    told = "\n".join(f"- {line}" for line in lines)
    return shown_text(
        f"{name}\n{mail}\n\nExperience\n\nEngineer, Northgate Payments, 01/2019 - 12/2023\n{told}\n"
    )


TOLD = (
    "{0} rebuilt the billing service and cut its latency by 30 % for 2 million users.",
    "Reports to the CTO; {0} led the team of four, and Mr. {0}'s design won.",
    "{0}, J. and Okonjo, B. wrote it up; Jo {0} presented it.",
)
SURNAMES = (
    "Vault Keras Bert Swift Spark Airflow Java Ray Helm Go May Page Kafka Jenkins Stone Young Li An Do Hadoop "
    "Flink Druid Presto Trino Nomad Consul Salt Chef Puppet Argo Flux Istio Envoy Linkerd Grafana Loki Tempo Thanos Sage Seldon "
    "Ludwig Julia Ruby Rust Scala Perl Pascal Ada Cooper Bash Lightning Snow Lake Stream Pipe Model Cloud Data Train Torch"
).split()


@pytest.mark.no_cover
def test_sixty_surnames_that_are_tools_or_words_change_no_byte() -> None:
    def asked(surname: str) -> str:
        told = (form.format(surname) for form in TOLD)
        return body(f"Jo {surname}", *told, mail=f"jo.{surname.lower()}@mail.example")

    assert len(set(SURNAMES)) == 60
    usual = asked("Carter")
    assert [name for name in SURNAMES if asked(name) != usual] == []


def test_tools_stay_beside_a_surname_that_is_one() -> None:
    text = body("Jo Kafka", "Kafka moved billing to events.", "Streams in Kafka, Spark and Go", "Ran Kafka on 12 nodes")  # fmt: skip
    assert "[NAME] moved billing" in text
    assert "Streams in Kafka, Spark and Go" in text
    assert "Ran Kafka on 12 nodes" in text


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("İlkay Işıkoğlu", "ILKAY ISIKOGLU built it"),
        ("Jürgen Großkreuz", "JUERGEN GROSSKREUZ, later Groskreuz' deputy" .replace("Groskreuz", "Großkreuz")),
        ("Nguyễn Văn Đức", "Duc Nguyen built it"),
        ("Pieter van den Eekhof", "Van den Eekhof and P. van den Eekhof built it"),
        ("Siobhán O'Drennan", "O’Drennan and ODrennan built it"),
        ("Anna-Lena Brückner-Thoma", "Thoma, then Lena, then Bruckner built it"),
        ("Bo Ng", "Bo built it with Ng"),
        ("王晓鹂", "王晓鹂负责; 晓鹂搭建; 王先生"),
        ("佐藤 健太郎", "佐藤が設計し健太郎さん主導"),
        ("김민수", "민수는 김민수의"),
        ("제갈다솜", "다솜이 제갈다솜의"),
        ("선우진", "우진이, 선우 님"),
        ("夏侯, 采薇", "采薇负责; 夏侯先生"),
        ("長谷川, 千尋", "千尋が設計; 長谷川氏"),
        ("采薇\n夏侯", "采薇负责; 夏侯先生"),
        ("Пётр Ветлугин", "Петра Ветлугина и Ветлугину"),
        ("محمد الراشداني", "محمد الراشداني"),
    ],
)  # fmt: skip
def test_names_go_in_every_spelling_and_inflection(name: str, line: str) -> None:
    text = body(name, f"Trained models; {line}")
    for part in re.findall(r"[^\W\d_]{2,}", f"{name} {line}"):
        if part.lower() not in {
            "built",
            "it",
            "with",
            "and",
            "then",
            "later",
            "deputy",
            "van",
            "den",
            "负责",
            "搭建",
        }:
            assert part not in text or part in "が設計し健太郎さん主導"


PRONOUNS = [("he", "his", "him"), ("she", "her", "her"), ("they", "their", "them"), ("ze", "hir", "hir"), ("xe", "xyr", "xem")]  # fmt: skip


@pytest.mark.parametrize("pronouns", PRONOUNS, ids=lambda p: p[0])
def test_every_set_of_pronouns_gives_the_same_bytes(pronouns: tuple[str, str, str]) -> None:
    they, their, them = pronouns
    said = "Led with {} team the move; {} also asked what the team, they designed it, gave {}."
    assert body("Jo Carter", said.format(their, they, them)) == body(
        "Jo Carter", said.format("their", "they", "them")
    )


@pytest.mark.parametrize(
    "line",
    [
        "ramped 10/50/100 % of traffic", "the team, they designed it", "detects faces in pictures", "HIV and cancer models for 3 hospitals",
        "visa processing at Visa", "gender bias audit of an age model", "disability claims, marriage records, church archives",
        "single, multi and batch modes", "Node.js, ASP.NET and Socket.io", "recall@10 and mAP@50, a @dataclass",
        "Facebook: ads ranking, Twitter: search", "ran HIM and the Sr. Network team", "taught Ms Excel at a College",
    ],
)  # fmt: skip
def test_words_of_the_trade_stay(line: str) -> None:
    assert f"Built it; {line} too" in body("Zora Quillfeather", f"Built it; {line} too")


@pytest.mark.parametrize(
    "line",
    [
        "My wife Keisha and I moved", "I am 41 and have ADHD", "needs visa sponsorship from 2025", "Wheelchair user", "transgender, queer",
        "deacon at Ebenezer Baptist Church", "H-1B visa holder", "Elternzeit 2011; schwerbehindert", "US citizen", "maternity leave",
        "Born in 1986", "father of three", "中共党员", "Religion: Lutheran", "US Army veteran",
    ],
)  # fmt: skip
def test_protected_statements_go(line: str) -> None:
    text = body("Zora Quillfeather", f"Built it; {line}")
    assert "[PERSONAL]" in text
    for word in ("Keisha", "41", "ADHD", "sponsor", "Wheel", "trans", "Baptist", "H-1B", "Elternzeit", "citizen", "maternity", "1986", "father", "党员", "Lutheran", "veteran"):  # fmt: skip
        assert word not in text


@pytest.mark.parametrize(
    "line",
    [
        "chapter president, Society of Women Engineers", "mentored at PyLadies and Black in AI", "Latinas in Tech meetup",
        "member of the National Society of Black Engineers (NSBE)", "ran the LGBTQ+ network", "Muslim Students Association, treasurer",
        "volunteer, Out in Tech", "Women in Machine Learning (WiML) paper", "Grace Hopper Celebration talk", "women's network lead",
        "Chinese Students Union", "the Hispanic Resource Group",
    ],
)  # fmt: skip
def test_groups_that_tell_whom_they_are_for_go(line: str) -> None:
    text = body("Zora Quillfeather", f"Built it; {line} on drift")
    assert "[PERSONAL]" in text
    for word in ("Women", "women", "Ladies", "Black", "Latina", "NSBE", "LGBTQ", "Muslim", "Out", "WiML", "Hopper", "Chinese", "Hispanic"):  # fmt: skip
        assert word not in text


@pytest.mark.parametrize(
    "line",
    [
        "forecasting network for Asian markets", "a Chinese network operator", "rolled out in tech previews, out in Cloud regions",
        "black in the ROC plot", "women's apparel recommender, girls' sizes", "union of sets, club of rules", "for the African Union",
        "an Indian languages group corpus", "network of Chinese restaurants", "association of genes", "society-scale models",
    ],
)  # fmt: skip
def test_groups_of_the_trade_stay(line: str) -> None:
    assert f"Built it; {line} too" in body("Zora Quillfeather", f"Built it; {line} too")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Edward Miller", "migrated JD Edwards to Airflow and J.D. Edwards EnterpriseOne"),
        ("Robert Hale", "fine-tuned RoBERTa and XLM-RoBERTa"),
        ("Ravi Panda", "cleaned it with Pandas and PANDAS"),
        ("Jordan Jenkin", "moved it to Jenkins"),
        ("Matthew Poe", "reached a Matthews correlation of 0.8"),
        ("Hasting Poe", "sampled by Metropolis-Hastings"),
        ("Davie Poe", "lowered the Davies-Bouldin index"),
        ("Phillip Poe", "ran a Phillips–Perron test"),
    ],
)
def test_tools_and_methods_that_are_nearly_called_so_stay(name: str, line: str) -> None:
    assert line in body(name, f"Built it, {line}")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Edward Miller", "Edwards team trained it"),
        ("Robert Hale", "Roberts pipeline and Roberta-free code"),
        ("John Edwards", "JD Edwards led it"),
        ("Matthew Poe", "Matthews design of it"),
    ],
)
def test_forms_of_a_name_still_go(name: str, line: str) -> None:
    text = body(name, f"Built it, {line}")
    assert not [word for word in ("Edwards", "Roberts ", "Matthews") if word in text]


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        ("played in the women's football team", "women"), ("captain of the ladies' Gaelic football team", "ladies"), ("men's rowing team captain", "men's"), ("Pride at Work lead", "Pride"),
        ("sang in St. Mary's Church choir", "Mary"), ("at Redeemed Christian Church of God", "Redeemed"), ("volunteer at the local mosque", "mosque"),
        ("Sikh gurdwara volunteer", "Sikh"), ("taught Sunday school", "Sunday"), ("led Bible study", "Bible"), ("president of the Hindu Temple youth group", "Hindu"),
        ("Delta Sigma Theta Sorority, Inc.", "Sigma"), ("Kappa Alpha Psi member", "Kappa"), ("president of my fraternity", "fraternity"),
        ("LDS missionary in Peru", "LDS"), ("Eagle Scout", "Scout"), ("Girl Scouts leader", "Girl"), ("Sängerin im Kirchenchor", "chor"), ("membro da Igreja Universal", "Igreja"),
    ],
)  # fmt: skip
def test_churches_teams_and_houses_that_tell_faith_or_sex_go(line: str, gone: str) -> None:
    text = body("Zora Quillfeather", f"Built a ranker in Django; {line}; cut its latency by 30 %")
    assert gone not in text
    assert "[PERSONAL]" in text
    assert "Built a ranker in Django; " in text
    assert "; cut its latency by 30 %" in text


@pytest.mark.parametrize(
    "line",
    [
        "church archives, Church encoding, Falls Church and Chapel Hill offices", "forecasts of women's football, a men's shoe recommender", "temple records of a museum",
        "team captain data for a basketball tracker", "Alpha, Beta and Delta releases, Sigma rules, alpha beta pruning", "a Phi Beta Kappa key", "mission control and mission critical jobs",
        "Scout APM, Docker Scout", "boy and girl labels", "Born in the cloud", "chapter lead of data", "a community fellowship in open source", "catechol levels", "prayer times app",
    ],
)  # fmt: skip
def test_churches_teams_and_letters_of_the_trade_stay(line: str) -> None:
    assert f"Built it; {line} too" in body("Zora Quillfeather", f"Built it; {line} too")


STUDIES = [
    ("MSc Marine Biology, Tarnwick University, 2014", "MSc Marine Biology", "Tarnwick 2014"),
    ("B.Tech in Ceramic Technology, Ostley Institute, Pune, CGPA 8.4", "B.Tech Ceramic Technology", "Ostley Pune 8.4"),
    ("Tarnwick University, MSc Applied Enology, 2016", "MSc Applied Enology", "Tarnwick 2016"),
    ("BS Computer Science, Penn State, June 2009", "BS Computer Science", "Penn State 2009"),
    ("BSc (Hons) Forensic Science, Ostley College, First Class", "BSc Forensic Science", "Ostley First"),
    ("Ph.D., Slavic Studies, Harvard University, Cambridge, MA", "Ph.D. Slavic Studies", "Harvard Cambridge"),
    ("Associate of Applied Science: Dental Hygiene, Ostley College, 2011", "Associate of Applied Science Dental Hygiene", "Ostley 2011"),
    ("Bachelor of Science: Dental Hygiene, Ostley College - Norrvik", "Bachelor of Science: Dental Hygiene", "Ostley"),
    ("Associate of Science, Welding, Ostley College", "Associate of Science Welding", "Ostley"),
    ("Bachelor of Arts, Ostley College, Leeds, 2012", "Bachelor of Arts", "Ostley Leeds 2012"),
    ("Associate's degree in Surveying from Ostley College", "Associate's degree Surveying", "Ostley"),
    ("MSc Viticulture, Ostley University", "MSc Viticulture", "Ostley"),
    ("Degree in Veterinary Nursing from Ostley College, 2011", "Degree Veterinary Nursing", "Ostley 2011"),
    ("Engenharia de Computação, USP, 2015", "Engenharia Computação", "USP 2015"),
    ("Бакалавр, Прикладная математика, МФТИ, 2012", "Бакалавр Прикладная математика", "МФТИ 2012"),
    ("计算机科学与技术 本科，清华大学，2011", "计算机科学与技术 本科", "清华 2011"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "stays", "goes"), STUDIES, ids=lambda value: value[:24])
def test_degree_and_subject_stay_and_school_year_and_grade_go(
    line: str, stays: str, goes: str
) -> None:
    text = shown_text(f"{HEAD}- Built the thing.\n\nEDUCATION\n{line}\n")
    assert all(word in text for word in stays.split())
    assert not any(word in text for word in goes.split())


def test_without_a_name_the_header_is_withheld() -> None:
    text = "Information Retrieval\nzo@mail.example\nZora Quillfeather, an engineer of ranking models for more than ten years, works on search and ads\n\nEXPERIENCE\nEngineer, Alpha, 2019 - 2022\n- Improved information retrieval.\n"  # fmt: skip
    told = shown_text(text.replace("Zora Quillfeather", "Cj Qx"))
    assert "Qx" not in told
    assert "Improved information retrieval" in told


def test_what_is_nothing_but_identity_is_no_passage() -> None:
    told = "EDUCATION\nBSc Physics\nTarnwick University\n\nZora Quillfeather\n"
    texts = [s.text for s in shown(read_document(f"{HEAD}- Built it.\n\n{told}".encode(), "a.txt"))]
    assert texts == ["Built it.", "BSc Physics"]
