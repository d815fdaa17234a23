"""Openings: made of an advert, edited, kept for the owner alone, never a way to another file."""

from __future__ import annotations

import io
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from evaluator.errors import UsageError
from evaluator.models.vocabulary import Dimension
from evaluator.roles.loading import load_role
from evaluator.roles.model import Importance, Kind, Requirement, RoleProfile
from evaluator.service import editing
from evaluator.service.openings import Openings, Unusable
from evaluator.service.run_cache import NotThere

from ..render.test_rendering import HOSTILE
from ..servers.service import csrf_of, served, visitor
from .test_candidates import Tags

ADVERT = """Machine Learning Engineer

What you bring
- At least 4 years of experience with Python
- Hands-on work with Kubernetes or Nomad
- You are a digital native

Nice to have
- Terraform
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("vacancies")


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[httpx.Client]:
    with served(folder) as settings, visitor(settings) as found:
        yield found


def make(client: httpx.Client, text: str = "", file: tuple[str, bytes] | None = None) -> httpx.Response:  # fmt: skip
    data = {"csrf": csrf_of(client.get("/openings").text), "text": text}
    return client.post("/openings", data=data, files={"advert": file or ("", b"")})


def key_in(answer: httpx.Response) -> str:
    return answer.url.path.removeprefix("/openings/")


def fields(page: str) -> dict[str, str]:
    """What a browser would send of the form as it stands."""
    form = page.split('class="editor"', 1)[1].split("</form>", 1)[0]
    given = dict(re.findall(r'<input type="(?:hidden|text)"[^>]* name="([^"]+)"[^>]* value="([^"]*)"', form))  # fmt: skip
    given |= dict(re.findall(r'<input type="text" name="([^"]+)"[^>]* value="([^"]*)"', form))
    for name, options in re.findall(r'<select name="([^"]+)">(.*?)</select>', form):
        chosen = re.search(r'value="([^"]*)" selected', options)
        given[name] = chosen[1] if chosen else re.findall(r'value="([^"]*)"', options)[:1] or [""]
        given[name] = given[name] if isinstance(given[name], str) else given[name][0]
    return given


def save(client: httpx.Client, key: str, **changes: str | None) -> httpx.Response:
    given = {**fields(client.get(f"/openings/{key}").text), **changes}
    return client.post(f"/openings/{key}", data={n: v for n, v in given.items() if v is not None})


def test_an_advert_becomes_an_opening_that_only_the_owner_reads(
    client: httpx.Client, folder: Path
) -> None:
    answer = make(client, ADVERT)
    assert key_in(answer) == "machine-learning-engineer"
    assert "Hands-on work with Kubernetes or Nomad" in answer.text
    assert "must not affect the result" in answer.text.split("Look at these first", 1)[1][:300]
    path = folder / "openings" / "machine-learning-engineer.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    role = load_role(str(path))
    assert [r.text for r in role.requirements] == [
        "At least 4 years of experience with Python", "Kubernetes / Nomad", "Terraform",
    ]  # fmt: skip
    download = client.get("/openings/machine-learning-engineer/role.toml")
    assert download.headers["content-disposition"] == 'attachment; filename="role.toml"'
    assert download.content == path.read_bytes()
    assert "Machine Learning Engineer" in client.get("/openings").text
    other = make(client, file=("ad.html", f"<h1>Rail</h1><pre>{ADVERT}</pre>".encode()))
    assert key_in(other) != "machine-learning-engineer"
    assert "Kubernetes" in other.text


def test_requirements_are_changed_added_and_removed(client: httpx.Client, folder: Path) -> None:
    key = key_in(make(client, ADVERT))
    untouched = (folder / "openings" / f"{key}.toml").read_bytes()
    save(client, key)
    assert (folder / "openings" / f"{key}.toml").read_bytes() == untouched
    added = {"new-kind": "dimension", "new-need": "must", "new-dimension": "delivery", "new-level": "3"}  # fmt: skip
    changes = {"title": "Rail ML", "r1-years": "2,5", "r2-need": "nice", "r2-weight": "3"}
    answer = save(client, key, **changes, **added, **{"r3-remove": "1"})
    assert "Saved." in answer.text
    role = load_role(str(folder / "openings" / f"{key}.toml"))
    years, tool, work = role.requirements
    assert (role.title, years.years, years.quote) == ("Rail ML", 2.5, "At least 4 years of experience with Python")  # fmt: skip
    assert (tool.need, tool.weighs, tool.names) == (Importance.NICE, 3.0, ("Kubernetes", "Nomad"))
    assert (work.dimension, work.level, work.text) == (Dimension.DELIVERY, 3, "delivery: owned, with a result, or more")  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"r1-years": "forty"}, "Years are a number"),
        ({"r1-weight": "nan"}, "A weight is a number"),
        ({"r2-names": " , "}, "Name what is asked for"),
        ({"r2-text": "x" * 401}, "at most 400 characters"),
        ({"r2-need": "perhaps"}, "a must or nice to have"),
        ({"title": ""}, "has a title"),
        ({"new-text": "Go"}, "what kind of requirement"),
        ({"new-kind": "tool", "new-names": ""}, "Name what is asked for"),
        ({"new-kind": "dimension", "new-dimension": "juggling"}, "the kind of work"),
        ({"new-kind": "dimension", "new-dimension": "data", "new-level": "9"}, "Choose the level"),
        ({"new-kind": "education", "new-degree": "knighthood"}, "Choose the degree"),
        ({"new-kind": "other"}, "Say what is asked for"),
        ({"r1-remove": "1", "r2-remove": "1", "r3-remove": "1"}, "at least one requirement"),
        ({"version": "0"}, "Somebody else changed"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_lost(
    client: httpx.Client, folder: Path, changes: dict[str, str], told: str
) -> None:
    path = folder / "openings" / "kept.toml"
    if not path.exists():
        Openings(folder).add(load_role(client_role(folder)).model_copy(update={"title": "Kept"}))
    before = path.read_bytes()
    answer = save(client, "kept", **{"r3-text": "Terraform, please", **changes})
    assert answer.status_code == 400
    assert told in answer.text
    assert 'value="Terraform, please"' in answer.text
    assert path.read_bytes() == before


def client_role(folder: Path) -> str:
    """A role file as an advert gives it."""
    path = folder / "role.toml"
    path.write_text(
        'name = "r"\ntitle = "R"\n'
        '[[requirements]]\nid = "r1"\ntext = "4 years"\nkind = "years"\nyears = 4\n'
        '[[requirements]]\nid = "r2"\ntext = "Kubernetes"\nkind = "tool"\nnames = ["Kubernetes"]\n'
        '[[requirements]]\nid = "r3"\ntext = "Terraform"\nneed = "nice"\nkind = "tool"\nnames = ["Terraform"]\n'
    )  # fmt: skip
    return str(path)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ({"kind": "tool", "names": "Go, Rust"}, ("Go / Rust", ("Go", "Rust"))),
        ({"kind": "years", "years": "3", "names": "Go"}, ("3 years of Go", ("Go",))),
        ({"kind": "language", "names": "German", "text": "Fluent"}, ("Fluent", ("German",))),
        ({"kind": "education", "degree": "master"}, ("master", ("master",))),
        ({"kind": "place", "text": "Berlin"}, ("Berlin", ())),
    ],
)
def test_what_is_added_says_in_words_what_it_asks(
    new: dict[str, str], expected: tuple[str, tuple[str, ...]]
) -> None:
    asked = Requirement(id="a1", text="Ada", kind=Kind.TOOL, names=("Ada",))
    role = RoleProfile(name="r", title="R", requirements=(asked,))
    given = {"new-need": "must", **{f"new-{name}": value for name, value in new.items()}}
    found = editing.edited(role, editing.sent(role, given), given).requirements[-1]
    assert (found.id, found.text, found.names) == ("a2", *expected)


def test_levels_stay_levels_until_they_say_more() -> None:
    role = RoleProfile(name="r", title="R", needs={Dimension.DATA: 2, Dimension.THEORY: 1})
    assert editing.edited(role, editing.sent(role, {}), {}) == role.model_copy(
        update={"weights": {Dimension.DATA: 1.0, Dimension.THEORY: 1.0}}
    )
    given = {"r1-level": "4", "r2-need": "nice"}
    found = editing.edited(role, editing.sent(role, given), given)
    assert [(r.text, r.level, r.need.value) for r in found.requirements] == [
        ("data: owned, measured or confirmed, or more", 4, "must"), ("theory: mentioned, or more", 1, "nice"),
    ]  # fmt: skip
    given = {"r2-text": "Reads papers"}
    assert editing.edited(role, editing.sent(role, given), given).requirements[1].text == "Reads papers"  # fmt: skip


@pytest.mark.parametrize(
    ("text", "file", "told"),
    [
        (" ", None, "No advert came"),
        ("Lorem ipsum dolor sit amet.", None, "asks for nothing"),
        ("x" * 60_001, None, "longer than"),
        ("", ("ad.zip", b"PK"), "one document"),
        ("", ("ad.pdf", b""), "empty"),
    ],
)
def test_what_is_no_advert_is_told_so_and_stays_in_the_field(
    client: httpx.Client, text: str, file: tuple[str, bytes] | None, told: str
) -> None:
    answer = make(client, text, file)
    assert answer.status_code == 400
    assert told in answer.text.split('role="alert">', 1)[1][:300]
    assert text in answer.text


def test_ready_made_ones_are_copied_and_own_ones_deleted(client: httpx.Client, folder: Path) -> None:  # fmt: skip
    page = client.get("/openings/ml-engineer").text
    assert "Make a copy" in page
    assert 'class="editor"' not in page
    token = {"csrf": csrf_of(page)}
    key = key_in(client.post("/openings/ml-engineer", data={**token, "do": "copy"}))
    assert key == "ml-engineer-copy"
    assert "Designs and trains models" in client.get(f"/openings/{key}").text
    assert client.post("/openings/ml-engineer", data={**token, "do": "delete"}).status_code == 404
    assert client.post(f"/openings/{key}", data={**token, "do": "delete"}).url.path == "/openings"
    assert client.get(f"/openings/{key}").status_code == 404
    assert client.post(f"/openings/{key}", data={"do": "delete"}).status_code == 403


def test_a_key_leads_to_no_other_file(tmp_path: Path) -> None:
    openings = Openings(tmp_path / "runs")
    assert openings.all() == []
    outside = tmp_path / "outside.toml"
    outside.write_text(Path(client_role(tmp_path)).read_text())
    made = openings.add(load_role(str(outside)).model_copy(update={"title": "../../Up & away"}))
    assert made.key == "up-away"
    assert [p.name for p in openings.folder.iterdir()] == ["up-away.toml"]
    assert openings.add(made.role.model_copy(update={"title": "…"})).key == "opening"
    assert openings.add(made.role.model_copy(update={"title": "Dual"})).key == "dual-2"
    (openings.folder / "link.toml").symlink_to(outside)
    (openings.folder / "bad.toml").write_text("title = 1")
    for key in ("../../outside", "link", "..", "nothing"):
        with pytest.raises(NotThere):
            openings.find(key)
    with pytest.raises(UsageError):
        openings.find("bad")
    assert openings.asked("bad") is None
    (unusable,) = [one for one in openings.all() if isinstance(one, Unusable)]
    assert unusable.key == "bad"
    assert {one.key for one in openings.usable()} >= {"up-away", "dual", "ml-engineer"}


def test_texts_of_adverts_stay_texts(tmp_path: Path) -> None:
    openings = Openings(tmp_path)
    asked = tuple(
        Requirement(id=f"r{n}", text=text[:400], kind=Kind.TOOL, names=(text[:400],), quote=text)
        for n, text in enumerate(HOSTILE)
        if text
    )
    key = openings.add(RoleProfile(name="r", title=HOSTILE[0], requirements=asked)).key
    with served(tmp_path) as settings, visitor(settings) as client:
        for page in (client.get("/openings").text, client.get(f"/openings/{key}").text):
            seen = Tags()
            seen.feed(page)
            assert seen.names.count("script") == 1
            assert not {"b", "img", "iframe", "style", "object"} & set(seen.names)
            assert not [name for name, _ in seen.attributes if name.startswith("on")]


def test_one_document_at_a_time_is_as_large_as_a_resume(client: httpx.Client) -> None:
    answer = make(client, file=("ad.txt", io.BytesIO(b"x" * (25 * 1024 * 1024 + 1)).getvalue()))
    assert "at most 25 MB" in answer.text
