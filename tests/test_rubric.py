"""The rubric file is coherent, and a user's own role is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator import UsageError
from evaluator.roles.loading import load_role
from evaluator.rubric import load_rubric


def test_the_rubric_is_coherent() -> None:
    rubric = load_rubric()
    assert sum(rubric.score.weights) == pytest.approx(1)
    assert list(rubric.score.weights) == sorted(rubric.score.weights, reverse=True)
    assert rubric.key.startswith(rubric.version + "+")


def test_a_role_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "mine"\ntitle = "Mine"\n[needs]\ndata = 2\n')
    assert load_role(str(path)).needs["data"] == 2  # type: ignore[index]


@pytest.mark.parametrize(
    "text",
    [
        "name = ",
        'name = "x"',
        'name = "x"\ntitle = "y"\n[needs]\nschool = 2\n',
        'name = "x"\ntitle = "y"\n[needs]\ndata = 9\n',
    ],
)
def test_a_bad_role_is_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text)
    with pytest.raises(UsageError, match="not valid") as caught:
        load_role(str(path))
    assert "\n" not in str(caught.value)


def test_an_unknown_role_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="mlops-engineer"):
        load_role("wizard")
