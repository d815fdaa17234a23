"""Keys: what can be sent, and what is said of the others."""

from __future__ import annotations

import pytest

from evaluator.errors import ConfigurationError
from evaluator.transport import sendable


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        ("sk-abc", "sk-abc"),
        (" sk-abc\n", "sk-abc"),
        ("Bearer sk-abc", "sk-abc"),
        ("Basic dTpw", "Basic dTpw"),
    ],
)
def test_a_key_is_sent_bare(key: str, sent: str) -> None:
    assert sendable(key, "OPENAI_API_KEY") == sent


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("“sk-abc”", "quotation mark"),
        ('"sk-abc"', "quotation mark"),
        ("sk-\nabc", "line break"),
        ("sk-abc sk-def", "space"),
        ("sk-abc\u200b", "zero width space"),
        ("sk-аbc", "cyrillic"),
        ("sk-abc\u00a0x", "space"),
    ],
)
def test_a_key_that_no_header_carries_is_named_by_its_variable_and_not_shown(
    key: str, said: str
) -> None:
    with pytest.raises(ConfigurationError, match=said) as caught:
        sendable(key, "GITHUB_TOKEN")
    assert "GITHUB_TOKEN" in str(caught.value)
    assert "sk-" not in str(caught.value)
