"""``evaluator.toml``: found, overridden by the environment and by options, explained when wrong, and without secrets."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from evaluator import ConfigurationError, UsageError
from evaluator.cli import run
from evaluator.config_file import find_config
from evaluator.settings import config_file, make_settings

from .conftest import PORTFOLIOS, RESUMES

OWEN = str(RESUMES / "owen-pryce.md")


def written(folder: Path, text: str, name: str = "evaluator.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("git", "home", "found"),
    [
        ("a/b", "a", None),
        ("a", None, "a"),
        (None, "a", "a"),
        (None, ".", "a"),
        (None, None, None),
        ("a/b/c", None, None),
    ],
)
def test_the_nearest_file_is_looked_for_as_far_as_a_repository_or_home(
    git: str | None, home: str | None, found: str | None, tmp_path: Path
) -> None:
    (tmp_path / "a/b/c").mkdir(parents=True)
    path = written(tmp_path / "a", "")
    if git:
        (tmp_path / git / ".git").mkdir()
    wanted = path if found else None
    assert find_config(tmp_path / "a/b/c", tmp_path / home if home else None) == wanted
    assert find_config(tmp_path / "a", None) == path


def test_options_come_before_the_environment_and_that_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(
        tmp_path,
        'model = "of-file"\nrole = "ml-engineer"\nconcurrency = 3\nsnapshots = "kept"\nrubric = "r.toml"\n'
        'base-url = "http://127.0.0.1:1/v1"\nas_of = "2025-01"\ntokens_per_minute = 90000\n',
    )
    monkeypatch.setenv("EVALUATOR_MODEL", "of-environment")
    monkeypatch.delenv("EVALUATOR_AS_OF")
    found = make_settings(config_file(path), concurrency=4, role=None)
    assert (found.model, found.role, found.concurrency) == ("of-environment", "ml-engineer", 4)
    assert (found.snapshots, found.rubric) == (tmp_path / "kept", tmp_path / "r.toml")
    assert (found.base_url, found.as_of) == ("http://127.0.0.1:1/v1", "2025-01")
    monkeypatch.setenv("EVALUATOR_CONFIG", str(path))
    assert make_settings(config_file()) == make_settings(config_file(path))


def test_a_role_file_is_relative_to_the_file_that_names_it(tmp_path: Path) -> None:
    path = written(tmp_path, 'role = "mine.toml"')
    assert make_settings(config_file(path)).role == str(tmp_path / "mine.toml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('modle = "m"', "there is no setting “modle”. Did you mean “model”?"),
        ('requests-per-minut = 3', "Did you mean “requests_per_minute”?"),
        ("xyzzy = 1", "there is no setting “xyzzy”. “evaluator batch --help” lists them"),
        ("[model]\nname = 'm'", "model: Input should be a valid string"),
        ("concurrency = 0", "concurrency: Input should be greater than or equal to 1"),
        ("model = ", "is not valid TOML"),
    ],
)  # fmt: skip
def test_a_mistake_in_it_is_one_line(text: str, says: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    with pytest.raises(UsageError) as caught:
        config_file(path)
    assert str(path) in str(caught.value)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('api_key = "hunter2hunter2"', "OPENAI_API_KEY"),
        ('openai-api-key = "hunter2hunter2"', "OPENAI_API_KEY"),
        ('github_token = "hunter2hunter2"', "GITHUB_TOKEN"),
        ('base_url = "https://u:hunter2hunter2@example.org/v1"', "OPENAI_API_KEY"),
        ('base_url = "https://example.org/v1?api-key=hunter2hunter2"', "OPENAI_API_KEY"),
        ('model = "sk-hunter2hunter2hunter2"', "OPENAI_API_KEY"),
        ('github_url = "https://u:hunter2hunter2@example.org"', "GITHUB_TOKEN"),
        ('password = "hunter2hunter2"', "OPENAI_API_KEY"),
    ],
)
def test_secrets_are_refused_and_not_repeated(text: str, hint: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=hint) as caught:
        config_file(written(tmp_path, text))
    assert "hunter2" not in str(caught.value)


def test_a_file_that_is_not_there_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["evaluate", OWEN, "--offline", "--config", str(tmp_path / "none.toml")]) == 2
    assert "none.toml cannot be read" in capsys.readouterr().err


def test_commands_use_the_nearest_file_and_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, f'reader = "rules"\noffline = true\nrole = "ml-engineer"\nsnapshots = "{PORTFOLIOS}"\n')  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run(["evaluate", OWEN]) == 0
    told = capsys.readouterr()
    assert "fit for ml-engineer" in told.out
    assert told.err.splitlines() == [f"Settings of {path} are used."]
    assert run(["evaluate", OWEN, "--role", "mlops-engineer"]) == 0
    assert "fit for mlops-engineer" in capsys.readouterr().out
    other = written(tmp_path, 'reader = "rules"\noffline = true\n', "other.toml")
    for command in (["evaluate", OWEN, "--config", str(other)], ["--config", str(other), "evaluate", OWEN]):  # fmt: skip
        assert run(command) == 0
        told = capsys.readouterr()
        assert "fit for dual" in told.out
        assert told.err.splitlines()[0].startswith("evaluator: The portfolio")


def test_doctor_says_which_file_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["doctor", "--offline"]) == 0
    assert "ok  settings   no evaluator.toml" in capsys.readouterr().out
    path = written(tmp_path, 'reader = "rules"\njobs = 2\n')
    assert run(["doctor", "--offline"]) == 0
    assert f"ok  settings   {path} (reader, jobs)" in capsys.readouterr().out
    path.write_text('api_key = "hunter2hunter2"')
    assert run(["doctor", "--offline"]) == 1
    told = capsys.readouterr().out
    assert f"!!  settings   {path}: “api_key” is a secret" in told
    assert "ok  github     offline" in told


def test_a_file_of_another_user_is_used_only_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "jobs = 7")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.getuid", lambda: path.stat().st_uid + 1)
    if path.stat().st_uid == 0:
        monkeypatch.setattr("evaluator.settings.find_config", lambda *_: Owned(path))
    with pytest.raises(UsageError, match="belongs to another user"):
        config_file()
    assert config_file(path) is not None


class Owned(type(Path())):  # type: ignore[misc]
    """A path whose owner is nobody here."""

    def stat(self, **_: object) -> SimpleNamespace:
        return SimpleNamespace(st_uid=4242)


def test_in_a_folder_that_is_gone_there_is_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: type[Path]) -> Path:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "cwd", classmethod(gone))
    assert config_file() is None


def test_without_a_home_the_working_folder_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless(_: type[Path]) -> Path:
        raise RuntimeError

    path = written(tmp_path, "jobs = 7")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "home", classmethod(homeless))
    found = config_file()
    assert found is not None
    assert found.path == path
