"""A loopback GitHub: GraphQL and REST for one invented account, with faults to order."""

from __future__ import annotations

import gzip
import json
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .points import points

LOGIN = "fictional-ada"
MOVED = "fictional-ada-before"
"""An owner whose repositories have moved to :data:`LOGIN`."""
_PAGE = 60
Reply = tuple[int, dict[str, str], bytes]


class GitHubServer:
    """What was asked, and the faults to give before the true answers."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[tuple[str, str, Any]] = []
        self.tokens: list[str | None] = []
        self.faults: list[Reply] = []
        self.fault_for: dict[str, Reply] = {}
        self.fault_after: tuple[str, int, Reply] | None = None
        """An operation, how often it is answered first, and the fault from then on."""
        self.remaining = 50
        self.repositories = [index_entry(n) for n in range(1, 4)]
        self.answered: dict[str, int] = {}
        self.unlisted = 2
        """Repositories that the count has and no page lists."""
        self.everybody = False
        """Every login is this one account."""
        self.latency = 0.0
        """Seconds before each answer."""
        self.sent = 0
        """Bytes of bodies."""
        self.points = 0
        """Of GraphQL, by the documented formula."""
        self.name: str | None = "Ada Fictional"

    def fault(self, key: str) -> Reply | None:
        """The fault to give instead of the answer to an operation or path."""
        self.answered[key] = self.answered.get(key, 0) + 1
        if self.faults:
            return self.faults.pop(0)
        if self.fault_after and self.fault_after[0] == key:
            _, times, fault = self.fault_after
            return fault if self.answered[key] > times else None
        return self.fault_for.get(key)


def index_entry(n: int) -> dict[str, Any]:
    return {
        "id": f"R_{n}",
        "databaseId": 100 + n,
        "nameWithOwner": f"{LOGIN}/tool-{n}",
        "description": "Trains a model \u202e and serves it",
        "isFork": n == 3,
        "isArchived": False,
        "isEmpty": False,
        "isMirror": False,
        "isTemplate": False,
        "createdAt": "2023-01-01T00:00:00Z",
        "pushedAt": "2025-06-01T00:00:00Z",
        "diskUsage": 100 * n,
        "stargazerCount": 5,
        "licenseInfo": {"spdxId": "MIT"},
        "parent": None,
        "templateRepository": None,
        "repositoryTopics": {"nodes": [{"topic": {"name": "mlops"}}]},
        "languages": {"edges": [{"size": 1000, "node": {"name": "Python"}}]},
    }


def _deep(n: int) -> dict[str, Any]:
    commits = [
        {"authoredDate": f"2024-{month:02d}-03T00:00:00Z", "messageHeadline": f"Step {month}"}
        for month in range(1, 13)
    ]
    return {
        "id": f"R_{n}",
        "nameWithOwner": f"{LOGIN}/tool-{n}",
        "releases": {"totalCount": 4, "nodes": []},
        "defaultBranchRef": {
            "target": {"all": {"totalCount": 40}, "mine": {"totalCount": 36, "nodes": commits}}
        },
        "root": {
            "entries": [
                {"name": "README.md", "type": "blob", "size": 100},
                {"name": "train.py", "type": "blob", "size": 10},
                {"name": "tests", "type": "tree", "object": {"entries": [{"name": "test_a.py"}]}},
            ]
        },
        "workflows": {"entries": [{"name": "train.yml", "type": "blob", "size": 50}]},
    }


FILES = {
    "HEAD:README.md": "# tool\n\nTrains a classifier model with torch.\n",
    "HEAD:.github/workflows/train.yml": "jobs:\n  a:\n    steps:\n      - run: python train.py\n",
}


@contextmanager
def github_server() -> Iterator[GitHubServer]:
    """Serve on a free port of loopback until the block ends."""
    state = GitHubServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._answer("GET", parts.path, parse_qs(parts.query))

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            self._answer("POST", self.path, body)

        def _answer(self, method: str, path: str, what: Any) -> None:
            time.sleep(state.latency)
            state.asked.append((method, path, what))
            state.tokens.append(self.headers.get("authorization"))
            key = _operation(what) if method == "POST" else path
            fault = state.fault(key)
            if fault:
                self._send(*fault)
                return
            if method == "GET" and f"/{MOVED}/" in path:
                self._send(301, {"location": path.replace(f"/{MOVED}/", f"/{LOGIN}/")}, b"")
                return
            value = _graphql(state, what) if method == "POST" else _rest(state, path)
            status = 404 if value is None else 200
            body = gzip.compress(json.dumps(value).encode(), mtime=0)
            tag = f'"{zlib.crc32(body):08x}"'
            if self.headers.get("if-none-match") == tag:
                self._send(304, {"etag": tag}, b"")
                return
            headers = {
                "content-encoding": "gzip",
                "etag": tag,
                "x-ratelimit-remaining": str(state.remaining),
                "x-ratelimit-resource": "search" if path.startswith("/search") else "core",
            }
            self._send(status, headers, body)
            state.remaining = max(0, state.remaining - (headers["x-ratelimit-resource"] == "core"))

        def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            state.sent += len(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _operation(body: dict[str, Any]) -> str:
    text = str(body["query"])
    return text[text.index("query ") + 6 :].split("(")[0].split(" ")[0]


def _graphql(state: GitHubServer, body: dict[str, Any]) -> dict[str, Any]:
    operation, variables = _operation(body), body["variables"]
    state.points += points(str(body["query"]), variables)
    if operation == "Profile":
        if variables["login"].lower() != LOGIN and not state.everybody:
            return {"data": {"user": None}, "errors": [{"type": "NOT_FOUND", "message": "no"}]}
        user = {
            "id": "U_1",
            "databaseId": 4711,
            "login": LOGIN,
            "name": state.name,
            "bio": "hello",
            "websiteUrl": "https://ada.example",
            "createdAt": "2016-01-01T00:00:00Z",
            "socialAccounts": {"nodes": []},
            "followers": {"totalCount": 3},
            "repositories": _page(state, variables),
        }
        return {"data": {"user": user}}
    if operation == "ExternalPullRequests":
        node = {
            "number": 7,
            "title": "Add drift detection to the exporter",
            "mergedAt": "2024-01-01T00:00:00Z",
            "additions": 120,
            "deletions": 3,
            "mergedBy": {"login": "somebody"},
            "repository": {"nameWithOwner": "example-org/exporter"},
        }
        own = {**node, "number": 8, "mergedBy": {"login": LOGIN}}
        return {"data": {"search": {"issueCount": 2, "nodes": [node, own]}}}
    if operation == "ContributedTo":
        nodes = [{"id": "R_9", "nameWithOwner": "example-org/exporter"}]
        return {"data": {"user": {"repositoriesContributedTo": {"totalCount": 1, "nodes": nodes}}}}
    if operation == "Repos":
        return {"data": {"nodes": [_deep(int(i.removeprefix("R_"))) for i in variables["ids"]]}}
    return {"data": _files(variables)}


def _page(state: GitHubServer, variables: dict[str, Any]) -> dict[str, Any]:
    start = int(variables.get("after") or 0)
    end = start + _PAGE
    return {
        "totalCount": len(state.repositories) + state.unlisted,
        "pageInfo": {"hasNextPage": end < len(state.repositories), "endCursor": str(end)},
        "nodes": state.repositories[start:end],
    }


def _files(variables: dict[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, value in variables.items():
        if "f" not in name:
            data.setdefault(name, {})
            continue
        block, _, number = name.partition("f")
        text = FILES.get(value)
        data.setdefault(block, {})[f"f{number}"] = {"text": text, "isBinary": text is None}
    return data


def _rest(state: GitHubServer, path: str) -> Any:
    if path == "/rate_limit":
        return {"resources": {}}
    if path == f"/users/{LOGIN}":
        return {
            "login": LOGIN, "id": 4711, "type": "User", "name": state.name, "blog": "", "public_repos": 3,
            "created_at": "2016-01-01T00:00:00Z", "email": None, "followers": 3,
        }  # fmt: skip
    if path == f"/users/{LOGIN}/repos":
        return [
            {
                "owner": {"login": LOGIN, "id": 4711, "type": "User"},
                "full_name": r["nameWithOwner"], "description": r["description"], "fork": r["isFork"],
                "topics": ["mlops"], "size": r["diskUsage"], "language": "Python", "license": None,
                "created_at": r["createdAt"], "pushed_at": r["pushedAt"], "stargazers_count": 5,
            }
            for r in state.repositories
        ]  # fmt: skip
    if path == "/search/issues":
        item = {
            "number": 7, "title": "Add drift detection to the exporter",
            "repository_url": f"{state.url}/repos/example-org/exporter",
            "pull_request": {"merged_at": "2024-01-01T00:00:00Z"},
        }  # fmt: skip
        return {"items": [item]}
    if path.endswith("/git/trees/HEAD"):
        return {"tree": [{"path": "train.py", "type": "blob"}, {"path": "tests", "type": "tree"}]}
    if path.endswith("/contributors"):
        return [{"login": LOGIN, "contributions": 30}, {"name": "x", "contributions": 5}]
    return None
