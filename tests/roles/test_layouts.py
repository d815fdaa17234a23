"""Adverts are laid out in many ways: numbered clauses, tables, headings between dashes, running text."""

from __future__ import annotations

from evaluator.documents.reading import read_document
from evaluator.roles.statements import Demand, statements

CLAUSES = """POST OF DATA PLATFORM ENGINEER

1. BACKGROUND

The Office keeps the register of moorings and of wrecks.

2. ESSENTIAL CRITERIA

Applicants must show each of the following:

(a) Four years of work on data platforms;
(b) Use of Terraform in production;
(c) The writing of procedures for harbour staff.

3. DESIRABLE CRITERIA

(d) A current CKA certificate;
(e) Familiarity with tidal data.

4. CONDITIONS

Late applications are not looked at.
"""
TABLE = """# Heron & Quay

| Asked | |
|---|---|
| Slurm, Kueue or similar | required |
| Must-have | Five years of Linux in production |
| Rota of incidents, as its lead | required |
| Swedish | a plus |

## How we talk to each other

Three calls of half an hour, the last with the people who sit beside the desk.
"""
DASHES = """Reporting engineer
Larkfold Ambulance Trust

-- Both halves of the job --

At least two years in a data role. Daily SQL is required.

-- If you have it, say so --

Airflow. Experience of an emergency control room.

-- Terms --

41,000 pounds and a pension. A check of records is made.
"""
LEADS = """# Forecasting engineer

**Need**

- Strong Python
- Forecasts of time series

**Don't need.** A cover letter. Prizes in competitions. Somebody else's opinion of you, however well it was put in a letter that we never asked anybody for.

**Steps.** A call. An afternoon with us on real data.
"""


def _told(text: str, name: str) -> list[tuple[Demand, str]]:
    return [(s.said, s.text) for s in statements(read_document(text.encode(), name))]


def _asked(text: str, name: str) -> dict[Demand, list[str]]:
    found: dict[Demand, list[str]] = {Demand.MUST: [], Demand.NICE: []}
    for said, told in _told(text, name):
        found.get(said, []).append(told.rstrip(".;"))
    return found


def test_numbered_headings_in_capitals_part_clauses() -> None:
    assert _asked(CLAUSES, "a.txt") == {
        Demand.MUST: [
            "Four years of work on data platforms",
            "Use of Terraform in production",
            "The writing of procedures for harbour staff",
        ],
        Demand.NICE: ["A current CKA certificate", "Familiarity with tidal data"],
    }


def test_a_cell_of_a_row_says_how_much_the_rest_is_asked_for() -> None:
    assert _asked(TABLE, "a.md") == {
        Demand.MUST: [
            "Slurm, Kueue or similar",
            "Five years of Linux in production",
            "Rota of incidents, as its lead",
        ],
        Demand.NICE: ["Swedish"],
    }


def test_a_line_between_dashes_is_a_heading() -> None:
    assert _asked(DASHES, "a.txt") == {
        Demand.MUST: ["At least two years in a data role", "Daily SQL is required"],
        Demand.NICE: ["Airflow", "Experience of an emergency control room"],
    }


def test_paragraphs_below_a_list_ask_for_nothing() -> None:
    assert _asked(LEADS, "a.md") == {
        Demand.MUST: ["Strong Python", "Forecasts of time series"],
        Demand.NICE: [],
    }
