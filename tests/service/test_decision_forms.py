"""What reviewers say on a candidate's page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from evaluator.batch.chained_store import DECISIONS, ChainedStore
from evaluator.batch.store import RunStore
from evaluator.models.vocabulary import Dimension
from evaluator.review.decision_entries import Objected, Objection, Passage
from evaluator.service.configuration import ServiceSettings
from evaluator.service.runs import Run
from evaluator.service.visible_decisions import decisions_of, next_undecided

from ..render.test_rendering import HOSTILE
from ..servers.service import csrf_of, served, visitor
from .test_candidates import INES, LIST, Tags, ids


@pytest.fixture(scope="module")
def target(runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceSettings]:
    """A server over a copy: what is decided stays in a run."""
    copy = tmp_path_factory.mktemp("deciding") / "runs"
    shutil.copytree(runs, copy)
    with served(copy) as settings:
        yield settings


@pytest.fixture
def client(target: ServiceSettings) -> Iterator[httpx.Client]:
    with visitor(target) as found:
        yield found


@pytest.fixture(scope="module")
def places(target: ServiceSettings) -> dict[str, str]:
    """The address of each candidate's page, by name."""
    with visitor(target) as client:
        return {n: f"{LIST}/candidates/{id_}" for n, id_ in ids(client.get(LIST).text).items()}


def say(client: httpx.Client, place: str, **said: str) -> httpx.Response:
    """Send a form of a candidate's page."""
    return client.post(place, data={"csrf": csrf_of(client.get("/").text), **said})


def review(page: str) -> str:
    """What the page says of decisions, without its tags."""
    panel = page.split('id="decision"', 1)[1].split("</section>", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", panel).split())


def error(answer: httpx.Response) -> str:
    return answer.text.split('role="alert">', 1)[1].split("</p>", 1)[0]


def test_a_reviewer_strikes_overrides_and_decides_and_sees_both_verdicts(
    client: httpx.Client, places: dict[str, str]
) -> None:
    place = places[INES]
    assert "Who reviews?" in review(client.get(place).text)
    assert "Review by Ana Ruiz" in review(say(client, place, do="name", name=" Ana  Ruiz ").text)
    evidence = re.search(r'<blockquote id="(e\d+)">', client.get(place).text)
    assert evidence is not None
    item = {"do": "object", "evidence": evidence[1], "reason": "the course of a school"}
    answer = say(client, f"{place}?track=dual", objection="struck", **item)
    assert str(answer.url).endswith(f"{place}?track=dual#{evidence[1]}")
    assert f'<blockquote id="{evidence[1]}" class="struck">' in answer.text
    told = review(answer.text)
    assert "struck" in told.split("Reviewed", 1)[1]
    assert "Ana Ruiz: the course of a school" in told
    told = review(say(client, place, do="track", track="ops", reason="all of it is Ops").text)
    assert re.search(r"Machine dual .* Reviewed ops", told)
    said = {"do": "decide", "choice": "no", "reason": "too far from the role", "note": "Call again"}
    told = review(say(client, place, **said).text)
    assert "no you decided · too far from the role · Call again" in told
    assert "1 of 4 decided" in told
    page = client.get(LIST).text
    assert page.count('class="tag decided no"') == 1
    assert ids(client.get(f"{LIST}?decision=no").text).keys() == {INES}
    assert INES not in ids(client.get(f"{LIST}?decision=undecided").text)


def test_what_is_undone_stays_in_the_history(client: httpx.Client, places: dict[str, str]) -> None:
    place = places["Wei Zhang"]
    say(client, place, do="name", name="Cem")
    item = {"do": "object", "evidence": "e1"}
    say(client, place, objection="disputed", reason="no dates", **item)
    assert "Without what is disputed" in review(client.get(place).text)
    answer = say(client, place, objection="restored", reason="the dates are there", **item)
    assert 'class="disputed"' not in answer.text
    say(client, place, do="track", track="ml", reason="reads like ML")
    say(client, place, do="track", track="machine", reason="no, it does not")
    say(client, place, do="decide", choice="maybe")
    told = review(say(client, place, do="decide", choice="yes", reason="met them").text)
    assert "Nothing that reviewers said changes the result" in told
    history = told.split("What reviewers said", 1)[1]
    assert [word in history for word in ("(6)", "disputed", "restored", "ml", "maybe", "met them")] == [True] * 6  # fmt: skip


def test_words_that_are_only_named_can_be_struck_and_what_is_gone_is_told(
    client: httpx.Client, places: dict[str, str], target: ServiceSettings
) -> None:
    place = places["Wei Zhang"]
    say(client, place, do="name", name="Hal")
    named = re.findall(r'<option value="(e\d+)">([^<]+)</option>', client.get(place).text)[-1]
    said = {
        "do": "object",
        "evidence": named[0],
        "objection": "struck",
        "reason": "a list of words",
    }
    page = say(client, place, **said).text
    assert f'<span id="{named[0]}" class="struck">' in page
    assert f"struck {named[1]}" in review(page)
    passage = Passage(
        id="e1", source="resume", dimension=Dimension.DATA, quote="<b>an older reading"
    )
    gone = Objected(by="Hal", objection=Objection.DISPUTED, passage=passage, reason="no dates")
    with ChainedStore(target.runs / "autumn") as store:
        store.enter(DECISIONS, gone.model_dump(mode="json"), about=place.rpartition("/")[2])
    told = "disputed “&lt;b&gt;an older reading” no evidence of the report any more"
    assert told in review(client.get(place).text)


def test_a_second_reviewer_sees_the_first_after_deciding(
    target: ServiceSettings, client: httpx.Client, places: dict[str, str]
) -> None:
    place = places["Amara Diallo"]
    say(client, place, do="name", name="Ana")
    say(client, place, do="object", evidence="e1", objection="struck", reason="copied words")
    say(client, place, do="decide", choice="maybe", reason="asks for a call")
    with visitor(target) as other:
        say(other, place, do="name", name="Ben")
        before = other.get(place).text
        assert not re.search(r"Ana\b|copied words|asks for a call", before)
        assert 'class="tag decided' not in other.get(LIST).text
        told = review(say(other, place, do="decide", choice="maybe").text)
        assert "Ana agrees · asks for a call" in told
        assert "Ana: copied words" in told
        assert "Ana decided differently" in review(
            say(other, place, do="decide", choice="yes").text
        )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"do": "decide"}, "Choose yes, maybe or no."),
        ({"do": "decide", "choice": "hire"}, "Choose yes, maybe or no."),
        ({"do": "decide", "choice": "no", "reason": " "}, "“No” needs a reason. One sentence is enough."),
        ({"do": "object", "evidence": "e1", "objection": "struck", "reason": "x"}, "Say why in a few words; the reason is kept with it."),
        ({"do": "object", "evidence": "e1", "reason": "because"}, "Choose to strike, to dispute or to count."),
        ({"do": "object", "evidence": "<b>", "objection": "struck", "reason": "because"}, "has no evidence “&lt;b&gt;”. Its items are named e1, e2 and so on."),
        ({"do": "track", "track": "legal", "reason": "because"}, "Choose a track."),
        ({"do": "track", "track": "ml"}, "Say why in a few words; the reason is kept with it."),
        ({"do": "name", "name": "Ben"}, "Ana reviews in this browser. Sign out to review as somebody else."),
        ({"do": "purge"}, "This form asks for something that cannot be done here. Open the page again."),
        ({}, "This form asks for something that cannot be done here. Open the page again."),
        ({"do": "decide", "choice": "no", "reason": "fine", "note": "x" * 20_001}, "note: String should have at most 20000 characters"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_told_in_a_line_on_the_page(
    client: httpx.Client, places: dict[str, str], said: dict[str, str], told: str
) -> None:
    place = places["Grace Mbeki"]
    assert say(client, place, do="name", name="Ana").status_code == 200
    answer = say(client, place, **said)
    assert answer.status_code == 400
    assert told in error(answer)
    assert "\n" not in error(answer)
    assert "0 of" in review(answer.text) or "What was said" not in review(answer.text)


def test_without_a_reviewer_nothing_is_entered_and_what_was_written_is_kept(
    client: httpx.Client, places: dict[str, str], target: ServiceSettings
) -> None:
    place = places["Grace Mbeki"]
    for said in ({"do": "decide", "choice": "yes"}, {"do": "object", "evidence": "e1"}, {"do": "track", "track": "ml"}):  # fmt: skip
        answer = say(client, place, reason="because", **said)
        assert answer.status_code == 400
        assert (
            error(answer)
            == "No reviewer has given a name in this browser yet. Enter your name first."
        )
    for name in ("", " \t", "a" * 81, "Ana\u202e", "\x1b[31mred"):
        assert say(client, place, do="name", name=name).status_code == 400
    say(client, place, do="name", name="Dora")
    answer = say(client, place, do="decide", choice="no", note="a long note")
    assert ">a long note</textarea>" in answer.text
    assert 'value="no" required checked' in answer.text
    assert decisions_of(Run(target.runs / "autumn", "autumn"), "Dora") == {}


def test_forms_from_elsewhere_enter_nothing(
    client: httpx.Client, places: dict[str, str], target: ServiceSettings
) -> None:
    place = places["Grace Mbeki"]
    say(client, place, do="name", name="Eli")
    for said in (
        {"do": "name", "name": "Eve"},
        {"do": "decide", "choice": "yes"},
        {"do": "object", "evidence": "e1", "objection": "struck", "reason": "because"},
        {"do": "track", "track": "ml", "reason": "because"},
    ):
        for csrf in ({}, {"csrf": ""}, {"csrf": "guessed"}):
            assert client.post(place, data={**said, **csrf}).status_code == 403
    assert "What was said" not in review(client.get(place).text)
    assert say(client, f"{LIST}/candidates/{'0' * 16}", do="decide", choice="yes").status_code == 404  # fmt: skip


def test_hostile_words_of_reviewers_stay_words(
    target: ServiceSettings, places: dict[str, str]
) -> None:
    place, taken = places["Grace Mbeki"], 0
    for text in HOSTILE[:7]:
        with visitor(target) as client:
            if say(client, place, do="name", name=text).status_code == 400:
                continue
            taken += 1
            said = {"reason": f"because {text}", "note": text}
            say(client, place, do="object", evidence="e1", objection="disputed", **said)
            page = say(client, place, do="decide", choice="no", **said).text
            seen = Tags()
            seen.feed(page)
            assert seen.names.count("script") == 1
            assert not {"b", "img", "iframe", "style", "object"} & set(seen.names)
            assert not [name for name, _ in seen.attributes if name.startswith("on")]
    assert taken == 6


def test_blind_mode_ends_for_a_candidate_about_whom_one_decided(
    target: ServiceSettings, places: dict[str, str]
) -> None:
    place = places["Wei Zhang"]
    with visitor(target) as client:
        say(client, "/blind", on="1", to="/")
        say(client, place, do="name", name="Fay")
        assert "until you have decided" in client.get(place).text
        assert client.get(f"{place}/report.json").status_code == 403
        page = say(client, place, do="decide", choice="yes").text
        assert "<h1>Wei Zhang</h1>" in page
        assert client.get(f"{place}/report.json").status_code == 200
        page = client.get(LIST).text
        assert "Wei Zhang" in page
        assert "Diallo" not in page
        assert client.get(f"{LIST}/candidates.csv").status_code == 403
        assert "Wei Zhang" not in client.get(places[INES]).text


def test_while_a_run_is_written_its_page_says_that_nothing_can_be_decided(
    client: httpx.Client, places: dict[str, str], target: ServiceSettings
) -> None:
    place = places["Wei Zhang"]
    say(client, place, do="name", name="Gil")
    with RunStore(target.runs / "autumn"):
        assert "This run is being read now" in review(client.get(place).text)
        answer = say(client, place, do="decide", choice="yes")
        assert answer.status_code == 503
        assert "Another process" in error(answer)


def test_the_next_undecided_comes_round() -> None:
    assert next_undecided([*"abcd"], {"b"}, "a") == "c"
    assert next_undecided([*"abcd"], {"c", "d"}, "b") == "a"
    assert next_undecided([*"abcd"], {"a"}) == "b"
    assert next_undecided([*"ab"], {"b"}, "a") is None
    assert next_undecided([*"ab"], {"a"}, "gone from the view") == "b"
