"""The account a resume names, and what is never an account."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from evaluator.documents.reading import read_document
from evaluator.github.accounts import choose_account, mention_of

FILLER = "\nBaker at the corner shop, with bread and cakes of all kinds every day."


@dataclass(frozen=True)
class Mention:
    text: str
    login: str | None


MENTIONS = [
    Mention("https://github.com/fictional-a", "fictional-a"),
    Mention("http://www.github.com/fictional-a/", "fictional-a"),
    Mention("github.com/Fictional-A", "Fictional-A"),
    Mention("Code: github.com/fictional-a.", "fictional-a"),
    Mention("(github.com/fictional-a)", "fictional-a"),
    Mention("GitHub: fictional-a", "fictional-a"),
    Mention("GitHub – @fictional-a", "fictional-a"),
    Mention("Github profile: fictional-a | LinkedIn", "fictional-a"),
    Mention("https://github.com/fictional-a?tab=repositories", "fictional-a"),
    Mention("https://fictional-a.github.io/blog", "fictional-a"),
    Mention("https://gist.github.com/fictional-a/abc123", "fictional-a"),
    Mention("https://github.com/fictional-a/tool", "fictional-a"),
    Mention("https://github.com/sponsors/fictional-a", "fictional-a"),
    Mention("https://github.com/fictional-a and https://github.com/other/lib", "fictional-a"),
    Mention("https://github.com/fictional-a/x https://github.com/other/lib", None),
    Mention("https://github.com/fictional-a https://github.com/fictional-b", None),
    Mention("github.com.evil.example/fictional-a", None),
    Mention("https://github.com@evil.example/fictional-a", None),
    Mention("https://githûb.com/fictional-a", None),
    Mention("https://mygithub.com/fictional-a", None),
    Mention("https://github.com/orgs/acme", None),
    Mention("https://github.com/topics/mlops", None),
    Mention("https://github.com/login", None),
    Mention("https://github.com/features/actions", None),
    Mention("https://github.com/settings/profile", None),
    Mention("https://github.com/", None),
    Mention("https://github.com/-bad-", None),
    Mention("https://github.com/../etc", None),
    Mention("https://github.com/" + "a" * 45, None),
    Mention("fictional-a@github.com", None),
    Mention("fictional@users.noreply.github.com", None),
    Mention("Used GitHub Actions and GitHub, daily", None),
    Mention("GitHub: https://example.com/x", None),
    Mention("https://gitlab.com/fictional-a", None),
    Mention("git@github.com:fictional-a/tool.git", None),
    Mention("ftp://github.com/fictional-a", None),
    Mention("https://github.com:8443/fictional-a", None),
    Mention("nothing here", None),
]


@pytest.mark.parametrize("case", MENTIONS, ids=lambda c: c.text[:45])
def test_mentions(case: Mention) -> None:
    document = read_document((case.text + FILLER).encode(), "a.txt")
    choice = choose_account(document)
    assert choice.login == case.login
    assert choice.reason


def test_a_link_behind_a_label_wins_over_the_text() -> None:
    page = f"<html><a href='https://github.com/fictional-a'>my code</a> <a href='https://github.com/org/lib'>lib</a><p>{FILLER}"
    choice = choose_account(read_document(page.encode(), "a.html"))
    assert choice.login == "fictional-a"
    assert [m.rank for m in choice.mentions] == [0, 2]


def test_broken_addresses_are_nothing() -> None:
    assert mention_of("http://[github.com/x", "a link") is None
    assert mention_of("https://github.com:99999999/x", "a link") is None
