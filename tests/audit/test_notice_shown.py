"""Quotes of a notice can be read: whole sentences, one line of a list, and words that name what they are told for."""

from __future__ import annotations

import pytest

from evaluator import CandidateReport
from evaluator.audit.notice import notice_of, words_of
from evaluator.audit.notice_lines import unquoted_lines
from evaluator.audit.notice_said import Said
from evaluator.audit.notice_shown import as_shown
from evaluator.models.document import FlagKind, Location
from evaluator.models.evidence import Evidence
from evaluator.models.portfolio import PortfolioStatus
from evaluator.models.vocabulary import Agency, Context, Dimension, Identity, Outcome
from evaluator.report.model import ReportAccount, ReportSection
from evaluator.rubric import load_rubric
from evaluator.structure.sections import Section

from .test_notice import part_of, passages_of
from .test_verifying import made


def _of(
    text: str, quote: str, context: Context = Context.WORK, **changes: object
) -> CandidateReport:
    """A report of one quote of a text that is a job as a whole."""
    report, _ = made("wei-zhang.md")
    item = next(i for i in report.evidence if i.context is Context.WORK)
    start = text.index(quote)
    place = Location(line=text.count("\n", 0, start) + 1, start=start, end=start + len(quote))
    update = {
        "quote": quote, "location": place, "context": context, "result_quote": None,
        "result_location": None, "lowered": (), **changes,
    }  # fmt: skip
    job = ReportSection(kind=Section.EMPLOYMENT, start=0, end=len(text))
    return report.model_copy(
        update={
            "evidence": (item.model_copy(update=update),),
            "sections": (job,),
            "flags": (),
            "dropped": report.dropped.model_copy(update={"items": ()}),
        }
    )


def _named(dimension: Dimension) -> dict[str, object]:
    return {"agency": Agency.EXPOSED, "outcome": Outcome.NONE, "dimension": dimension}


def _shown(report: CandidateReport, text: str | None) -> list[Evidence]:
    return list(as_shown(report, text).evidence)


@pytest.mark.parametrize(
    ("text", "quote", "shown"),
    [
        ("I ran it. Claims: a classifier (TF-IDF; tried BERT).", "a classifier (TF-IDF", "Claims: a classifier (TF-IDF; tried BERT)."),
        ("- Waits fell to 11 min; the bill is down 38 %", "the bill is down 38 %", "Waits fell to 11 min; the bill is down 38 %"),
        ("Built the whole platform for nine teams, which\nall release by themselves. It is quick.", "all release by themselves", "Built the whole platform for nine teams, which\nall release by themselves."),
        ("Le délai était de onze semaines\u00a0; neuf jours.", "Le délai était de onze semaines", "Le délai était de onze semaines\u00a0; neuf jours."),
        ("Helped with the model of a shop\ncleaned the data and made all the plots of the slides for the board of the shop", "cleaned the data", "cleaned the data and made all the plots of the slides for the board of the shop"),
        ("A long head of the page that is as wide as it can be\n\nIt broke, then limits\nper service\nand more. Fine.", "per service\nand more", "It broke, then limits\nper service\nand more."),
        ("It is whole. So is this. And that.", "So is this.", "So is this."),
        (f"{'very ' * 60}long, and cut", "long, and", "long, and"),
    ],
)  # fmt: skip
def test_a_quote_that_is_cut_is_shown_as_its_whole_sentence_where_that_is_short(
    text: str, quote: str, shown: str
) -> None:
    (item,) = _shown(_of(text, quote), text)
    assert item.quote == shown
    start, end = item.location.start, item.location.end
    assert text[start:end] == shown
    assert item.location.line == text.count("\n", 0, start) + 1


@pytest.mark.parametrize(
    ("quote", "dimension", "is_shown"),
    [
        ("with the compliance team.", Dimension.REPRODUCIBILITY, False),
        ("anything with Docker", Dimension.INFRASTRUCTURE, True),
        ("140 models on the request path.", Dimension.DELIVERY, False),
        ("CI/CD", Dimension.DELIVERY, True),
        ("94 VMs", Dimension.INFRASTRUCTURE, False),
        ("Alarm review: from 900 a day to 150.", Dimension.MONITORING, True),
    ],
)
def test_words_that_name_no_task_are_left_among_what_was_not_found(
    quote: str, dimension: Dimension, is_shown: bool
) -> None:
    report = _of(quote, quote, Context.LISTED, **_named(dimension))
    assert bool(_shown(report, None)) == is_shown
    notice = notice_of(report, load_rubric(), language="en", text=quote)
    named = words_of("en").dimensions[dimension]
    missing = " ".join(part_of(notice, words_of("en").missing).lines)
    assert (named in missing) == (not is_shown)
    assert bool(unquoted_lines(as_shown(report, quote), quote)) == (not is_shown)


def test_two_lines_of_a_list_are_not_joined() -> None:
    text = "Linux I run a small server with Grafana at home.\nSQL A module of a university."
    report = _of(text, text, Context.LISTED, **_named(Dimension.MONITORING))
    (item,) = _shown(report, None)
    assert item.quote == "Linux I run a small server with Grafana at home."
    assert item.location.line == 1


def test_a_name_loses_the_bracket_that_its_list_closes_or_opens() -> None:
    text = "Python (pandas, Grafana), Grafana (Loki, Tempo)"
    for quote in ("Grafana)", "Grafana (Loki"):
        report = _of(text, quote, Context.LISTED, **_named(Dimension.MONITORING))
        (item,) = _shown(report, text)
        assert item.quote == "Grafana"


@pytest.mark.parametrize(
    ("words", "is_change"),
    [
        ("80 ms, before 600", True),
        ("incidents: de 25 à 6 par mois", True),
        ("Deployments pro Woche von 6 auf ca. 45", True),
        ("Facture contenue à 4 200 € (elle partait vers 9 000 €)", True),
        ("AUC 0,74", True),
        ("It is 11 percent better.", True),
        ("ビルド時間を40分から8分に短縮", True),
        ("发布时间从两小时缩短到 9 分钟", True),
        ("shadow, 1%, 10%, 100%, automatic rollback", False),
        ("eligibility API: 99.95%", False),
        ("OpenShift (4.12 → 4.16), 900 pods", False),
        ("used by 9 teams and 60 data scientists", False),
        ("costs fell a lot", False),
    ],
)
def test_a_change_in_numbers_is_told_from_a_size_a_setting_and_a_version(
    words: str, is_change: bool
) -> None:
    report, _ = made("wei-zhang.md")
    assert Said(report).tells_change(words) == is_change


@pytest.mark.parametrize(
    ("quote", "outcome", "told"),
    [
        ("Built the alerts: 80 ms, before 600", Outcome.NONE, "result_numbers"),
        ("Built the alerts: 80 ms, before 600", Outcome.STATED, "in_numbers"),
        ("Built the targets of the API: 99.95%", Outcome.QUANTIFIED, "result_size"),
        ("Built the alerts", Outcome.NONE, "result_later"),
    ],
)
def test_numbers_are_told_as_what_they_are(quote: str, outcome: Outcome, told: str) -> None:
    words = words_of("en")
    text = f"{quote}\nFaults: from 25 to 6 a month\n"
    report = _of(text, quote, agency=Agency.OWNED, outcome=outcome)
    notice = notice_of(report, load_rubric(), language="en", text=text)
    (passage,) = passages_of(part_of(notice, words.counted))
    form = words.outcomes[3] if told == "in_numbers" else getattr(words, told)
    assert form.format(line=2) in passage.notes[-1]
    steps = part_of(notice, words.correct).steps
    assert ("line 2" in steps[0]) == (told == "result_later")


@pytest.mark.parametrize(
    ("status", "identity", "reason", "told", "step"),
    [
        ("unknown", "unknown", "rate limited", "code_unknown", "step_code_again"),
        ("unknown", "unknown", "offline, and there is no snapshot of the account", "code_off", "step_code_again"),
        ("unknown", "unknown", "there is no such user account (it may be renamed, or an organisation)", "code_missing", "step_code_missing"),
        ("ok", "weak", None, "code_unconfirmed", "step_code_name"),
        ("conflict", "conflict", None, "code_other", "step_code_yours"),
    ],
)  # fmt: skip
def test_why_public_code_did_not_count_is_told_and_what_can_be_done_is_a_step(
    status: str, identity: str, reason: str | None, told: str, step: str
) -> None:
    report, _ = made("jonas-beck.md")
    words = words_of("en")
    account = ReportAccount(login="fictional-x", identity=Identity(identity), reason="so")
    code, _ = made("sakura-endo.pdf")
    changed = report.model_copy(
        update={
            "candidate": report.candidate.model_copy(update={"github": account}),
            "portfolio": report.portfolio.model_copy(
                update={"status": PortfolioStatus(status), "reason": reason}
            ),
            "flags": tuple(f for f in code.flags if f.kind is FlagKind.IDENTITY),
        }
    )
    notice = notice_of(changed, load_rubric(), language="en")
    read = part_of(notice, words.sources).lines
    assert getattr(words, told).format(login="fictional-x") in read
    part = part_of(notice, words.correct)
    assert getattr(words, step).format(login="fictional-x") in part.steps
    assert part.lines == (words.step_nothing,)


def test_hidden_text_and_lines_that_may_tell_of_models_are_steps() -> None:
    words = words_of("en")
    for name, told in (
        ("dolores-quint.pdf", words.step_hidden),
        ("mathieu-roussel.pdf", words.step_models.format(lines="line 6–7, line 11")),
    ):
        report, document = made(name)
        notice = notice_of(report, load_rubric(), language="en", text=document.text)
        assert told in part_of(notice, words.correct).steps


def test_more_lines_than_are_named_are_named_as_examples() -> None:
    words = words_of("en")
    text = "\n".join(f"Built alerts of shop {number}" for number in range(9))
    reports = [_of(text, line, agency=Agency.OWNED, outcome=Outcome.NONE) for line in text.split("\n")]  # fmt: skip
    items = tuple(item for report in reports for item in report.evidence)
    report = reports[0].model_copy(update={"evidence": items})
    (first, *_) = part_of(notice_of(report, load_rubric(), language="en"), words.correct).steps
    assert first == words.step_lines_some.format(lines="line 1, line 2, line 3, line 4, line 5")
