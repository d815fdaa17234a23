"""Many documents are read in the background: accepted once, kept over a restart, cancelled, and their end told."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import io
import json
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from evaluator.audit.purging import purge
from evaluator.batch.store import RunStore
from evaluator.documents.sandbox import ParserPool
from evaluator.errors import ConfigurationError, StorageError, UsageError
from evaluator.models.document import Document
from evaluator.service.configuration import WebhookSettings
from evaluator.service.jobs.record import job_record, save
from evaluator.service.jobs.webhooks import Sender, is_public
from evaluator.service.runs import NotThere, Run, Runs
from evaluator.service.uploads import make_run
from evaluator.transport import RetryPolicy

from ..conftest import RESUMES, no_sleep
from ..servers.service import TOKEN, served, stranger

API = "api/v1"
WEI = (RESUMES / "wei-zhang.md").read_bytes()
OWEN = (RESUMES / "owen-pryce.md").read_bytes()
SECRET = "a-secret-that-only-two-servers-know"
HASTY = RetryPolicy(sleep=no_sleep)
Files = list[tuple[str, tuple[str, bytes]]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "runs").mkdir()
    return tmp_path / "runs"


@contextmanager
def platform(folder: Path, **values: Any) -> Iterator[httpx.Client]:
    bearer = {"authorization": f"Bearer {TOKEN}"}
    with served(folder, **values) as settings, stranger(settings, headers=bearer) as client:
        yield client


def files(**named: bytes) -> Files:
    return [("files", (f"{name}.md", content)) for name, content in named.items()]


def submit(client: httpx.Client, sent: Files, *, key: str = "", **fields: str) -> dict[str, Any]:
    headers = {"idempotency-key": key} if key else {}
    answer = client.post(f"{API}/jobs", files=sent, data=fields, headers=headers)
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"/{API}/jobs/{found['id']}"
    return found


def ended(client: httpx.Client, id_: str) -> dict[str, Any]:
    for _ in range(600):
        found: dict[str, Any] = client.get(f"{API}/jobs/{id_}").json()
        if found["ended"] and found["webhook"] != "waiting":
            return found
        time.sleep(0.02)
    raise AssertionError(found)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents take a while."""
    read = ParserPool.read

    async def slowly(self: ParserPool, data: bytes, name: str) -> Document:
        await asyncio.sleep(0.15)
        return await read(self, data, name)

    monkeypatch.setattr(ParserPool, "read", slowly)


def test_a_job_reads_its_documents_and_tells_what_became_of_each(folder: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("in/owen.md", OWEN)
    sent = [*files(wei=WEI, broken=b"\x00\x01\x02", empty=b""), ("files", ("all.zip", packed.getvalue()))]  # fmt: skip
    with platform(folder) as client:
        job = submit(client, sent, run="autumn", role="ml-engineer")
        assert (job["run"], job["total"], job["refused"]) == ("autumn", 3, {"empty": 1})
        done = ended(client, job["id"])
        assert (done["state"], done["done"], done["failed"]) == ("done", 2, 1)
        assert sum(done["reasons"].values()) == 1
        first = client.get(f"{job['results']}?limit=2").json()
        second = client.get(first["next"]).json()
        found = [*first["items"], *second["items"]]
        assert [one["status"] for one in found] == ["done", "done", "failed"]
        assert {one["source"] for one in found} == {"wei.md", "owen.md", "broken.md"}
        listed = client.get(f"{API}/runs/autumn/candidates").json()["items"]
        assert {one["source"] for one in listed} == {"wei.md", "owen.md", "broken.md"}
        assert client.get(f"{API}/runs/autumn/candidates?q=uploads").json()["items"] == []
        assert client.get(found[0]["report"]).json()["role_fit"]["role"] == "ml-engineer"
        assert found[2]["reason"].startswith(next(iter(done["reasons"])))
        only = client.get(job["results"], params={"status": "failed"}).json()
        assert only["items"] == found[2:]
        assert client.get(f"{API}/jobs").json()["items"] == [done]


def test_a_run_is_read_again_as_far_as_it_was_not(folder: Path) -> None:
    with platform(folder) as client:
        first = submit(client, files(wei=WEI), run="autumn")
        ended(client, first["id"])
        second = submit(client, files(owen=OWEN), run="autumn")
        assert ended(client, second["id"])["total"] == 1
        answer = client.post(f"{API}/jobs", json={"run": "autumn", "again": False})
        assert answer.status_code == 202
        assert ended(client, answer.json()["id"])["done"] == 2
        items = client.get(second["results"]).json()["items"]
        assert [Path(one["source"]).name for one in items] == ["owen.md"]
        assert client.post(f"{API}/jobs", json={"run": "winter"}).status_code == 404
        assert client.get(f"{API}/jobs/{'0' * 32}").status_code == 404
    with RunStore(folder / "autumn") as store:
        assert len(store.entries("use")) == 2


def test_a_job_with_a_key_is_accepted_once_also_after_a_restart(folder: Path) -> None:
    with platform(folder) as client:
        first = submit(client, files(wei=WEI), key="application-4711")
        ended(client, first["id"])
    with platform(folder) as client:
        other = client.post(f"{API}/jobs", files=files(wei=OWEN), headers={"idempotency-key": "application-4711"})  # fmt: skip
        assert other.status_code == 409
        again = submit(client, files(wei=WEI), key="application-4711")
        assert (again["id"], again["state"]) == (first["id"], "done")
        other = client.post(f"{API}/jobs", files=files(wei=OWEN), headers={"idempotency-key": "application-4711"})  # fmt: skip
        assert other.status_code == 409
        assert client.get(f"{API}/jobs").json()["total"] == 1
        assert client.get(f"{API}/runs").json()["total"] == 1


@pytest.mark.usefixtures("slow")
def test_a_server_that_ends_in_the_middle_goes_on_where_it_was(folder: Path) -> None:
    sent = files(**{f"c{n}": WEI + str(n).encode() for n in range(12)})
    with platform(folder) as client:
        job = submit(client, sent)
        while not client.get(f"{API}/jobs/{job['id']}").json()["done"]:
            time.sleep(0.02)
        part = client.get(job["results"]).json()
        assert part["is_busy"]
        assert part["items"][0]["status"] == "done"
    with platform(folder) as client:
        done = ended(client, job["id"])
        assert (done["state"], done["done"], done["total"]) == ("done", 12, 12)
    with RunStore(folder / job["run"]) as store:
        assert store.count() == len(store.entries("use")) == 12


@pytest.mark.usefixtures("slow")
def test_a_job_that_is_cancelled_begins_no_more_and_those_behind_it_never_begin(
    folder: Path,
) -> None:
    sent = files(**{f"c{n}": WEI + str(n).encode() for n in range(12)})
    with platform(folder, jobs_at_once=1) as client:
        first, second = submit(client, sent), submit(client, files(owen=OWEN), run="later")
        while not client.get(f"{API}/jobs/{first['id']}").json()["done"]:
            time.sleep(0.02)
        assert client.get(f"{API}/jobs/{second['id']}").json()["state"] == "queued"
        for job in (second, first):
            assert client.post(f"{API}/jobs/{job['id']}/cancel").status_code == 200
        done = ended(client, first["id"])
        assert done["state"] == "cancelled"
        assert 0 < done["done"] < 12
        assert ended(client, second["id"])["state"] == "cancelled"
        assert client.post(f"{API}/jobs/{first['id']}/cancel").json() == done
    assert Run(folder / "later", "later").pool().rows == ()


def test_a_job_waits_for_who_else_writes_its_run(folder: Path) -> None:
    run = make_run(Runs(folder), "autumn", "dual")
    with platform(folder, jobs_at_once=1) as client:
        with RunStore(run.folder):
            job = submit(client, files(wei=WEI), run="autumn")
            time.sleep(0.1)
            assert client.get(f"{API}/jobs/{job['id']}").json()["state"] == "queued"
            other = submit(client, files(owen=OWEN), run="winter")
            assert ended(client, other["id"])["done"] == 1
        assert ended(client, job["id"])["done"] == 1


@pytest.mark.parametrize("is_empty", [True, False])
def test_a_run_that_a_killed_server_had_begun_to_make_is_finished(
    folder: Path, is_empty: bool
) -> None:
    (folder / "autumn").mkdir()
    if not is_empty:
        RunStore(folder / "autumn").close()
    with platform(folder) as client:
        job = submit(client, files(wei=WEI), run="autumn", role="mlops-engineer")
        assert ended(client, job["id"])["done"] == 1
        (one,) = client.get(job["results"]).json()["items"]
        assert client.get(one["report"]).json()["role_fit"]["role"] == "mlops-engineer"


def test_a_job_whose_run_is_removed_is_gone_with_it(folder: Path) -> None:
    run = make_run(Runs(folder), "autumn", "dual")
    with platform(folder) as client:
        with RunStore(run.folder):
            job = submit(client, files(wei=WEI), run="autumn")
            # At once, since the server may write into it at the same time.
            run.folder.rename(folder.parent / "removed")
        for _ in range(400):
            if client.get(f"{API}/jobs/{job['id']}").status_code == 404:
                return
            time.sleep(0.02)
    raise AssertionError(job)


def test_a_run_that_is_removed_is_not_made_anew_by_whoever_still_asks_it(folder: Path) -> None:
    make_run(Runs(folder), "autumn", "dual")
    runs = Runs(folder)
    run = runs.run("autumn")
    run.folder.rename(folder.parent / "removed")
    with pytest.raises(NotThere), run.store():
        pass
    assert not run.folder.exists()
    assert not runs.lines()


@pytest.mark.parametrize(
    ("place", "error"),
    [
        ("evaluator.service.jobs.queue.note", StorageError("The disk is full.")),
        ("evaluator.service.background_runs.Works.begin", UsageError("It is being read already.")),
        ("evaluator.service.background_runs.Work._evaluate", StorageError("The disk is full.")),
    ],
)
def test_a_job_that_meets_a_hindrance_is_tried_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, place: str, error: Exception
) -> None:
    monkeypatch.setattr("evaluator.service.jobs.queue._AGAIN", 0.01)
    with monkeypatch.context() as patch:
        met: list[object] = []

        def hinder(*_: object, **__: object) -> None:
            met.append(None)
            raise error

        patch.setattr(place, hinder)
        with platform(folder) as client:
            job = submit(client, files(wei=WEI))
            while not met:
                time.sleep(0.01)
            patch.undo()
            assert ended(client, job["id"])["done"] == 1


def test_documents_that_are_purged_leave_nothing_of_themselves_in_the_job(folder: Path) -> None:
    with platform(folder) as client:
        job = submit(client, files(wei_zhang=WEI, owen=OWEN), run="autumn")
        ended(client, job["id"])
        found = client.get(job["results"]).json()["items"]
        id_ = next(one["id"] for one in found if "wei" in one["source"])
        purge(folder / "autumn", [id_], replies=folder / "r", snapshots=folder / "s")
        left = client.get(job["results"]).json()["items"]
        assert [Path(one["source"]).name for one in left] == ["owen.md"]
        written = (folder / "autumn" / "jobs" / f"{job['id']}.json").read_text()
        assert "wei" not in written.lower()
        again = submit(client, files(wei_zhang=WEI), run="autumn")
        assert ended(client, again["id"])["purged"] == 1


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        (files(empty=b""), {}),
        (files(wei=WEI), {"role": "/etc/passwd"}),
        (files(wei=WEI), {"run": "../up"}),
        (files(wei=WEI), {"colour": "red"}),
        (files(wei=WEI), {"webhook": "https://elsewhere.example/"}),
        ([("other", ("a.md", WEI))], {}),
    ],
)
def test_what_cannot_be_accepted_is_refused_before_anything_is_begun(
    folder: Path, sent: Files, fields: dict[str, str]
) -> None:
    with platform(folder) as client:
        answer = client.post(f"{API}/jobs", files=sent, data=fields)
        assert answer.status_code == 422
        assert client.get(f"{API}/jobs").json()["total"] == 0


def test_what_is_no_job_of_ours_is_left_alone(folder: Path) -> None:
    run = make_run(Runs(folder), "autumn", "dual")
    save(run.folder, job_record("autumn", ids=()))
    for name, text in (("a.json", "{}"), (f"{'a' * 32}.json", "{"), (f"{'b' * 32}.json", job_record("x").model_dump_json())):  # fmt: skip
        (run.folder / "jobs" / name).write_text(text)
    with platform(folder) as client:
        found = client.get(f"{API}/jobs").json()
        assert found["total"] == 1
        assert ended(client, found["items"][0]["id"])["total"] == 0


@dataclass
class Listener:
    """A server that is told of jobs; answers in turn with the given statuses, then 200."""

    statuses: list[int] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    address: str = ""

    @contextmanager
    def listening(self) -> Iterator[Listener]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(outer.statuses.pop(0) if outer.statuses else 200)
                self.send_header("location", f"{outer.address}elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{server.server_port}/"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()


def allowed(*origins: str, private: bool = False) -> WebhookSettings:
    return WebhookSettings(to=origins, private=private, secret=SecretStr(SECRET))


def test_the_end_of_a_job_is_told_with_a_signature_until_it_is_taken(
    folder: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evaluator.service.api.routes.Sender", lambda settings: Sender(settings, HASTY))  # fmt: skip
    caplog.set_level("DEBUG")
    with Listener([503, 302]).listening() as listener, platform(folder, webhooks=allowed(listener.address)) as client:  # fmt: skip
        job = submit(client, files(wei=WEI), webhook=f"{listener.address}told")
        assert job["webhook"] == "waiting"
        assert ended(client, job["id"])["webhook"] == "delivered"
    assert len(listener.got) == 3
    headers, body = listener.got[-1]
    assert {h["webhook-id"] for h, _ in listener.got} == {job["id"]}
    assert {b for _, b in listener.got} == {body}
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(expected).decode()}"
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    told = json.loads(body)
    assert (told["type"], told["data"]["state"], told["data"]["done"]) == ("job.ended", "done", 1)
    assert "wei" not in body.decode().lower()
    assert SECRET not in caplog.text
    for path in (folder / job["run"]).rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()


def test_what_was_not_told_before_a_restart_is_told_after_it(folder: Path) -> None:
    with Listener().listening() as listener:
        run = make_run(Runs(folder), "autumn", "dual")
        save(run.folder, job_record("autumn", webhook=listener.address, ids=()).model_copy(update={"is_cancelled": True}))  # fmt: skip
        with platform(folder) as client:
            (job,) = client.get(f"{API}/jobs").json()["items"]
            assert ended(client, job["id"])["webhook"] == "given up"
        assert listener.got == []
        path = run.folder / "jobs" / f"{job['id']}.json"
        path.write_text(path.read_text().replace('"given up"', "null"))
        with platform(folder, webhooks=allowed(listener.address)) as client:
            assert ended(client, job["id"])["webhook"] == "delivered"
    assert json.loads(listener.got[0][1])["data"]["state"] == "cancelled"


@pytest.mark.parametrize(
    "address",
    ["http://hooks.example/", "https://hooks.example:444/", "https://hooks.example.evil.example/", "https://a@hooks.example/",
     "https://hooks.example\\@evil.example/", "file:///etc/passwd", "https://", "https://hooks.example:x/", "https://169.254.169.254/"],
)  # fmt: skip
def test_webhooks_go_to_allowed_origins_alone(address: str) -> None:
    sender = Sender(allowed("https://hooks.example"))
    sender.check("https://HOOKS.example:443/any?path")
    with pytest.raises(UsageError):
        sender.check(address)


@pytest.mark.parametrize(
    ("address", "public"),
    [("93.184.215.14", True), ("2606:2800:21f::1", True), ("127.0.0.1", False), ("10.1.2.3", False), ("169.254.169.254", False),
     ("::1", False), ("fe80::1%eth0", False), ("::ffff:10.0.0.1", False), ("64:ff9b::a00:1", False), ("2002:a00:1::", False),
     ("224.0.0.1", False), ("0.0.0.0", False), ("100.64.0.1", False)],
)  # fmt: skip
def test_addresses_of_own_networks_are_known_however_they_are_wrapped(
    address: str, public: bool
) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(("private", "told"), [(False, 0), (True, 1)])
def test_a_name_that_leads_to_an_own_network_is_not_connected_to_unless_allowed(
    private: bool, told: int
) -> None:
    with Listener().listening() as listener:
        address = listener.address.replace("127.0.0.1", "localhost")
        sender = Sender(allowed(address, private=private), HASTY)
        assert asyncio.run(sender.send(address, "id", b"{}")) is bool(told)
    assert len(listener.got) == told
    if told:
        assert listener.got[0][0]["host"] == address.split("/")[2]


def test_who_is_gone_or_not_there_is_given_up() -> None:
    with Listener([410]).listening() as listener:
        sender = Sender(allowed(listener.address), HASTY)
        assert not asyncio.run(sender.send(listener.address, "id", b"{}"))
        assert len(listener.got) == 1
    assert not asyncio.run(sender.send(listener.address, "id", b"{}"))


@pytest.mark.parametrize(
    ("to", "secret"),
    [(("https://a.example",), None), (("https://a.example",), "short"), (("https://a.example",), "whsec_?"), (("hooks",), SECRET)],
)  # fmt: skip
def test_webhooks_without_a_place_or_a_secret_are_refused_at_the_start(
    to: tuple[str, ...], secret: str | None
) -> None:
    with pytest.raises(ConfigurationError):
        Sender(WebhookSettings(to=to, secret=SecretStr(secret) if secret else None))


def test_two_secrets_sign_side_by_side() -> None:
    old, new = SECRET, "whsec_" + base64.b64encode(b"0123456789abcdef").decode()
    with Listener().listening() as listener:
        settings = WebhookSettings(to=(listener.address,), secret=SecretStr(f"{new} {old}".replace(SECRET, "x" * 20)))  # fmt: skip
        asyncio.run(Sender(settings, HASTY).send(listener.address, "id", b"{}"))
    assert listener.got[0][0]["webhook-signature"].count("v1,") == 2
