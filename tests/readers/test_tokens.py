"""What a request costs, counted with o200k, and how well it is foretold."""

from __future__ import annotations

import asyncio

from .costs import LEAST_SHARED, MOST_REPLY, MOST_REQUEST, measured


def test_requests_are_small_shared_and_foretold() -> None:
    rows = asyncio.run(measured())
    assert max(row["repositories"] for row in rows) == 10
    for row in rows:
        assert row["request"] <= MOST_REQUEST
        assert row["shared"] >= max(1_024, LEAST_SHARED * row["request"]), row["name"]
        assert row["reply"] <= MOST_REPLY
        assert abs(row["expected"][0] / row["request"] - 1) <= 0.2, row["name"]
    replies = sum(row["reply"] for row in rows)
    assert abs(sum(row["expected"][1] for row in rows) / replies - 1) <= 0.2
