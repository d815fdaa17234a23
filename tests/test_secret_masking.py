"""No secret leaves in words: what looks like a key, and what this process was given."""

from __future__ import annotations

import base64
import json
import time

import pytest
from pydantic import SecretStr

from evaluator import ModelError, Settings, UsageError
from evaluator import secret_masking as masking
from evaluator.secret_masking import MASK, in_one_line, learn, masked, readable, without_known_in
from evaluator.settings import make_settings


@pytest.fixture(autouse=True)
def _forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is learnt here is a word elsewhere."""
    monkeypatch.setattr(masking, "_known", {})
    monkeypatch.setattr(masking, "_whole", {})


OWN = 'Tr0ub4dor&3/"x'


@pytest.mark.parametrize(
    "said",
    [
        "Incorrect API key provided: sk-SECRETKEY1234567890",
        "Authorization: Bearer SECRETKEY1234567890",
        '{"headers": {"api-key": "SECRETKEY1234567890"}}',
        "bad token ghp_SECRETKEY123456 for this host",
        "bad key sk-SECRET\u200bKEY12345\x0067890",
        "GET /v1?api-version=2024-10-21&api_key=SECRETKEY123456",
        "cannot connect to http://user:SECRETKEY@host.example/v1",
        "Basic dXNlcjpTRUNSRVRLRVk=",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJTRUNSRVRLRVkifQ.SECRETKEY",
        "-----BEGIN RSA PRIVATE KEY-----\nSECRETKEY\nSECRETKEY",
    ],
)
def test_what_looks_like_a_key_is_masked(said: str) -> None:
    error = str(ModelError(said, hint=said))
    assert "SECRETKEY" not in error
    assert "U0VDUkVU" not in error
    assert "TRUNSRVRLRV" not in error


@pytest.mark.parametrize(
    "said",
    [
        "The word password123 is not the one that was learnt.",
        "The risk-assessment-framework-of-2024 is described in README.md.",
        "http://127.0.0.1:8080/v1 knows no model “m” (404).",
        "https://medium.example/@someone cannot be read.",
        "The budget of 0.5 USD is used up. The model's key is missing: set OPENAI_API_KEY.",
        "Line 7 of results.jsonl is no result of a batch.",
    ],
)
def test_what_is_no_key_stays(said: str) -> None:
    assert masked(said) == said


@pytest.mark.parametrize(
    "form",
    [
        OWN,
        json.dumps(OWN),
        OWN.upper(),
        OWN[:9],
        "Tr0ub4dor%263%2F%22x",
        "Tr0ub4dor&amp;3/&quot;x",
        base64.b64encode(OWN.encode()).decode(),
    ],
    ids=["plain", "JSON", "upper case", "cut", "address", "page", "Base64"],
)
def test_a_known_secret_is_masked_in_every_form(form: str) -> None:
    Settings(api_key=SecretStr(OWN))
    found = str(UsageError(f"refused <{form}> at once"))
    assert MASK in found
    assert OWN[:9].lower() not in found.lower()
    assert form not in found
    assert without_known_in(["a", {"b": [OWN, 1]}]) == ["a", {"b": [MASK, 1]}]


def test_data_keeps_words_that_somebody_took_for_a_password() -> None:
    learn("kubernetes", "password!", "Qz81-aaaa-bbbb-cccc")
    assert without_known_in("kubernetes and Qz81-aaaa") == "kubernetes and Qz81-aaaa"
    assert without_known_in("x Qz81-aaaa-bbbb-cccc") == f"x {MASK}"
    assert masked("kubernetes, Qz81-aaaa-b") == f"{MASK}, {MASK}"
    assert masked("a password, or password!?") == f"a password, or {MASK}?"


def test_keys_of_servers_that_want_none_are_words() -> None:
    for key in ("none", "k", "ollama", "EMPTY"):
        learn(key)
    assert masked("none of them; ask ollama, not EMPTY") == "none of them; ask ollama, not EMPTY"


def test_user_information_leaves_the_address() -> None:
    settings = make_settings(base_url="https://me:s3cretly@host.example:8443/v1?x=1")
    assert settings.base_url == "https://host.example:8443/v1?x=1"
    assert settings.base_url_login is not None
    assert settings.base_url_login.get_secret_value() == "me:s3cretly"
    assert "s3cretly" not in f"{settings!r} {settings.model_dump_json()} {masked('it is s3cretly')}"
    with pytest.raises(UsageError) as caught:
        make_settings(base_url="ftp://me:s3cretly@host.example")
    assert "s3cretly" not in str(caught.value)


def test_an_error_is_one_line_that_moves_no_cursor() -> None:
    error = str(ModelError("a\x1b]0;pwn\x07\nb\u202ec\x9b31m\udce9"))
    assert error.isprintable()
    assert readable("r\udce9sum\udce9") != readable("r\udce8sum\udce8")
    assert in_one_line("Zoë Ångström · “x”") == "Zoë Ångström · “x”"


@pytest.mark.no_cover
def test_masking_grows_with_the_text() -> None:
    learn("aaaaaaaaaaaaaaab")

    def seconds(count: int) -> float:
        start = time.process_time()
        for text in (
            "a" * count,
            "key=" * count,
            "token: a" * count,
            "://" * count,
            "bearer " * count,
        ):
            masked(text)
        return time.process_time() - start

    seconds(100)
    assert seconds(20_000) < 40 * max(seconds(2_000), 0.005)
