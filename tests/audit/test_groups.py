"""A file of groups is read whole and as it says, or refused in one line that tells what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator import UsageError
from evaluator.audit import groups
from evaluator.audit.groups import load_groups


def _written(folder: Path, content: bytes | str) -> Path:
    path = folder / "groups.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_groups_are_what_the_file_says_and_nothing_is_guessed(tmp_path: Path) -> None:
    text = '\ufeffID , Sex,Race,Name,selected\r\n1,F,"Two, or more",Ann,yes\r\n\r\n2,,B,Bob,NO\r\n3,m,N/A,Cy,perhaps\r\n,F,B,,1\r\n4\r\n5,F,B,,,,\r\n'
    found = load_groups(_written(tmp_path, text))
    assert found.key == "id"
    assert found.people == ("1", "2", "3", "4", "5")
    assert found.attributes == {
        "sex": {"1": "F", "3": "m", "5": "F"},
        "race": {"1": "Two, or more", "2": "B", "5": "B"},
        "sex × race": {"1": "F × Two, or more", "5": "F × B"},
    }
    assert found.selected == {"1": True, "2": False}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "has no column that names people"),
        ("sex,race\nF,B\n", "has no column that names people"),
        ("id;sex\n1;F\n", "has no column that names people"),
        ("id,name,selected\n1,Ann,1\n", "has no attribute"),
        ("id,sex\n1,F\n1,M\n", "names somebody twice (1)"),
        ('id,sex\n1,"F\n', "is no CSV"),
        ('id,sex\n1,"F"x\n', "is no CSV"),
        ("id,sex,Sex\n1,F,M\n", "two columns are called “sex”"),
        ("id,sex\n1,Two, or more\n", "line 2 has more fields"),
        ("id,söx\n1,F\n".encode("latin-1"), "is not in UTF-8"),
        ("id,sex\n1,F\n".encode("utf-16"), "is not in UTF-8"),
        ("id,town\n" + "".join(f"{n},{n}\n" for n in range(61)), "has more than 60 groups"),
    ],
)
def test_a_malformed_file_is_one_line(tmp_path: Path, content: bytes | str, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_groups(_written(tmp_path, content))
    assert says in caught.value.message
    assert str(tmp_path) in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_a_file_that_is_too_large_or_no_file_is_refused_and_never_read_in_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "_MOST_BYTES", 2**20)
    with pytest.raises(UsageError, match="larger than 1 MiB"):
        load_groups(_written(tmp_path, "id,sex\n" + "é,F\n" * 2**18))
    for path in (tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(UsageError, match="cannot be read"):
            load_groups(path)
