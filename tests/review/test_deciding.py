"""What people decide is kept in order, computed again at once, seen by others only after their own word, and never lost unseen."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluator import Axis, CandidateReport, Dimension, StorageError, Track, UsageError
from evaluator.audit.purging import purge
from evaluator.audit.recomputing import verdict_of
from evaluator.batch.chained_store import DECISIONS, ChainedStore
from evaluator.batch.store import RunStore
from evaluator.cli import cli
from evaluator.cli import run as command
from evaluator.review.decision_book import DecisionBook
from evaluator.review.decision_entries import Choice, Decided, Objection
from evaluator.rubric import load_rubric

from ..batch.test_runner import rows
from .conftest import LOST, NAMES

OWEN, JONAS, LUCIA = NAMES


def _report(run: Path, name: str) -> CandidateReport:
    (row,) = [row for row in rows(run) if Path(row["source"]).name == name]
    return CandidateReport.model_validate_json((run / "reports" / f"{row['id']}.json").read_text())


def _invoke(*arguments: str | Path) -> str:
    done = CliRunner().invoke(cli, list(map(str, arguments)))
    assert done.exception is None or done.exit_code != 1, done.output
    return done.output


def _change(run: Path, script: str) -> None:
    with closing(sqlite3.connect(run / "run.sqlite")) as db:
        db.executescript(script)


def test_what_is_struck_counts_no_more_and_both_verdicts_are_told(
    book: DecisionBook, made: Path
) -> None:
    report = _report(made, OWEN)
    verdicts = {
        item: verdict_of(report, tuple(i for i in report.evidence if i != item), load_rubric())
        for item in report.evidence
    }
    first, expected = next((i, v) for i, v in verdicts.items() if v.scores[Axis.OPS] < report.axes.ops.score)  # fmt: skip
    done = book.object(OWEN, first.id, Objection.STRUCK, by="Ana", reason="another team's work")
    assert done.reviewed
    assert done.reviewed.reviewed.scores == expected.scores
    assert done.reviewed.reviewed.levels == expected.levels
    assert done.reviewed.machine.scores != expected.scores
    assert done.reviewed.machine.track is report.track
    assert done.reviewed.is_changed
    assert [p.quote for p in done.reviewed.struck] == [first.quote]
    again = book.object(OWEN, first.id, Objection.RESTORED, by="Ana", reason="it was hers")
    assert again.reviewed
    assert again.reviewed.reviewed == again.reviewed.machine
    assert not again.reviewed.is_changed


def test_what_is_disputed_still_counts_and_is_told_apart(book: DecisionBook) -> None:
    done = book.object(OWEN, "e1", Objection.DISPUTED, by="Ana", reason="no figures").reviewed
    struck = book.object(OWEN, "e1", Objection.STRUCK, by="Ana", reason="no figures").reviewed
    assert done
    assert struck
    assert done.reviewed == done.machine
    assert done.without_disputed == struck.reviewed
    assert struck.without_disputed is None


def test_another_track_stands_over_what_the_evidence_says(book: DecisionBook) -> None:
    done = book.override(OWEN, Track.DUAL, by="Ana", reason="saw the models")
    assert done.reviewed
    assert done.reviewed.reviewed.track is Track.DUAL
    assert done.reviewed.machine.track is Track.OPS
    assert done.reviewed.reviewed.scores == done.reviewed.machine.scores
    back = book.override(OWEN, None, by="Ana", reason="was wrong")
    assert back.reviewed
    assert back.reviewed.track is None
    assert back.reviewed.reviewed.track is Track.OPS


def test_a_decision_keeps_what_was_known_when_it_was_made(book: DecisionBook, made: Path) -> None:
    book.object(OWEN, "e1", Objection.STRUCK, by="Ana", reason="not shown")
    book.decide(OWEN, Choice.MAYBE, by=" Ana  Ruiz ", reason="later", note="asks for a visa")
    said = book.history()[-1].said
    assert isinstance(said, Decided)
    assert (said.by, said.choice, said.note) == ("Ana Ruiz", Choice.MAYBE, "asks for a visa")
    assert said.machine
    assert said.machine.track is _report(made, OWEN).track
    assert said.reviewed == said.machine, "what others said is not seen before the first decision"
    assert said.report


def test_a_second_reviewer_sees_the_first_only_after_deciding(book: DecisionBook) -> None:
    book.object(OWEN, "e1", Objection.STRUCK, by="Ana", reason="not shown")
    book.decide(OWEN, Choice.NO, by="Ana", reason="too little")
    assert book.history(seen="Ben") == []
    assert book.reviewed(OWEN, seen="Ben").struck == ()
    assert len(book.reviewed(OWEN, seen="Ana").struck) == 1
    book.decide(JONAS, Choice.NO, by="Ben", reason="too little")
    assert [n.said.by for n in book.history(seen="Ben")] == ["Ben"]
    book.decide(OWEN, Choice.YES, by="Ben")
    assert [n.said.by for n in book.history(seen="Ben")] == ["Ana", "Ana", "Ben", "Ben"]
    assert len(book.reviewed(OWEN, seen="Ben").struck) == 1


@pytest.mark.parametrize(
    ("name", "choice", "by", "reason", "told"),
    [
        (OWEN, Choice.NO, "Ana", " ", "“no” needs a reason"),
        (OWEN, Choice.YES, " ", "", "by: String should have at least 1 character"),
        ("nobody", Choice.YES, "Ana", "", "No candidate of this run matches “nobody”"),
        ("", Choice.YES, "Ana", "", "No candidate of this run matches “”"),
    ],
)
def test_what_is_no_decision_is_refused_and_leaves_no_entry(
    book: DecisionBook, name: str, choice: Choice, by: str, reason: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        book.decide(name, choice, by=by, reason=reason)
    assert book.history() == []


def test_a_document_that_nobody_could_read_is_decided_about_and_has_no_evidence(
    book: DecisionBook,
) -> None:
    done = book.decide(LOST, Choice.NO, by="Ana", reason="asked twice for another file")
    assert done.reviewed is None
    with pytest.raises(UsageError, match="has no report: damaged"):
        book.object(LOST, "e1", Objection.STRUCK, by="Ana", reason="none there")
    with pytest.raises(UsageError, match="has no evidence “e99”"):
        book.object(OWEN, "e99", Objection.STRUCK, by="Ana", reason="none there")


def test_another_rubric_computes_nothing_again(made: Path, store: ChainedStore) -> None:
    other = load_rubric().model_copy(update={"version": "9.9"})
    book = DecisionBook(made, store, other)
    assert book.decide(OWEN, Choice.YES, by="Ana").reviewed
    with pytest.raises(UsageError, match="was judged by the rubric"):
        book.object(OWEN, "e1", Objection.STRUCK, by="Ana", reason="not shown")


def test_an_objection_whose_words_are_gone_is_told(book: DecisionBook, store: ChainedStore) -> None:
    book.object(OWEN, "e1", Objection.STRUCK, by="Ana", reason="not shown")
    (item,) = [i for i in store.items() if Path(i.source).name == OWEN]
    kept = store.kept(item.key)
    assert kept
    report = CandidateReport.model_validate_json(kept.report)
    fewer = report.model_copy(update={"evidence": report.evidence[1:]})
    store.replace([(item, kept.model_copy(update={"report": fewer.to_json()}))])
    found = book.reviewed(OWEN)
    assert [p.quote for p in found.lost] == [report.evidence[0].quote]
    assert found.struck == ()


CHANGES = [
    "update entry set body = replace(body, '\"yes\"', '\"no\"')",
    "delete from entry where number = 2",
    "delete from entry where chain = 'decisions' and number = 4",
    "delete from entry",
    "update entry set number = 9 where number = 1;"
    " update entry set number = 1 where number = 2; update entry set number = 2 where number = 9",
    "update entry set body = null, salt = null, about = null where number = 2",
]


@pytest.mark.parametrize("change", CHANGES)
def test_every_entry_that_is_changed_taken_out_or_moved_is_found(made: Path, change: str) -> None:
    for name in (OWEN, JONAS):
        _invoke("decide", made, name, "yes", "--by", "Ana")
        _invoke("decide", made, name, "no", "--by", "Ben", "--reason", "too few years")
    assert command(["decisions", str(made), "--verify"]) == 0
    _change(made, change)
    assert command(["decisions", str(made), "--verify"]) == 1


def test_a_hash_that_was_kept_finds_a_chain_that_was_written_anew(made: Path) -> None:
    _invoke("decide", made, OWEN, "yes", "--by", "Ana")
    found = json.loads(_invoke("decisions", made, "--verify", "--format", "json"))
    assert (found["entries"], found["faults"]) == (1, [])
    assert command(["decisions", str(made), "--verify", "--kept", found["head"]]) == 0
    assert command(["decisions", str(made), "--verify", "--kept", "0" * 64]) == 1


def test_decisions_stand_in_the_tables_and_formulas_do_not_run(made: Path) -> None:
    _invoke("decide", made, OWEN, "yes", "--by", "Ana", "--note", "=1+1")
    _invoke("decide", made, JONAS, "yes", "--by", "Ana")
    _invoke("decide", made, JONAS, "no", "--by", "Ben", "--reason", "too few years")
    _invoke("decide", made, OWEN, "--by", "Ana", "--dispute", "e1", "--track", "ml", "--reason", "saw it")  # fmt: skip
    table = {Path(row["source"]).name: row["decision"] for row in rows(made)}
    assert table == {OWEN: "yes", JONAS: "split", LUCIA: "", LOST: ""}
    with (made / "decisions.csv").open(encoding="utf-8", newline="") as stream:
        told = list(csv.DictReader(stream))
    assert [row["what"] for row in told] == ["decided"] * 3 + ["objected", "overridden"]
    assert told[0]["note"] == "'=1+1"
    assert told[3]["quote"] == _report(made, OWEN).evidence[0].quote
    assert (told[4]["track"], told[0]["machine_track"]) == ("ml", "ops")
    before = (made / "decisions.csv").read_bytes()
    assert command(["report", str(made)]) == 0
    assert (made / "decisions.csv").read_bytes() == before


def test_a_purge_takes_the_words_and_leaves_a_chain_that_is_whole(made: Path) -> None:
    words = "spoke with a cousin of hers"
    _invoke("decide", made, OWEN, "no", "--by", "Ana", "--reason", words)
    _invoke("decide", made, JONAS, "yes", "--by", "Ana")
    _invoke("decide", made, OWEN, "--by", "Ana", "--strike", "e1", "--reason", words)
    _invoke("decisions", made, "-o", made.parent / "told.txt")
    id_ = _report(made, OWEN).id
    purge(made, [OWEN], replies=made / "no.sqlite", snapshots=made / "none")
    for path in (p for p in made.parent.rglob("*") if p.is_file()):
        assert words.encode() not in path.read_bytes(), path
    assert not (made.parent / "told.txt").exists()
    with ChainedStore(made) as store:
        book = DecisionBook(made, store, load_rubric())
        found = book.verify()
        assert (found.faults, found.entries) == ((), 4)
        assert [n.number for n in book.history()] == [2]
        assert store.entries(DECISIONS, about=id_) == []
    assert id_ not in (made / "decisions.csv").read_text()


def test_the_command_lists_what_was_said_and_how_far_reviewers_agree(made: Path) -> None:
    assert "No decisions have been made" in _invoke("decisions", made)
    _invoke("decide", made, OWEN, "yes", "--by", "Ana")
    _invoke("decide", made, OWEN, "no", "--by", "Ben", "--reason", "too few years")
    struck = _invoke("decide", made, OWEN, "--by", "Ben", "--strike", "e1", "--reason", "not shown")
    assert "machine ops" in struck
    assert "struck e1 (delivery)" in struck
    told = _invoke("decisions", made)
    assert "Ana and Ben: 0 of 1 the same, kappa 0.00" in told
    assert _invoke("decisions", made, "--as", "Cleo") == _invoke("decisions", made, "--as", "Dora")
    found = json.loads(_invoke("decisions", made, "--format", "json"))
    assert [one["said"]["kind"] for one in found["decisions"]] == ["decided"] * 2 + ["objected"]
    assert command(["decide", str(made), OWEN, "--by", "Ana"]) == 2
    assert command(["decide", str(made.parent), OWEN, "yes", "--by", "Ana"]) == 2


def test_tables_of_a_large_run_are_left_to_the_report(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evaluator.cli.deciding.MANY", 1)
    done = CliRunner().invoke(cli, ["decide", str(made), OWEN, "yes", "--by", "Ana"])
    assert "“evaluator report” writes the decision into the tables" in done.stderr
    assert not (made / "decisions.csv").exists()
    assert command(["report", str(made)]) == 0
    assert (made / "decisions.csv").is_file()


def test_an_entry_of_another_hand_stops_the_list_and_not_the_check(made: Path) -> None:
    _invoke("decide", made, OWEN, "yes", "--by", "Ana")
    _change(made, "update entry set body = replace(body, '\"yes\"', '\"sure\"')")
    with ChainedStore(made) as store, pytest.raises(StorageError, match="did not write"):
        DecisionBook(made, store, load_rubric()).history()
    assert command(["decisions", str(made), "--verify"]) == 1


def test_runs_made_before_decisions_were_kept_take_them(made: Path) -> None:
    _change(made, "drop table entry; drop table text_index; pragma user_version = 4")
    _invoke("decide", made, OWEN, "yes", "--by", "Ana")
    with RunStore(made) as store:
        assert len(store.entries(DECISIONS)) == 1


def test_every_dimension_has_its_level_in_both_verdicts(book: DecisionBook) -> None:
    found = book.reviewed(LUCIA)
    assert set(found.machine.levels) == set(found.reviewed.levels) == set(Dimension)
