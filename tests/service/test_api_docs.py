"""Every curl of the chapter about the API does what it says."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from ..conftest import RESUMES, ROOT
from ..servers.service import TOKEN, served, stranger

_TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
_CURLS = re.findall(r"^curl .*$", _TEXT, re.MULTILINE)


@pytest.fixture(scope="module")
def client(runs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    copy = tmp_path_factory.mktemp("docs") / "runs"
    shutil.copytree(runs, copy)
    with served(copy) as settings, stranger(settings) as found:
        yield found


def _request(line: str, id_: str, job: str) -> httpx.Request:
    """What curl would send; it knows the options that the chapter uses and no others."""
    values = {
        "$URL": "http://host",
        "$AUTH": f"Authorization: Bearer {TOKEN}",
        "/ID": f"/{id_}",
        "/JOB": f"/{job}",
    }
    for name, value in values.items():
        line = line.replace(name, value)
    words = iter(shlex.split(line)[1:])
    headers, fields, query, url = dict[str, str](), dict[str, str](), "", ""
    content: bytes | None = None
    method = ""
    files = list[tuple[str, tuple[str, bytes]]]()
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-F":
            name, _, value = next(words).partition("=")
            if value.startswith("@"):
                text = (RESUMES / "jonas-beck.md").read_bytes()
                files.append((name, (value[1:].replace(".pdf", ".md"), text + value.encode())))
            else:
                fields[name] = value
        elif word == "-d":
            content = next(words).encode()
        elif word == "--data-urlencode":
            name, _, value = next(words).partition("=")
            query = f"?{urlencode({name: value})}"
        elif word == "-X":
            method = next(words)
        elif word != "-G":
            assert word.startswith("http://host/")
            url = word
    method = method or ("POST" if content or files else "GET")
    return httpx.Request(method, url + query, headers=headers, content=content, files=files or None, data=fields or None)  # fmt: skip


def _job(client: httpx.Client) -> str:
    answer = client.post(
        "api/v1/jobs", files={"files": ("a.md", b"# Ada\n\nTrained models.")}, data={"run": "spring"},
        headers={"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": "spring"},
    )  # fmt: skip
    found: str = answer.json()["id"]
    return found


@pytest.mark.parametrize("line", _CURLS, ids=range(len(_CURLS)))
def test_every_curl_does_what_it_says(client: httpx.Client, line: str) -> None:
    auth = {"Authorization": f"Bearer {TOKEN}"}
    rows = client.get("api/v1/runs/autumn/candidates", headers=auth).json()["items"]
    made = _request(line, rows[0]["id"], _job(client) if "/JOB" in line else "")
    sent = client.build_request(made.method, made.url.raw_path.decode(), content=made.read(), headers=made.headers)  # fmt: skip
    sent.headers["host"] = client.base_url.netloc.decode()
    answer = client.send(sent)
    assert answer.status_code in {200, 201, 202}, answer.text


def test_the_chapter_names_every_filter_and_tool() -> None:
    from evaluator.service.api.schemas import CandidateQuery

    for name in set(CandidateQuery.model_fields) - {"limit", "offset", "reviewer"}:
        assert f"`{name}`" in _TEXT
