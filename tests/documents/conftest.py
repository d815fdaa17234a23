"""What several tests of documents need: the browser that the README's test command installs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from evaluator.documents.drawing.chromium import chromium_at
from evaluator.documents.drawing.programs import programs


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A running Chromium; a machine without one fails the test."""
    path = programs().get("chromium")
    assert path, "the README's test command installs Chromium"
    with chromium_at(path, tmp_path_factory.mktemp("profile")) as found:
        yield found
