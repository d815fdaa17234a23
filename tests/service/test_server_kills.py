"""A server that is killed loses nothing that it answered for, and does nothing twice."""

from __future__ import annotations

import pytest

from .server_kills import server_kills


def test_a_server_that_is_killed_loses_nothing_and_doubles_nothing(
    request: pytest.FixtureRequest,
) -> None:
    found = server_kills(200 if request.config.getoption("nightly") else 2)
    assert found.pop("jobs") > 0
    assert found.pop("decisions") > 0
    assert found.pop("kills") > 0
    assert set(found.values()) == {0}, found
