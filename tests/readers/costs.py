"""What a request and a reply cost, in tokens of o200k.

The vocabulary comes from the npm package js-tiktoken (installed in tests/peers).
"""

from __future__ import annotations

import base64
import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import tiktoken

from evaluator import Settings
from evaluator.models.portfolio import Authorship, Portfolio, Repository, RepositoryFile
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.preparation import prepare
from evaluator.pipeline.public_code import weigh_account
from evaluator.pipeline.session import Session
from evaluator.readers.messages import build_messages, expected_input, expected_output
from evaluator.readers.parameters import EndpointCapabilities, ModelOptions
from fixtures.generators.portfolios import portfolios

from ..servers.npm import installed
from ..servers.readings import exact, reply_of

ROOT = Path(__file__).resolve().parents[2]
RESUMES, PORTFOLIOS = ROOT / "fixtures" / "resumes", ROOT / "fixtures" / "portfolios"
BUSY = "owen-pryce"
"""Gets the account of ten repositories."""
MOST_REQUEST, MOST_REPLY, LEAST_SHARED = 6_000, 2_000, 0.6


@cache
def encoding() -> tiktoken.Encoding:
    """o200k, from the ranks that js-tiktoken carries.

    Raises:
        FileNotFoundError: npm is not there.
    """
    path = installed("js-tiktoken/dist/ranks/o200k_base.js")
    text = path.read_text(encoding="utf-8")
    found = re.search(r"\{.*\}", text, re.S)
    assert found
    raw: dict[str, Any] = json.loads(found.group())
    ranks: dict[bytes, int] = {}
    for line in raw["bpe_ranks"].split("\n"):
        _, start, *tokens = line.split(" ")
        for rank, token in enumerate(tokens, int(start)):
            ranks[base64.b64decode(token)] = rank
    return tiktoken.Encoding(
        "o200k", pat_str=raw["pat_str"], mergeable_ranks=ranks, special_tokens={}
    )


def tokens_of(text: str) -> int:
    return len(encoding().encode(text, disallowed_special=()))


def request_tokens(body: dict[str, Any]) -> int:
    """Of the messages and of the schema, which servers put into the prompt."""
    schema = json.dumps(body["response_format"]["json_schema"]["schema"])
    return sum(tokens_of(m["content"]) + 4 for m in body["messages"]) + tokens_of(schema)


def busy_portfolio() -> Portfolio:
    """An account of ten repositories, each with a long README, many telling paths and a workflow."""
    (own,) = (p for p in portfolios() if p.profile.login == "fictional-oprice")
    kinds = ["churn", "fraud", "ranking", "routing", "pricing", "demand", "speech", "vision", "search", "credit"]  # fmt: skip

    def read(kind: str) -> str:
        return "\n".join(
            f"Step {n} of {kind} trains, evaluates and deploys its model, then watches drift of {kind} feature {n} in production."
            for n in range(40)
        )

    def paths(kind: str) -> tuple[str, ...]:
        sources = [f"src/{kind}_{n}/train_{kind}_{n}.py" for n in range(30)]
        return (*sources, *(f"k8s/{kind}-{n}.yaml" for n in range(20)))

    def steps(kind: str) -> str:
        return "\n".join(
            f"      - name: {kind} {n}\n        run: make {kind}-{n}" for n in range(12)
        )

    repositories = tuple(
        Repository(
            full_name=f"fictional-oprice/work-{number}",
            description=f"{kind.title()} model: training, serving on Kubernetes and drift alerts",
            topics=("mlops", "forecasting", "kubernetes"),
            created=date(2023, 1, 1), pushed=date(2026, 1, 1), size_kb=900, releases=3,
            paths=paths(kind),
            files=(
                RepositoryFile(path="README.md", text=read(kind)),
                RepositoryFile(path=".github/workflows/ci.yml", text=f"on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n{steps(kind)}"),
            ),
            authorship=Authorship(
                own=90, total=92, first=date(2023, 2, 1), last=date(2025, 8, 1), days=40,
                messages=tuple(f"Check {kind} feature {n} for drift" for n in range(20)),
            ),
        )
        for number, kind in enumerate(kinds)
    )  # fmt: skip
    return own.model_copy(update={"repositories": repositories})


async def measured() -> list[dict[str, Any]]:
    """Tokens of every fixture's request, of its shared part, of its reply, and as expected."""
    arguments = EndpointCapabilities().arguments(
        ModelOptions(model="m", base_url="http://x/v1"), 4_000
    )
    schema = tokens_of(json.dumps(arguments["response_format"]["json_schema"]["schema"]))
    rows = []
    busy = busy_portfolio()
    async with Session(Settings(reader="rules", offline=True, snapshots=PORTFOLIOS)) as session:
        for path in sorted(RESUMES.iterdir()):
            document = await session.read_document(load_input(path))
            candidate = await session.candidate(document)
            if path.stem == BUSY:
                code = weigh_account(busy, candidate.person, given=True, proof=None)
                candidate = prepare(document, candidate.parts, candidate.person, code)
            body = {"messages": build_messages(candidate.request), **arguments}
            items = exact(body)
            rows.append(
                {
                    "name": path.stem,
                    "repositories": len(candidate.repositories.sources),
                    "request": request_tokens(body),
                    "shared": schema + tokens_of(body["messages"][0]["content"]) + 4,
                    "items": len(items),
                    "reply": tokens_of(reply_of(items)),
                    "expected": (expected_input(candidate.request), expected_output(len(items))),
                }
            )
    return rows
