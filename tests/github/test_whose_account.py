"""Whose account it is: anybody can write somebody's address into a resume; only a link both ways, with a name, ties them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from evaluator.github.account_owner import CONFIRMED, identify, profile_text
from evaluator.models.document import FlagKind
from evaluator.models.portfolio import (
    Authorship,
    Portfolio,
    PortfolioStatus,
    Profile,
    Repository,
    RepositoryFile,
)
from evaluator.models.vocabulary import Identity
from evaluator.pipeline.public_code import weigh_account
from evaluator.structure.contact import Contact

SITE = "https://owenmarsh.example"
MAIL = "owen@owenmarsh.example"
README = f"Hi, I am Owen. Write to {MAIL} or see [my site]({SITE}/)."


def victim(**changes: Any) -> Profile:
    value = {"login": "victim-dev", "account_id": 1, "name": "Owen Marsh", "website": SITE, "email": MAIL}  # fmt: skip
    return Profile(**{**value, **changes})


NAMELESS: dict[str, Any] = {"name": None, "website": None, "email": None}

SQUATTED = {
    "another name": (Contact(name="Odalys Brinkhurst"), victim()),
    "another name and the site": (Contact(name="Odalys Brinkhurst", links=(SITE,)), victim()),
    "another name and the mail": (Contact(name="Odalys Brinkhurst", emails=("o@x.example", MAIL)), victim()),
    "another name and only the mail": (Contact(name="Odalys Brinkhurst", emails=(MAIL,)), victim()),
    "the given name": (Contact(name="Owen Brinkhurst"), victim()),
    "the given name and the site": (Contact(name="Owen Brinkhurst", links=(SITE,)), victim()),
    "the given name and the mail": (Contact(name="Owen Brinkhurst", emails=("o@x.example", MAIL)), victim()),
    "the given name alone": (Contact(name="Owen", links=(SITE,)), victim()),
    "the surname": (Contact(name="Odalys Marsh"), victim()),
    "two given names": (Contact(name="Owen James Brinkhurst"), victim(name="Owen James Marsh")),
    "hyphenated given name": (Contact(name="Jean-Pierre Brink"), victim(name="Jean-Pierre Marsh")),
    "no name in the resume": (Contact(links=(SITE,)), victim()),
    "no name in the resume and the mail": (Contact(emails=(MAIL,)), victim()),
    "no name at the account": (Contact(name="Odalys Brinkhurst"), victim(**NAMELESS)),
    "no name at the account and its site": (Contact(name="Odalys Brinkhurst", links=(SITE,)), victim(name=None)),
    "no name, the site and a given name": (Contact(name="Owen Brinkhurst", links=(SITE,)), victim(name=None)),
    "no name and a second mail": (Contact(name="Odalys Brinkhurst", emails=("o@x.example", MAIL)), victim(name=None)),
    "a handle for a name": (Contact(name="Odalys Brinkhurst", links=(SITE,)), victim(name="0x")),
    "the account's first name only": (Contact(name="Owen Brinkhurst", links=(SITE,)), victim(name="Owen")),
    "a link to the account itself": (Contact(name="Odalys Brinkhurst", links=("https://github.com/victim-dev",)), victim(name=None, social=("https://github.com/victim-dev",))),
    "a word for a host": (Contact(name="Odalys Brinkhurst", links=("cv",)), victim(name=None, website="cv", email=None)),
}  # fmt: skip


@pytest.mark.parametrize(("contact", "profile"), SQUATTED.values(), ids=SQUATTED.keys())
def test_somebody_elses_account_is_not_confirmed(contact: Contact, profile: Profile) -> None:
    found = identify(contact, profile, about=README if "Owen" in (contact.name or "") else "")
    assert found.level in {Identity.WEAK, Identity.CONFLICT}, found


HONEST = {
    "name": (Contact(name="Owen Marsh"), victim(), "", Identity.CONSISTENT),
    "name and site": (Contact(name="Owen Marsh", links=(SITE,)), victim(), "", Identity.STRONG),
    "order, accents and a middle name": (Contact(name="Marsh, Owén T."), victim(name="Owen Timothy Marsh"), "", Identity.CONSISTENT),
    "double surname": (Contact(name="Ana Garcia"), victim(name="Ana García-López"), "", Identity.CONSISTENT),
    "another script": (Contact(name="Wei Zhang", others=("张伟",)), victim(name="张伟"), "", Identity.CONSISTENT),
    "former name": (Contact(name="Owen Brinkhurst", others=("Owen Marsh",)), victim(), "", Identity.CONSISTENT),
    "name in the login": (Contact(name="Owen Marsh"), victim(login="owenmarsh", **NAMELESS), "", Identity.CONSISTENT),
    "no name, the only mail": (Contact(name="Owen Marsh", emails=(MAIL,)), victim(name=None), "", Identity.STRONG),
    "no name, the own site": (Contact(name="Owen Marsh", links=(SITE,)), victim(name=None, email=None), "", Identity.STRONG),
    "first name and the own site": (Contact(name="Owen Marsh", links=(SITE,)), victim(name="Owen"), "", Identity.STRONG),
    "text of the profile": (Contact(name="Owen Marsh", links=(SITE,)), victim(website=None, email=None), README, Identity.STRONG),
    "mail in the text of the profile": (Contact(name="Owen Marsh", emails=(MAIL,)), victim(website=None, email=None), README, Identity.STRONG),
}  # fmt: skip


@pytest.mark.parametrize(("contact", "profile", "about", "level"), HONEST.values(), ids=HONEST)
def test_an_honest_account_is_confirmed(
    contact: Contact, profile: Profile, about: str, level: Identity
) -> None:
    found = identify(contact, profile, about=about)
    assert found.level is level, found
    assert found.level in CONFIRMED


def portfolio(profile: Profile) -> Portfolio:
    work = Repository(
        full_name="victim-dev/rank", created=date(2023, 1, 1), pushed=date(2025, 1, 1), size_kb=300,
        description="Trains a ranking model", paths=("train.py", "tests/test_a.py", "README.md"),
        files=(RepositoryFile(path="README.md", text="Trains a ranking model with torch."),),
        authorship=Authorship(own=60, total=62, first=date(2023, 2, 1), last=date(2024, 9, 1)), releases=2,
    )  # fmt: skip
    return Portfolio(profile=profile, repositories=(work,), repository_count=1)


@pytest.mark.parametrize("case", ["no name at the account", "the given name and the site"])
def test_an_unconfirmed_account_is_shown_and_gives_no_evidence(case: str) -> None:
    contact, profile = SQUATTED[case]
    code = weigh_account(portfolio(profile), contact, given=False, proof=None)
    assert (code.findings, code.sources, code.artifacts, code.repositories) == ((), (), {}, {})
    assert code.outcome.status is PortfolioStatus.OK
    assert code.outcome.reason
    (flag,) = code.flags
    assert flag.kind is FlagKind.IDENTITY
    assert "--github-proof" in flag.message
    assert "victim-dev" in code.identity_values
    given = weigh_account(portfolio(profile), contact, given=True, proof=None)
    assert given.findings
    assert given.flags == ()


def test_the_text_of_a_profile_is_the_readme_of_its_own_repository() -> None:
    readme = RepositoryFile(path="README.md", text=README)
    own = Repository(full_name="Victim-dev/victim-dev", files=(readme,))
    other = Repository(full_name="victim-dev/rank", files=(RepositoryFile(path="README.md", text="x"),))  # fmt: skip
    assert profile_text(Portfolio(profile=victim(), repositories=(other, own))) == README
    assert profile_text(Portfolio(profile=victim(), repositories=(other,))) == ""
