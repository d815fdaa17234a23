"""Whether an account and a resume are the same person's: levels with reasons, decided by code."""

from __future__ import annotations

import re

from ..models.portfolio import IdentityFinding, Profile
from ..models.vocabulary import Identity
from ..structure.contact import Contact, fold, host_and_path


def identify(contact: Contact, profile: Profile, *, proof: str | None = None) -> IdentityFinding:
    """Compare public profile and resume; only the owner of an account can put a ``proof`` into its bio.

    A differing name alone is no finding about the person; it only stops automatic use.
    """
    if proof and proof in (profile.bio or ""):
        return IdentityFinding(
            level=Identity.PROVED, reason="the account's bio holds the agreed code"
        )
    back = _link_back(contact, profile)
    if back:
        return IdentityFinding(level=Identity.STRONG, reason=back)
    if not profile.name or not contact.name:
        who = "the account shows no name" if not profile.name else "the resume's name was not found"
        return IdentityFinding(level=Identity.WEAK, reason=f"named by the resume; {who}")
    resume, account = _tokens(contact.name), _tokens(profile.name)
    if resume <= account or account <= resume or len(resume & account) >= 2:
        return IdentityFinding(level=Identity.CONSISTENT, reason="the names agree")
    if not account or (len(account) == 1 and not any(len(t) > 2 for t in account)):
        return IdentityFinding(
            level=Identity.WEAK, reason="named by the resume; the account's name is a handle"
        )
    if resume & account:
        return IdentityFinding(level=Identity.WEAK, reason="the names agree in part")
    return IdentityFinding(
        level=Identity.CONFLICT, reason="the account shows another name and nothing links back"
    )


def _link_back(contact: Contact, profile: Profile) -> str | None:
    mails = {mail.casefold() for mail in contact.emails}
    if profile.email and profile.email.casefold() in mails:
        return "the account's public mail is the resume's"
    ours = {_address(link) for link in contact.links} - {
        "",
        _address(f"github.com/{profile.login}"),
    }
    theirs = {_address(link) for link in (profile.website or "", *profile.social)}
    if ours & theirs:
        return "the account links an address that the resume links"
    return None


def _address(link: str) -> str:
    host, path = host_and_path(link)
    return f"{host.removeprefix('www.')}{path.rstrip('/')}".casefold() if host else ""


def _tokens(name: str) -> set[str]:
    return {token for token in re.split(r"[\W_]+", fold(name)) if token}
