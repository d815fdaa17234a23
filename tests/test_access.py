"""Files go where they were meant to and are read by those who were meant to, whatever the umask."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluator import StorageError
from evaluator.access import Access, make_folder, make_own, open_own, write_own


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize(
    ("access", "file", "folder"),
    [(Access.OWNER, 0o600, 0o700), (Access.GROUP, 0o640, 0o750), (Access.EVERYONE, 0o644, 0o755)],
)
def test_modes_are_those_asked_for(tmp_path: Path, access: Access, file: int, folder: int) -> None:
    make_folder(tmp_path / "a" / "b", access)
    for path in (tmp_path / "a", tmp_path / "a" / "b"):
        assert path.stat().st_mode & 0o777 == folder
    os.close(open_own(tmp_path / "one", access))
    make_own(tmp_path / "two", access)
    (tmp_path / "three").write_text("older")
    write_own(tmp_path / "three", b"x", access)
    for name in ("one", "two", "three"):
        assert (tmp_path / name).stat().st_mode & 0o777 == file


def _link(path: Path, victim: Path) -> None:
    path.symlink_to(victim)


def _dangling(path: Path, victim: Path) -> None:
    path.symlink_to(victim.with_name("missing"))


def _relative(path: Path, victim: Path) -> None:
    path.symlink_to(os.path.relpath(victim, path.parent))


def _hard(path: Path, victim: Path) -> None:
    path.hardlink_to(victim)


def _pipe(path: Path, victim: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("trap", [_link, _dangling, _relative, _hard, _pipe])
def test_nothing_is_written_through_a_link(tmp_path: Path, trap: object) -> None:
    victim, path = tmp_path / "victim", tmp_path / "place"
    victim.write_text("original")
    assert callable(trap)
    trap(path, victim)
    with pytest.raises(StorageError, match="cannot be written"):
        open_own(path)
    if trap in {_link, _dangling, _relative}:
        with pytest.raises(StorageError, match="link"):
            write_own(path, b"ours")
    assert victim.read_text() == "original"
    assert not (tmp_path / "missing").exists()
