"""What opens a section, and what only looks as if it did."""

from __future__ import annotations

import pytest

from evaluator.documents.reading import read_document
from evaluator.structure.outline import Outline, outline
from evaluator.structure.sections import Section

TOP = "Ada Fictional\nada@mail.example\n\n"
LONG = "Long walks along the canal, slow bread, old maps of towns that are no more, and chess by letter."
JOB = "EXPERIENCE\nEngineer, Alpha Works Ltd, 2019 - 2021\n- Built the ingestion service.\n\n"


def sections(text: str) -> dict[str, Section]:
    """The section of each passage, by its text."""
    document = read_document(text.encode(), "a.txt")
    return {document.text[p.start : p.end]: p.section for p in outline(document).passages}


def parts(text: str) -> tuple[str, Outline]:
    document = read_document(text.encode(), "a.txt")
    return document.text, outline(document)


@pytest.mark.parametrize(
    ("heading", "below", "section"),
    [
        ("Highlights", "Inventory planning\nSous vide technique\nMenu costing", Section.SKILLS),
        ("Highlights", "Ran three kitchens. Trained the cooks of two.", Section.SUMMARY),
        ("Qualifications", "Conflict resolution\nEmbrace change\nTrainer", Section.SKILLS),
        ("Qualifications", "B.Sc. Biology, Some College, 2012", Section.EDUCATION),
    ],
)
def test_what_stands_below_tells_a_heading_of_anything(
    heading: str, below: str, section: Section
) -> None:
    told = sections(f"{TOP}{heading}\n{below}\n\n{JOB}")
    assert told[below.split("\n")[-1]] is section


@pytest.mark.parametrize(
    ("heading", "line", "section"),
    [
        ("Accomplishments", "Best branch of the year 2014", Section.ACHIEVEMENTS),
        ("Erfolge", "Bester Standort des Jahres 2014", Section.ACHIEVEMENTS),
        ("Volunteer Work", "Walked the dogs of a shelter", Section.VOLUNTEERING),
        ("Languages", "Polish, fluent", Section.LANGUAGES),
        ("I.T. Skills", "Spreadsheets and payroll", Section.SKILLS),
        ("Professional Recognitions", "Clerk of the month", Section.UNNAMED),
    ],
)
def test_what_is_told_apart_from_jobs_has_a_section_of_its_own(
    heading: str, line: str, section: Section
) -> None:
    assert sections(f"{TOP}{heading}\n{line}\n\n{JOB}")[line] is section


def test_a_line_of_a_paragraph_or_of_a_list_is_no_heading() -> None:
    lines = [
        "Found new buyers for the pumps of Alpha Hydraulics &",
        "Technology",
        "Doubled what the branch sells by the method of SPIN",
        "SELLING",
    ]
    told = sections(
        f"{TOP}Summary\nA seller.\nWork History\nSeller, 2019 - 2021\nAlpha Works Ltd\n"
        + "\n".join(lines)
        + "\nSkills\nPricing\nNegotiation Skills\nTravel\nEducation\nB.A., Some College, 2012\n"
    )
    whole = {line: kind for text, kind in told.items() for line in text.split("\n")}
    assert {whole[line] for line in lines} == {Section.EMPLOYMENT}
    assert told["Negotiation Skills"] is Section.SKILLS


def test_a_title_after_the_schools_is_of_the_whole_resume() -> None:
    text = (
        "Education Details\nJanuary 2016 B.Sc. Physics Some College\nJava Developer\n\n"
        "Java Developer - Alpha Works\nSkill Details\nJava- Experience - 24 months\n"
        "C#- Experience - 6 months\nCompany Details\ncompany - Alpha Works\ndescription - Wrote it.\n"
    )
    read, found = parts(text)
    told = {read[p.start : p.end]: p.section for p in found.passages}
    assert told["Java Developer"] is told["Java Developer - Alpha Works"] is Section.HEADER
    assert told["C#- Experience - 6 months"] is Section.SKILLS
    jobs = [entry for entry in found.entries if entry.section is Section.EMPLOYMENT]
    assert [(job.employer, job.position) for job in jobs] == [("Alpha Works", "Java Developer")]


def test_points_with_a_colon_within_a_job_open_no_section() -> None:
    told = sections(
        TOP + "EXPERIENCE\nHR Manager, Alpha Works Ltd, 2019 - 2021\n\n"
        "Recruitment and Selection: Found forty people in a year.\n\n"
        "Training and Development: Held a course every month.\n"
    )
    assert told["Training and Development: Held a course every month."] is Section.EMPLOYMENT


def test_the_word_for_the_employer_opens_a_job_anywhere() -> None:
    _, found = parts(
        "company - Alpha Works\ndescription - Ran it.\nPERSONAL INTERESTS\n\nChess, rowing\n"
        "company - Beta Works - Customer Services\ndescription - Ran that.\n"
    )
    assert [entry.employer for entry in found.entries][-1] in {
        "Beta Works",
        "Beta Works - Customer Services",
    }


def test_more_about_a_study_is_no_study_of_its_own() -> None:
    read, found = parts(
        TOP + "Education\nAssociate of Occupational Science Degree : Cooking Some College of Arts "
        "Lyon, France\nNutrition courses\nCoursework in Pastry Arts\n"
        "Bachelor of Arts : Law Other College Paris, France\nBachelor of Arts in Law, with honours\n"
    )
    studies = [entry.title for entry in found.entries]
    assert len(studies) == 2
    last = found.passages[-1]
    assert read[last.start : last.end].startswith("Bachelor of Arts in Law")
    assert last.entry == 1


def test_projects_of_one_line_each_are_entries_and_what_they_tell_is_content() -> None:
    _, found = parts(
        TOP
        + "Open Source Projects\n- Zephyr (290 stars): Measures the energy that training takes.\n"
        "- Pegasus: Runs one command on many machines at once.\n"
    )
    assert [entry.title for entry in found.entries] == ["Zephyr (290 stars)", "Pegasus"]
    assert [passage.entry for passage in found.passages if not passage.is_header][-2:] == [0, 1]


@pytest.mark.parametrize(
    ("text", "line", "section"),
    [
        ("Skills\nBudgeting\nLeadership\nTeam building\nInventory\n", "Team building", Section.SKILLS),
        ("Skills\nBudgeting\nConsulting\nSales\nInventory\n\nLanguages\nDutch\n", "Dutch", Section.LANGUAGES),
        ("Education\nBachelor of Science : Computers and Information Some University of York\nTechnology\nDiploma : Finance Some College Leeds\n", "Diploma : Finance Some College Leeds", Section.EDUCATION),
        ("Experience\nClerk 2010 to 2011 Alpha Works Ltd\nLed finance, safety and\nTraining\nDirector of Operations 2008 to 2010 Beta Works Ltd\nRan the floor of the plant.\n", "Ran the floor of the plant.", Section.EMPLOYMENT),
        ("Accomplishments\nWrote reports for every client.\nTraining\nTrained the staff in all systems of the office.\nExperience\nClerk 2010 to 2011 Alpha Works Ltd\n", "Trained the staff in all systems of the office.", Section.ACHIEVEMENTS),
        ("Accomplishments\nWrote reports for every client.\nTraining\nTrained the staff in all systems of the office.\n", "Trained the staff in all systems of the office.", Section.COURSES),
        ("Professional Background\nA patient clerk who keeps the books of small firms in order.\nExperience\nClerk 2010 to 2011 Alpha Works Ltd\n- Kept the till.\n", "A patient clerk who keeps the books of small firms in order.", Section.SUMMARY),
        ("Qualifications\nI hold a Masters in Law and have kept the books of small firms for years.\n", "I hold a Masters in Law and have kept the books of small firms for years.", Section.SUMMARY),
    ],
)  # fmt: skip
def test_words_that_name_skills_and_themes_open_no_section(
    text: str, line: str, section: Section
) -> None:
    assert sections(f"{TOP}{text}\nInterests\n{LONG}\n")[line] is section


@pytest.mark.parametrize(
    "text",
    [
        "Experience\nSales Manager\nAlpha Works Ltd, Austin, TX\n- Sold looms to mills.\nAccount Executive\nBeta Works Ltd, Reno, NV\n- Kept the accounts of mills.\n",
        "Training\nLearned to help at once where somebody is hurt.\nSales Manager 03/2010 to 04/2012\nAlpha Works Ltd\n- Sold looms to mills.\n02/2007 to 02/2010\nAccount Executive, Beta Works Ltd\n- Kept the accounts of mills.\n",
    ],
)  # fmt: skip
def test_jobs_without_dates_or_after_courses_have_their_entries(text: str) -> None:
    read, found = parts(f"{TOP}{text}\nInterests\n{LONG}\n")
    told = {read[p.start : p.end]: found.entry_of(p) for p in found.passages}
    for line, employer in (("Sold looms to mills.", "Alpha Works Ltd"), ("Kept the accounts of mills.", "Beta Works Ltd")):  # fmt: skip
        entry = told[line]
        assert entry is not None
        assert entry.employer == employer
