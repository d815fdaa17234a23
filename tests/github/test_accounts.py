"""The account a resume names, and what is never an account."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from evaluator.documents.reading import read_document
from evaluator.github.accounts import choose_account, mention_of

from .account_mentions import RESUME, WRITTEN, Written

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
    Mention("fictional@users.noreply.github.com", "fictional"),
    Mention("Used GitHub Actions and GitHub, daily", None),
    Mention("GitHub: https://example.com/x", None),
    Mention("https://gitlab.com/fictional-a", None),
    Mention("git@github.com:fictional-a/tool.git", "fictional-a"),
    Mention("ftp://github.com/fictional-a", None),
    Mention("https://github.com:8443/fictional-a", None),
    Mention("nothing here", None),
    Mention("HTTPS://GITHUB.COM/fictional-a", "fictional-a"),
    Mention("https://m.github.com/fictional-a", "fictional-a"),
    Mention("<https://github.com/fictional-a>", "fictional-a"),
    Mention("[code](https://github.com/fictional-a)", "fictional-a"),
    Mention("https://github.com/fictional-a#readme", "fictional-a"),
    Mention("https://github.com/fictional-a/tool/blob/main/train.py", "fictional-a"),
    Mention("https://github.com/fictional-a/tool.git", "fictional-a"),
    Mention("https://raw.githubusercontent.com/fictional-a/tool/main/x.py", "fictional-a"),
    Mention("https://github.com/fictional-a/tool/pull/7", "fictional-a"),
    Mention("https://fictional-a.github.io", "fictional-a"),
    Mention("fictional-a.github.io/portfolio", "fictional-a"),
    Mention("https://gist.github.com/fictional-a", "fictional-a"),
    Mention("GitHub username: fictional-a", "fictional-a"),
    Mention("GitHub: none.", None),
    Mention("github handle = fictional-a", "fictional-a"),
    Mention("GitHub: github.com/fictional-a", "fictional-a"),
    Mention("GitHub： fictional-a", "fictional-a"),
    Mention("git hub: fictional-a", "fictional-a"),
    Mention("GitHub: @fictional-a, LinkedIn: other-b", "fictional-a"),
    Mention("https://github.com/fictional-a, https://github.com/fictional-a/tool", "fictional-a"),
    Mention("github.com/fictional-a | github.com/FICTIONAL-A", "fictional-a"),
    Mention("https://github.com/fictional-a https://github.com/other/lib/pull/3", "fictional-a"),
    Mention(
        "https://github.com/fictional-a/tool and https://github.com/fictional-a/other",
        "fictional-a",
    ),
    Mention("https://github.com/0fictional9", "0fictional9"),
    Mention("https://github.com/a", "a"),
    Mention("https://github.com/fictional_corp", "fictional_corp"),
    Mention("https://github.com/fictional%2Da", "fictional-a"),
    Mention("GitHub\tfictional-a", "fictional-a"),
    Mention("GitHub | fictional-a", "fictional-a"),
    Mention("https://docs.github.com/fictional-a", None),
    Mention("https://education.github.com/pack", None),
    Mention("https://github.blog/fictional-a", None),
    Mention("https://api.github.com/users/fictional-a", None),
    Mention("https://github.community/u/fictional-a", None),
    Mention("https://github.com/apps/dependabot", None),
    Mention("https://github.com/marketplace/actions", None),
    Mention("https://github.com/enterprise", None),
    Mention("https://github.com/about", None),
    Mention("https://github.com/search?q=fictional-a", None),
    Mention("https://github.com/stars/fictional-a/lists/ml", None),
    Mention("https://github.com/users/fictional-a/projects/1", None),
    Mention("https://github.com/explore", None),
    Mention("https://github.com/pulls", None),
    Mention("https://github.com/notifications", None),
    Mention("https://github.co/fictional-a", None),
    Mention("https://github.com.br/fictional-a", None),
    Mention("https://git-hub.com/fictional-a", None),
    Mention("https://gіthub.com/fictional-a", None),
    Mention("https://github。com/fictional-a", None),
    Mention("https://evil.example/?u=github.com/fictional-a", None),
    Mention("https://evil.example/github.com/fictional-a", None),
    Mention("https://user:pw@github.com/fictional-a", None),
    Mention("https://github.com/fictional--a", None),
    Mention("https://github.com/fictional-a-", None),
    Mention("https://github.com/fictionaläa", None),
    Mention("https://github.com/%2e%2e/x", None),
    Mention("javascript:github.com/fictional-a", "fictional-a"),
    Mention("mailto:fictional-a@github.com", None),
    Mention("GitHub: none", None),
    Mention("GitHub: see above", None),
    Mention("GitHub Enterprise, GitHub Copilot: daily", None),
    Mention("My GitHub: available on request", None),
    Mention("GitHub - 40 repositories", None),
    Mention("https://notgithub.io/x and x.github.io.evil.example", None),
    Mention("https://github.io", None),
    Mention("https://www.github.io/x", None),
    Mention("https://bitbucket.org/fictional-a", None),
    Mention("https://huggingface.co/fictional-a", None),
    Mention(
        "https://github.com/fictional-a https://github.com/fictional-b https://github.com/fictional-a/x",
        None,
    ),
    Mention("https://fictional-a.github.io https://fictional-b.github.io", None),
    Mention("GitHub: fictional-a\nGitHub: fictional-b", None),
]


@pytest.mark.parametrize(
    "case", MENTIONS, ids=[f"{n}-{c.text[:40]}" for n, c in enumerate(MENTIONS)]
)
def test_mentions(case: Mention) -> None:
    document = read_document((case.text + FILLER).encode(), "a.txt")
    choice = choose_account(document)
    assert choice.login == case.login
    assert choice.reason


def test_the_table_is_as_long_as_promised() -> None:
    assert len({case.text for case in MENTIONS}) >= 60


def test_a_link_behind_a_label_wins_over_the_text() -> None:
    page = f"<html><a href='https://github.com/fictional-a'>my code</a> <a href='https://github.com/org/lib'>lib</a><p>{FILLER}"
    choice = choose_account(read_document(page.encode(), "a.html"))
    assert choice.login == "fictional-a"
    assert [m.rank for m in choice.mentions] == [0, 2]


def test_broken_addresses_are_nothing() -> None:
    assert mention_of("http://[github.com/x", "a link") is None
    assert mention_of("https://github.com:99999999/x", "a link") is None


def _chosen(written: Written) -> str | None:
    text = RESUME.format(head=written.head, body=written.body)
    is_markdown = "](" in text
    if is_markdown:
        text = "# " + text.replace("\nExp", "\n## Exp").replace("\nEdu", "\n## Edu")
    name = "a.md" if is_markdown else "a.txt"
    return choose_account(read_document(text.encode(), name)).login


def test_accounts_are_read_as_people_write_them_and_nobody_else_is_named() -> None:
    missed: list[Written] = []
    for written in WRITTEN:
        login = _chosen(written)
        right = (login or "").casefold() == (written.login or "").casefold()
        assert right or login is None, f"{written} names {login}"
        missed += [] if right else [written]
    assert len(missed) <= 0.05 * len(WRITTEN), missed


def test_a_name_tells_own_repositories_from_those_of_others() -> None:
    lines = [
        "Work: github.com/deep-night42/rank and github.com/other-fict/lib",
        FILLER,
    ]
    document = read_document("\n".join(lines).encode(), "a.txt")
    assert choose_account(document).login is None
    assert choose_account(document, ("Nilo Nightingale",)).login is None
    assert choose_account(document, ("Ola Deepnight Night",)).login == "deep-night42"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.google.com/url?q=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%3A%2F%2Fgithub.com%2Ffictional-a",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__github.com_fictional-2Da&d=x",
        "https://slack-redir.net/link?url=https%3A%2F%2Fgithub.com%2Ffictional-a",
        "https://duckduckgo.com/l/?uddg=https%3A%2F%2Fgithub.com%2Ffictional-a",
    ],
)
def test_redirects_are_followed_on_paper_only(address: str) -> None:
    mention = mention_of(address, "a link")
    assert mention is not None
    assert mention.login == "fictional-a"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/url?q=https://github.com/fictional-a",
        "https://google.evil.example.org/url?q=https://github.com/fictional-a",
        "https://www.google.com/search?q=https://github.com/fictional-a",
        "https://www.google.com/url?q=https://evil.example/github.com/fictional-a",
    ],
)
def test_other_addresses_within_addresses_are_nothing(address: str) -> None:
    assert mention_of(address, "a link") is None
