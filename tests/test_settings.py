"""Settings are read once, from options and the environment, and a wrong one is one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator import ConfigurationError, Settings, UsageError
from evaluator.settings import make_settings


def test_the_environment_fills_what_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret-key")
    monkeypatch.setenv("EVALUATOR_MODEL", "from-env")
    monkeypatch.setenv("EVALUATOR_PRICES", "/prices.toml")
    found = make_settings(model=None)
    assert (found.model, found.reader_in_use, found.prices) == (
        "from-env",
        "model",
        Path("/prices.toml"),
    )
    assert make_settings(model="given").model == "given"
    assert "secret-key" not in repr(found)


def test_auto_is_the_rules_without_an_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().reader_in_use == "rules"
    assert Settings(base_url="http://127.0.0.1:1").reader_in_use == "model"
    assert Settings(base_url="http://127.0.0.1:1", offline=True).reader_in_use == "rules"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"reader": "model", "offline": True}, "EVALUATOR_MODEL"),
        ({"reader": "model"}, "OPENAI_API_KEY"),
        ({"reader": "model", "base_url": "http://127.0.0.1:1"}, "EVALUATOR_MODEL"),
    ],
)
def test_a_model_needs_an_endpoint_and_a_name(values: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        make_settings(**values).require_model()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"base_url": "nonsense"}, "--base-url"),
        ({"as_of": "yesterday"}, "--as-of"),
        ({"samples": 0}, "--samples"),
        ({"github_url": "ftp://x"}, "--github-url"),
    ],
)
def test_a_wrong_value_is_one_line(values: dict[str, object], said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        make_settings(**values)
    assert "\n" not in str(caught.value)


def test_the_cache_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EVALUATOR_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", "/xdg")
    assert Settings().snapshots == Path("/xdg/evaluator/portfolios")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert Settings().snapshots == Path.home() / ".cache" / "evaluator" / "portfolios"


def test_a_wrong_setting_of_a_program_is_one_of_our_errors() -> None:
    with pytest.raises(UsageError, match=r"^reader: .*no reader “.*”, only auto, model, rules"):
        Settings(reader="people")


def test_who_lets_reports_be_made_is_named_or_the_account_or_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EVALUATOR_OPERATOR", "Ada of Hiring")
    assert Settings().operator == "Ada of Hiring"
    monkeypatch.delenv("EVALUATOR_OPERATOR")
    monkeypatch.setattr("getpass.getuser", lambda: "ada")
    assert Settings().operator == "ada"

    def no_account() -> str:
        raise KeyError

    monkeypatch.setattr("getpass.getuser", no_account)
    assert Settings().operator == "unknown"
