"""The list of a run, one candidate, some side by side."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from evaluator.batch.store import RunStore
from evaluator.service.candidate_pages import neighbours
from evaluator.service.candidates import Selection
from evaluator.service.configuration import ServiceSettings
from evaluator.service.drawing import picture_of
from evaluator.service.filtering import View, chosen
from evaluator.service.runs import Run

from ..render.test_rendering import HOSTILE
from ..servers.service import csrf_of, served, visitor

LIST = "/runs/autumn"
INES = "Inés Carrasco Peña"


class Tags(HTMLParser):
    """Tags and attributes as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs


def names(page: str) -> list[str]:
    return re.findall(r"data-open>([^<]+)</a>", page)


def ids(page: str) -> dict[str, str]:
    found = re.findall(r'/candidates/([0-9a-f]{16})[^"]*" class="open" data-open>([^<]+)</a>', page)
    return {name: id_ for id_, name in found}


def test_the_list_comes_best_fit_first(client: httpx.Client) -> None:
    page = client.get(LIST).text
    assert names(page) == [INES, "Amara Diallo", "Wei Zhang", "Grace Mbeki"]
    assert page.index('class="people"') < page.index('id="quadrant"')


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("track=dual&ml=4", [INES, "Amara Diallo"]),
        ("ops=3&sort=name", ["Amara Diallo", INES, "Wei Zhang"]),
        ("sort=ops", [INES, "Amara Diallo", "Wei Zhang", "Grace Mbeki"]),
        ("sort=ml", [INES, "Amara Diallo", "Wei Zhang", "Grace Mbeki"]),
        ("flag=identity+conflict", ["Grace Mbeki"]),
        ("experimentation=4&theory=3", [INES]),
        ("seniority=senior", ["Wei Zhang"]),
        ("standing=demonstrated", [INES, "Amara Diallo"]),
        ("clear=1&track=dual", [INES, "Amara Diallo"]),
        ("decision=yes", []),
        ("decision=undecided&track=developing", ["Grace Mbeki"]),
        ("q=who+ran+GPU+clusters%3F", ["Wei Zhang"]),
        ("q=diallo", ["Amara Diallo"]),
        ("q=zeppelin", []),
        ("page=7", [INES, "Amara Diallo", "Wei Zhang", "Grace Mbeki"]),
    ],
)
def test_filters_and_questions_stand_in_the_address(
    client: httpx.Client, query: str, expected: list[str]
) -> None:
    page = client.get(f"{LIST}?{query}").text
    assert sorted(names(page)) == sorted(expected)
    if "sort" in query or len(expected) < 2:
        assert names(page) == expected
    assert expected or "No candidate matches" in page


def test_empty_fields_of_a_form_leave_the_address(client: httpx.Client) -> None:
    answer = client.get(f"{LIST}?q=&track=dual&ml=&ops=")
    assert str(answer.url).endswith(f"{LIST}?track=dual")
    assert str(client.get(f"{LIST}?q=&track=").url).endswith(LIST)


def test_a_hit_is_shown_in_its_words_and_leads_to_its_evidence(client: httpx.Client) -> None:
    page = client.get(f"{LIST}?q=gpu+cluster").text
    assert "<mark>GPU</mark>" in page
    link = re.search(r'href="([^"]+)#(e\d+)">evidence', page)
    assert link is not None
    assert f'id="{link[2]}"' in client.get(link[1].replace("&amp;", "&")).text


def test_a_candidate_has_evidence_resume_and_the_way_to_the_next(client: httpx.Client) -> None:
    listed = ids(client.get(LIST).text)
    page = client.get(f"{LIST}/candidates/{listed['Amara Diallo']}").text
    assert "2 of 4" in page
    assert f'{LIST}/candidates/{listed[INES]}" rel="prev"' in page
    assert f'{LIST}/candidates/{listed["Wei Zhang"]}" rel="next"' in page
    assert "The resume as it was read" in page
    within = client.get(f"{LIST}/candidates/{listed['Amara Diallo']}?track=dual&sort=name").text
    assert "1 of 3" in within
    assert "?track=dual&amp;sort=name" in within
    outside = client.get(f"{LIST}/candidates/{listed['Amara Diallo']}?track=ml").text
    assert "not in this view" in outside


def test_the_ends_of_a_view_have_one_neighbour() -> None:
    assert neighbours(["a", "b"], "a") == (None, "b", 1, 2)
    assert neighbours(["a", "b"], "b") == ("a", None, 2, 2)


def test_the_original_file_is_given_out_as_a_download(client: httpx.Client, runs: Path) -> None:
    wei = ids(client.get(LIST).text)["Wei Zhang"]
    answer = client.get(f"{LIST}/candidates/{wei}/file")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"
    row = Run(runs / "autumn", "autumn").pool().row(wei)
    path = Path(row.source)
    assert answer.content == path.read_bytes()
    moved = path.rename(path.with_suffix(".away"))
    try:
        assert client.get(f"{LIST}/candidates/{wei}/file").status_code == 404
        assert "moved or deleted" in client.get(f"{LIST}/candidates/{wei}").text
        path.symlink_to(moved)
        assert client.get(f"{LIST}/candidates/{wei}/file").status_code == 404
        path.unlink()
        path.write_text("another file under the same name")
        assert client.get(f"{LIST}/candidates/{wei}/file").status_code == 404
    finally:
        path.unlink(missing_ok=True)
        moved.rename(path)


def test_reports_and_tables_can_be_taken_along(client: httpx.Client) -> None:
    wei = ids(client.get(LIST).text)["Wei Zhang"]
    assert client.get(f"{LIST}/candidates/{wei}/report.json").json()["id"] == wei
    assert "Wei Zhang" in client.get(f"{LIST}/candidates.csv").text
    assert client.get(f"{LIST}/candidates.xlsx").content.startswith(b"PK")


def test_two_to_four_stand_side_by_side(client: httpx.Client) -> None:
    listed = list(ids(client.get(LIST).text).values())
    page = client.get(f"{LIST}/compare", params={"id": listed[:3]}).text
    assert "3 candidates side by side" in page
    assert f'href="{LIST}/candidates/{listed[0]}"' in page
    for some in ([], listed[:1], [listed[0], listed[0]]):
        answer = client.get(f"{LIST}/compare", params={"id": some})
        assert answer.status_code == 400
        assert "select that many" in answer.text


def test_what_failed_is_told_with_its_reason(client: httpx.Client) -> None:
    page = client.get(f"{LIST}/failed").text
    assert "empty.pdf" in page
    assert "empty" in page.split("empty.pdf")[1][:80]


def test_who_is_not_there_is_told_so(client: httpx.Client) -> None:
    for path in ("/runs/none", f"{LIST}/candidates/{'0' * 16}", f"{LIST}/candidates/x/file", "/none"):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 404
        assert "There is no such" in answer.text


def test_blind_mode_tells_no_name_contact_account_or_file(settings: ServiceSettings) -> None:
    with visitor(settings) as client:
        page = client.get(LIST).text
        wei = ids(page)["Wei Zhang"]
        form = {"csrf": csrf_of(page), "on": "1", "to": f"{LIST}?sort=name"}
        blind = client.post("/blind", data=form).text
        assert names(blind) == [f"Candidate {id_[:6]}" for id_ in ids(page).values()]
        pages = [
            blind,
            client.get(f"{LIST}/candidates/{wei}").text,
            client.get(f"{LIST}?q=gpu+cluster").text,
            client.get(f"{LIST}/failed").text,
            client.get(f"{LIST}/compare", params={"id": list(ids(page).values())}).text,
        ]
        for text in pages:
            told = re.findall(r"(?i)wei\b|zhang|@mail|fictional-|carrasco|diallo|empty\.pdf", text)
            assert told == []
        assert "Run the GPU cluster" in pages[1]
        assert names(client.get(f"{LIST}?q=zhang").text) == []
        for path in (f"candidates/{wei}/file", f"candidates/{wei}/report.json", "candidates.csv"):
            assert client.get(f"{LIST}/{path}").status_code == 403
        form = {"csrf": csrf_of(blind), "on": "", "to": LIST}
        assert "Wei Zhang" in client.post("/blind", data=form).text


def test_the_glossary_has_a_place_for_each_term(client: httpx.Client) -> None:
    page = client.get("/glossary").text
    for term in ("borderline", "track", "standing", "corroborated", "monitoring", "agency"):
        assert f'id="{term}"' in page


def test_texts_from_outside_stay_texts(hostile: Path) -> None:
    with served(hostile) as settings, visitor(settings) as client:
        base = "/runs/%3Cb%3Erun"
        pages = [client.get("/").text, client.get(base).text, client.get(f"{base}?q=script").text]
        pages += [client.get(f"{base}/candidates/{n:016x}").text for n in range(len(HOSTILE))]
        pages += [client.get(base, params={"q": text, "flag": "none"}).text for text in HOSTILE[:8]]
        pages.append(client.get(f"{base}/compare", params={"id": [f"{n:016x}" for n in range(4)]}).text)  # fmt: skip
        for page in pages:
            seen = Tags()
            seen.feed(page)
            assert seen.names.count("script") == 1
            assert not {"b", "img", "iframe", "style", "object"} & set(seen.names)
            assert not [name for name, _ in seen.attributes if name.startswith("on")]
            leads = [v or "" for name, v in seen.attributes if name in {"href", "action", "src"}]
            assert not [to for to in leads if to[:1] not in {"/", "#", ""} and to != "data:,"]


def test_a_long_list_comes_in_pages_and_the_picture_stays_light(runs: Path) -> None:
    pool = Run(runs / "autumn", "autumn").pool()
    rows = [row.model_copy(update={"id": f"{n:016x}"}) for n, row in enumerate(pool.done * 40)]
    spots = {row.id: (float(n % 4), 1.0) for n, row in enumerate(rows)}
    picture = picture_of(rows, rows[50:100], spots)
    assert len(picture.marks) == 50
    assert sum(path.count("M") for _, path in picture.dots) <= 4
    assert len(chosen(rows, View(track="dual"), {})) == 120
    assert Selection([], None, "").hits is None


def test_a_purged_candidate_is_gone_from_list_and_search_at_once(
    runs: Path, tmp_path: Path
) -> None:
    from shutil import copytree

    from evaluator.audit.purging import purge

    copytree(runs / "autumn", tmp_path / "copy")
    run = Run(tmp_path / "copy", "copy")
    wei = next(row for row in run.pool().done if row.source.endswith("wei-zhang.md")).id
    assert run.index().search("gpu cluster").ids == (wei,)
    purge(run.folder, [wei], older_than=None, replies=tmp_path / "none", snapshots=tmp_path)
    assert wei not in run.index().search("gpu cluster").ids
    assert len(run.pool().done) == 3


def test_while_somebody_writes_the_search_goes_on_with_what_is_known(runs: Path) -> None:
    run = Run(runs / "autumn", "autumn")
    assert run.pool().done
    with RunStore(runs / "autumn"):
        assert run.index().search("gpu cluster").ids == ()
    assert len(run.index().search("gpu cluster").ids) == 1
