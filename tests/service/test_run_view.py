"""A run seen by an opening and by a reviewer: lists, filters, candidates, comparisons and tables follow."""

from __future__ import annotations

import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from evaluator.audit.purging import purge
from evaluator.batch.store import RunStore, report_of
from evaluator.errors import UsageError
from evaluator.models.vocabulary import Dimension
from evaluator.review.decision_entries import Objection
from evaluator.roles.model import Importance, Kind, Requirement, RoleProfile
from evaluator.rubric import load_rubric
from evaluator.service.configuration import ServiceSettings
from evaluator.service.openings import Openings, shipped
from evaluator.service.reviewed_candidates import visible
from evaluator.service.run_cache import role_read_for
from evaluator.service.runs import Run
from evaluator.service.saved import save_view, saved_views
from evaluator.service.visible_decisions import book_in, told_of

from ..servers.service import csrf_of, served, visitor
from .test_candidates import INES, LIST, ids, names
from .test_decision_forms import review, say

ROLE = RoleProfile(
    name="gpu-platform",
    title="GPU platform",
    requirements=(
        Requirement(id="r1", text="Kubernetes", kind=Kind.TOOL, names=("Kubernetes",)),
        Requirement(id="r2", text="COBOL", kind=Kind.TOOL, names=("COBOL",)),
        Requirement(id="r3", text="Owns delivery", kind=Kind.DIMENSION, dimension=Dimension.DELIVERY, level=3),
        Requirement(id="r4", text="German", need=Importance.NICE, kind=Kind.LANGUAGE, names=("German",)),
        Requirement(id="r5", text="In Ghent", kind=Kind.PLACE),
    ),
)  # fmt: skip
BY = "opening=gpu-platform"


@pytest.fixture(scope="module")
def target(runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceSettings]:
    copy = tmp_path_factory.mktemp("seeing") / "runs"
    shutil.copytree(runs, copy)
    Openings(copy).add(ROLE)
    with served(copy) as settings:
        yield settings


@pytest.fixture
def client(target: ServiceSettings) -> Iterator[httpx.Client]:
    with visitor(target) as found:
        yield found


def row_of(page: str, name: str) -> str:
    """A row of the list, without its tags."""
    (row,) = [r for r in page.split("data-item>")[1:] if f"data-open>{name}<" in r]
    return " ".join(re.sub(r"<[^>]+>", " ", row.split("</li>", 1)[0]).split())


def test_the_opening_of_the_address_is_what_everybody_is_measured_by(
    client: httpx.Client, target: ServiceSettings
) -> None:
    before = (target.runs / "autumn" / "run.sqlite").read_bytes()
    page = client.get(f"{LIST}?{BY}").text
    assert "no resume was read again" in page
    assert re.search(
        r"Fit \d+ (\d unclear )?musts [012] of 3, nice [01] of 1", row_of(page, "Wei Zhang")
    )
    fits = [int(re.search(r"Fit (\d+)", row_of(page, name))[1]) for name in names(page)]  # type: ignore[index]
    assert fits == sorted(fits, reverse=True)
    wei = ids(page)["Wei Zhang"]
    assert f"/candidates/{wei}?{BY}" in page
    shown = client.get(f"{LIST}/candidates/{wei}?{BY}").text
    assert "fit</a> for GPU platform" in shown
    assert "COBOL" in shown
    assert f'href="{LIST}/candidates/{wei}/guide?{BY}"' in shown
    guide = client.get(f"{LIST}/candidates/{wei}/guide?{BY}").text
    assert "Interview: Wei Zhang, for GPU platform" in guide
    assert "COBOL" in guide
    compared = client.get(f"{LIST}/compare?{BY}", params={"id": list(ids(page).values())[:2], "opening": "gpu-platform"}).text  # fmt: skip
    assert "fit</a> for GPU platform" in compared
    assert f'?{BY}"' in compared
    assert (target.runs / "autumn" / "run.sqlite").read_bytes() == before


def test_who_meets_a_requirement_is_filtered_by_its_verdict(client: httpx.Client) -> None:
    everybody = set(names(client.get(LIST).text))
    by = {
        how: set(names(client.get(f"{LIST}?{BY}&met=r1&how={how}").text))
        for how in ("found", "partly", "unclear", "missing")
    }
    assert sum(map(len, by.values())) == len(everybody)
    assert set.union(*by.values()) == everybody
    assert set(names(client.get(f"{LIST}?{BY}&met=r1").text)) == by["found"] | by["partly"]
    assert names(client.get(f"{LIST}?{BY}&met=r2").text) == []
    kept = client.get(f"{LIST}?{BY}&met=&how=unclear")
    assert str(kept.url).endswith(f"{LIST}?{BY}")


def test_an_opening_that_is_gone_is_told_and_one_by_which_it_was_read_changes_nothing(
    client: httpx.Client,
) -> None:
    page = client.get(f"{LIST}?opening=filled").text
    assert "This opening no longer exists" in page
    assert names(page) == names(client.get(LIST).text)
    same = client.get(f"{LIST}?opening=dual").text
    assert names(same) == names(page)
    assert row_of(same, INES) == row_of(page, INES)
    wei = ids(page)["Wei Zhang"]
    assert "fit</a> for full-stack ML engineer" in client.get(f"{LIST}/candidates/{wei}?opening=dual").text  # fmt: skip


def test_what_was_not_asked_is_said_so(runs: Path, tmp_path: Path) -> None:
    shutil.copytree(runs, tmp_path / "runs")
    openings = Openings(tmp_path / "runs")
    opening = openings.add(ROLE)
    with RunStore(tmp_path / "runs" / "autumn") as store:
        item = next(i for i in store.items() if i.state == "done")
        kept = store.kept(item.key)
        assert kept is not None
        report, row = report_of(kept.report), report_of(kept.row or "")
        assert report is not None
        assert row is not None
        by = {"provenance": report.provenance.model_copy(update={"reader": "model", "model": "m"})}
        update = {"report": report.model_copy(update=by).to_json(), "row": row.model_copy(update=by).to_json()}  # fmt: skip
        store.finish(item, kept.model_copy(update=update))
    with served(tmp_path / "runs") as settings, visitor(settings) as client:
        page = client.get(f"{LIST}?{BY}").text
        assert (
            "The model was not asked about its requirements when 1 of these resumes was read"
            in page
        )
        assert "Read again for this opening" not in page  # nothing of it was uploaded
        told = "The model was not asked about its requirements when this resume was read"
        pages = {i: client.get(f"{LIST}/candidates/{i}?{BY}").text for i in ids(page).values()}
        assert [i for i, page in pages.items() if told in page] == [item.id]
        listed = client.get(f"{LIST}/compare", params={"id": list(pages), "opening": opening.key})
        assert "when 1 of these resumes was read" in listed.text
    run = Run(tmp_path / "runs" / "autumn", "autumn")
    with RunStore(run.folder):  # nobody can be judged meanwhile
        assert run.applied.pool(run.pool(), opening, load_rubric()).done == []
    base = run.pool()
    assert run.applied.pool(base, opening, load_rubric()).unasked == 1
    with RunStore(run.folder):
        other = ROLE.model_copy(update={"title": "Other"})
        assert run.applied.pool(base, openings.add(other), load_rubric()).left == len(base.done)
    assert role_read_for("no role") is None


def test_a_list_shows_what_reviewers_leave_and_the_machine_beside_it(
    target: ServiceSettings, client: httpx.Client
) -> None:
    wei = f"{LIST}/candidates/{ids(client.get(LIST).text)['Wei Zhang']}"
    say(client, wei, do="name", name="Ana")
    before = client.get(f"{LIST}?{BY}").text
    assert "Kubernetes" in client.get(wei).text
    run = Run(target.runs / "autumn", "autumn")
    report = run.candidate(wei.rpartition("/")[2]).report
    for item in report.evidence:
        if item.dimension in {Dimension.DELIVERY, Dimension.INFRASTRUCTURE}:
            said = {"evidence": item.id, "objection": "struck", "reason": "copied words"}
            panel = review(say(client, f"{wei}?{BY}", do="object", **said).text)
    assert re.search(r"found, and (missing|unclear|partly) without what was struck", panel)
    machine, reviewed = re.findall(r"(?:Machine|Reviewed) \w+ \S+ \w+ \S+ \w+ (\d+)", panel)
    assert int(reviewed) < int(machine)
    row = row_of(client.get(f"{LIST}?{BY}").text, "Wei Zhang")
    assert f"Fit {reviewed} machine {machine}" in row
    assert f"Fit {machine}" in row_of(before, "Wei Zhang")
    amara = ids(before)["Amara Diallo"]
    listed = client.get(f"{LIST}/compare", params={"id": [wei.rpartition("/")[2], amara], "opening": "gpu-platform"})  # fmt: skip
    told = " ".join(re.sub(r"<[^>]+>", " ", listed.text).split())
    assert f"fit {reviewed} (machine {report.track.value}" in told
    assert told.count("With what reviewers changed") == 1
    was = report.track.value
    say(client, wei, do="track", track="ml", reason="reads like ML")
    row = row_of(client.get(LIST).text, "Wei Zhang")
    assert f"reviewed; machine {was}" in row
    assert "Wei Zhang" in names(client.get(f"{LIST}?track=ml").text)
    with visitor(target) as other:
        assert f"machine {was}" not in row_of(other.get(LIST).text, "Wei Zhang")
        say(other, wei, do="name", name="Ben")
        assert f"machine {was}" not in row_of(other.get(LIST).text, "Wei Zhang")
        say(other, wei, do="decide", choice="maybe")
        assert f"machine {was}" in row_of(other.get(LIST).text, "Wei Zhang")


def test_a_table_tells_of_decisions_what_its_reader_may_know(
    target: ServiceSettings, client: httpx.Client
) -> None:
    amara = ids(client.get(LIST).text)["Amara Diallo"]
    say(client, f"{LIST}/candidates/{amara}", do="name", name="Cleo")
    say(client, f"{LIST}/candidates/{amara}", do="decide", choice="no", reason="wants another town")

    def decision(client: httpx.Client) -> str:
        lines = client.get(f"{LIST}/candidates.csv?{BY}").text.splitlines()
        (line,) = [line for line in lines if "Amara Diallo" in line]
        return line.rpartition(",")[2]

    assert decision(client) == "no"
    with visitor(target) as other:
        assert decision(other) == ""
        say(other, f"{LIST}/candidates/{amara}", do="name", name="Dora")
        assert decision(other) == ""
        say(other, f"{LIST}/candidates/{amara}", do="decide", choice="yes")
        assert decision(other) == "split"
    token = {"authorization": f"Bearer {target.token.get_secret_value()}"}
    with httpx.Client(base_url=target.address, headers=token, trust_env=False) as program:
        assert decision(program) == "split"
    view = client.get(f"{LIST}/candidates.csv?track=developing").text
    assert "Grace Mbeki" in view
    assert "Amara Diallo" not in view
    assert "empty.pdf" not in view
    assert "empty.pdf" in client.get(f"{LIST}/candidates.csv").text


def test_views_get_names_and_are_listed_until_they_are_deleted(
    target: ServiceSettings, client: httpx.Client
) -> None:
    def post(**said: str) -> httpx.Response:
        return client.post(f"{LIST}/views", data={"csrf": csrf_of(client.get(LIST).text), **said})

    answer = post(name="  Knows <b>Kubernetes ", query=f"{BY}&met=r1&page=3&nothing=1")
    assert str(answer.url).endswith(f"{LIST}?met=r1&{BY}")
    assert re.search(r'aria-current="true">Knows &lt;b&gt;Kubernetes</a>', answer.text)
    path = target.runs / "autumn" / "views.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "Save this view</summary>" not in answer.text
    assert "Save this view</summary>" in client.get(f"{LIST}?track=ml").text
    post(name="Knows <b>Kubernetes", query="track=ml")
    page = client.get(LIST).text
    assert page.count("Knows &lt;b&gt;Kubernetes</a>") == 1
    assert f'href="{LIST}?track=ml">Knows' in page
    for name in ("", "x" * 61, "a\x00b"):
        assert post(name=name, query="track=ml").status_code == 400
    assert client.post(f"{LIST}/views", data={"do": "delete"}).status_code == 403
    assert "Knows" not in post(do="delete", name="Knows <b>Kubernetes").text
    run = Run(target.runs / "autumn", "autumn")
    for number in range(100):
        save_view(run, f"view {number}", "")
    with pytest.raises(UsageError):
        save_view(run, "one more", "")
    path.unlink()
    path.symlink_to(target.runs / "autumn" / "log.jsonl")
    assert saved_views(run) == ()
    path.unlink()
    path.write_text("[")
    assert saved_views(run) == ()
    path.unlink()


def test_who_is_purged_is_gone_by_every_opening(runs: Path, tmp_path: Path) -> None:
    shutil.copytree(runs / "autumn", tmp_path / "copy")
    run, ready = Run(tmp_path / "copy", "copy"), shipped()
    for opening in ready:  # more than are kept at once
        assert len(run.applied.pool(run.pool(), opening, load_rubric()).done) == 4
    wei = next(row.id for row in run.pool().done if row.source.endswith("wei-zhang.md"))
    purge(run.folder, [wei], older_than=None, replies=tmp_path / "none", snapshots=tmp_path)
    for opening in reversed(ready):
        pool = run.applied.pool(run.pool(), opening, load_rubric())
        assert wei not in {row.id for row in pool.done}
        assert len(pool.done) == 3
        assert run.applied.pool(run.pool(), opening, load_rubric()) is pool


def test_what_another_rubric_judged_is_listed_as_the_machine_has_it(
    runs: Path, tmp_path: Path
) -> None:
    shutil.copytree(runs / "autumn", tmp_path / "copy")
    run = Run(tmp_path / "copy", "copy")
    row = run.pool().done[0]
    first = run.candidate(row.id).report.evidence[0]
    with book_in(run, None) as book:
        book.object(row.id, first.id, Objection.STRUCK, by="Ana", reason="copied words")
    told, pool = visible(told_of(run), "Ana"), run.pool()
    assert run.changed.seen(pool, told, None, load_rubric()).machine.keys() == {row.id}
    other = load_rubric().model_copy(update={"sha256": "0" * 64})
    assert Run(run.folder, "copy").changed.seen(pool, told, None, other).machine == {}
    assert visible(told_of(run), "") == {}
    with book_in(run, None) as book:
        book.object(row.id, first.id, Objection.RESTORED, by="Ana", reason="their own after all")
    told = visible(told_of(run), "Ana")
    assert run.changed.seen(run.pool(), told, None, load_rubric()).machine == {}


def test_blind_an_opening_tells_no_name(target: ServiceSettings) -> None:
    with visitor(target) as client:
        page = client.get(f"{LIST}?{BY}").text
        wei = ids(page)["Wei Zhang"]
        client.post("/blind", data={"csrf": csrf_of(page), "on": "1", "to": LIST})
        pages = [
            client.get(f"{LIST}?{BY}").text,
            client.get(f"{LIST}/candidates/{wei}?{BY}").text,
            client.get(f"{LIST}/candidates/{wei}/guide?{BY}").text,
            client.get(f"{LIST}/compare", params={"id": list(ids(page).values()), "opening": "gpu-platform"}).text,
        ]  # fmt: skip
        for text in pages:
            assert "GPU platform" in text
            assert re.findall(r"(?i)\bwei\b|zhang|@mail|carrasco|diallo", text) == []
        assert client.get(f"{LIST}/candidates.csv?{BY}").status_code == 403
