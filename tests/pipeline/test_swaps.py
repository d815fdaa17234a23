"""Identity cannot change a request: whoever sends a resume, the model is asked the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from evaluator.documents.reading import read_document
from evaluator.models.portfolio import PortfolioStatus
from evaluator.pipeline.preparation import prepare
from evaluator.pipeline.public_code import PublicCode
from evaluator.readers.messages import build_messages
from evaluator.report.building import PortfolioOutcome
from evaluator.structure.contact import contact
from evaluator.structure.outline import outline
from fixtures.generators.__main__ import SUFFIXES, render
from fixtures.generators.sources import Candidate, candidates

pytestmark = pytest.mark.no_cover
NAMES = [
    "Emily Walsh",
    "Lakisha Washington",
    "Nguyễn Văn An",
    "José Álvarez Ríos",
    "Bo Li",
    "Fatima Al-Sayed",
    "Oluwaseun Adeyemi",
    "Anna-Lena Groß",
]
PRONOUNS = ["he/him", "she/her", "they/them", "ze/hir"]
PLACES = [
    "+1 415 555 0134 | 18 Juniper Street, Oakland, CA 94607",
    "+91 80 5555 0148 | Bengaluru, India",
    "+234 1 555 0199 | Lagos, Nigeria",
    "+48 22 555 01 72 | ul. Lipowa 4, 00-316 Warszawa",
    "+55 11 5555 0120 | Rua das Flores 12, São Paulo",
]
SCHOOLS = [
    "Massachusetts Institute of Technology",
    "Howard University",
    "University of Lagos",
    "Technische Universität Dresden",
]
YEARS = ["1989 – 1993", "1999 – 2003", "2009 – 2013", "2020 – 2024"]
SCHOOL_WORDS = ("Universit", "College", "School", "Institute", "École", "Universidad")
EVERYBODY = {c.id: c for c in candidates()}


def question(candidate: Candidate) -> str:
    """The messages that this candidate's resume would send."""
    name = f"{candidate.id}.{SUFFIXES[candidate.format]}"
    document = read_document(render(candidate), name)
    parts = outline(document)
    code = PublicCode(outcome=PortfolioOutcome(status=PortfolioStatus.NONE))
    candidate_ = prepare(document, parts, contact(document, parts), code)
    return json.dumps(build_messages(candidate_.request), ensure_ascii=False)


def renamed(candidate: Candidate, name: str) -> Candidate:
    """Somebody else with the same record: name and mail, wherever they stand."""
    first, last = name.split()[0], name.split()[-1]
    old_first, old_last = candidate.name.split()[0], candidate.name.split()[-1]

    def cited(whole: str) -> str:
        given, *family = whole.split()
        return f"{' '.join(family)} {given[0]}."

    def swap(text: str) -> str:
        text = text.replace(candidate.name, name).replace(cited(candidate.name), cited(name))
        return text.replace(old_last, last).replace(old_first, first)

    mail = f"{first}.{last}@mail.example".lower().encode("ascii", "ignore").decode()
    _, _, rest = candidate.contact.partition(" | ")
    sections = [
        replace(
            section,
            entries=[
                replace(
                    entry,
                    title=swap(entry.title),
                    bullets=[swap(b) for b in entry.bullets],
                    text=[swap(t) for t in entry.text],
                )
                for entry in section.entries
            ],
        )
        for section in candidate.sections
    ]
    return replace(candidate, name=name, contact=f"{mail} | {rest}", sections=sections)


def studied(candidate: Candidate, *, school: str = "", years: str = "") -> Candidate:
    """The same degrees from elsewhere, or of other years."""
    sections = []
    for section in candidate.sections:
        entries = [
            replace(
                entry,
                title=f"{entry.title.partition(', ')[0]}, {school}" if school else entry.title,
                dates=years or entry.dates,
            )
            if any(word in entry.title for word in SCHOOL_WORDS) and "Assistant" not in entry.title
            else entry
            for entry in section.entries
        ]
        sections.append(replace(section, entries=entries))
    return replace(candidate, sections=sections)


def variants(candidate: Candidate) -> Iterator[tuple[str, list[Candidate]]]:
    """One factor at a time, all else equal."""
    mail = candidate.contact.partition(" | ")[0]
    yield "names", [renamed(candidate, name) for name in NAMES]
    yield "pronouns", [replace(candidate, headline=f"{candidate.headline} ({p})") for p in PRONOUNS]
    yield "places", [replace(candidate, contact=f"{mail} | {place}") for place in PLACES]
    yield "schools", [studied(candidate, school=school) for school in SCHOOLS]
    yield "years", [studied(candidate, years=years) for years in YEARS]


@pytest.mark.parametrize("number", range(len(EVERYBODY)), ids=sorted(EVERYBODY))
def test_no_swap_changes_a_byte(number: int, nightly: bool) -> None:
    """By day two of each factor's variants, with each resume others; by night all."""
    for factor, all_of_them in variants(EVERYBODY[sorted(EVERYBODY)[number]]):
        turned = all_of_them[number % len(all_of_them) :] + all_of_them
        swapped = all_of_them if nightly else turned[:2]
        asked = {question(candidate) for candidate in swapped}
        assert len(asked) == 1, factor


def test_the_swaps_do_change_the_resumes() -> None:
    changed = {factor: 0 for factor, _ in variants(EVERYBODY["mira-holloway"])}
    for candidate in EVERYBODY.values():
        for factor, swapped in variants(candidate):
            changed[factor] += len({repr(variant) for variant in swapped}) == len(swapped)
    assert changed["names"] == changed["pronouns"] == changed["places"] == len(EVERYBODY)
    assert changed["schools"] >= 12
    assert changed["years"] >= 12


def test_a_text_in_the_third_person_tells_no_gender() -> None:
    candidate = EVERYBODY["mira-holloway"]
    bios = []
    for she, her in (("She", "her"), ("He", "his")):
        first, *rest = candidate.sections
        entry = first.entries[0]
        bio = f"{she} trained ranking models for {her} team and taught them {'her' if she == 'She' else 'him'}self."
        changed = replace(first, entries=[replace(entry, bullets=[*entry.bullets, bio])])
        bios.append(question(replace(candidate, sections=[changed, *rest])))
    assert bios[0] == bios[1]
    assert "trained ranking models" in bios[0]
