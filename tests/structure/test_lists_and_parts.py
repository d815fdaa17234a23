"""Lists of skills, associations, certificates and labelled forms: what is a part, and what stands for itself."""

from __future__ import annotations

import pytest

from evaluator.documents.reading import read_document
from evaluator.structure.line_features import look_at
from evaluator.structure.outline import Entry, Outline, outline
from evaluator.structure.sections import Section, heading_section
from evaluator.structure.vocabulary import names_degree

TOP = "Ada Fictional\nada@mail.example\n\n"
LONG = "Long walks along the canal, slow bread, old maps of towns that are no more, and chess by letter."
JOB = "Experience\nEngineer, Alpha Works Ltd, 2019 - 2021\n- Built the ingestion service.\n"


def parts(text: str) -> tuple[str, Outline]:
    document = read_document(text.encode(), "a.txt")
    return document.text, outline(document)


def sections(text: str) -> dict[str, Section]:
    """The section of each line that is no heading."""
    whole, found = parts(text)
    return {
        line: passage.section
        for passage in found.passages
        for line in whole[passage.start : passage.end].split("\n")
    }


def entry_with(text: str, words: str) -> Entry | None:
    whole, found = parts(text)
    passage = found.passage_at(whole.index(words))
    assert passage is not None, f"{words} is read as a heading"
    return found.entry_of(passage)


@pytest.mark.parametrize(
    "names",
    [
        ("Budgets", "Database", "Engineering projects", "Inventory", "Pricing"),
        ("Leadership", "Selling", "Writing"),
        ("Budgets, prices, stock", "Consulting", "Stock, orders, customs", "Pricing"),
        ("Hiring", "Training and development", "Pay scales"),
        ("Change", "management", "Supervision", "and training", "Leadership", "skills"),
        ("Leadershipa", "Selling", "Writing"),
    ],
)
@pytest.mark.parametrize("heading", ["Skills", "Highlights"])
def test_no_name_in_a_list_of_skills_opens_a_section(heading: str, names: tuple[str, ...]) -> None:
    listed = "\n".join(names)
    told = sections(f"{TOP}Summary\nA seller of pumps.\n{heading}\n{listed}\n{JOB}")
    assert {told.get(name) for name in names} == {Section.SKILLS}


def test_a_heading_below_a_list_of_skills_still_opens_its_section() -> None:
    told = sections(f"{TOP}Skills\nPricing\nSelling\nTraining\nFirst aid at sea, 2019\n{JOB}")
    assert told["First aid at sea, 2019"] is Section.COURSES


@pytest.mark.parametrize(("statements", "section"), [(1, Section.SUMMARY), (5, Section.EMPLOYMENT)])
def test_few_statements_are_a_summary_although_the_jobs_are_only_named(
    statements: int, section: Section
) -> None:
    said = [
        f"Opened {n + 2} branches in the north and hired all their staff."
        for n in range(statements)
    ]
    text = "\n".join(said)
    told = sections(f"{TOP}Summary\n{text}\nExperience\nManager, Alpha Works Ltd, 2019 - 2021\n")
    assert {told[line] for line in said} == {section}


@pytest.mark.parametrize(
    "line",
    ["Client Service Manager", "Project Manager", "Customer Care Specialist", "Company Secretary"],
)
def test_a_title_is_no_label_though_it_begins_with_the_word_for_one(line: str) -> None:
    assert look_at(line).label is None
    entry = entry_with(
        f"{TOP}Experience\n02/2011 to 09/2012\n{line}\nAlpha Works Ltd, Oslo, Norway\n"
        "- Kept the books of the harbour and of all the ships that it owns or lets to others.\n",
        "Kept the books",
    )
    assert entry is not None
    assert (entry.position, entry.employer) == (line, "Alpha Works Ltd")
    assert look_at("Client Fjord Shipping Ltd").label == "bare client"


@pytest.mark.parametrize("heading", ["Affiliations", "Additional Information", "Achievements"])
@pytest.mark.parametrize(
    "line",
    [
        "Member of the Institute for Harbour Studies, 2006 - Present",
        "President, Coast Guard Club of Alpha Works Ltd, 2011 - 2014",
        "Union Award as Director of Sports of a Technology Institute (2008-2009)",
    ],
)
def test_a_part_in_an_association_is_no_job(heading: str, line: str) -> None:
    assert heading_section(heading) is not None
    text = f"{TOP}{JOB}{heading}\n{line}\nSkills\nPricing\n"
    assert entry_with(text, line) is None
    assert sections(text)[line] not in {Section.EMPLOYMENT, Section.EDUCATION}


def test_a_job_under_the_skills_is_a_job_and_years_in_a_list_are_none() -> None:
    text = (
        f"{TOP}Skills\nUsed the following Software: Sheets 2003-2011, Mail, 2008-2010,\nLedgers\n"
        "Accounts Clerk\nThe Alpha Group - Bergen, Norway - August 2012 to August 2014\n- Kept the books.\n"
    )
    assert entry_with(text, "Ledgers") is None
    entry = entry_with(text, "Kept the books")
    assert entry is not None
    assert (entry.position, entry.employer) == ("Accounts Clerk", "The Alpha Group")


STUDY = "Education\nB.Sc. Biology, Some College, 2009 - 2012\n"


@pytest.mark.parametrize(
    "line",
    [
        "Certificate : Medical Assistant , 2011 Harbour Institute",
        "Certification : Food Safety , 2008 Johansen School",
        "Harbour Pilot License , 2005 North Sea Trainers",
        "Network Admin Professional Program 7/2015 New Skies",
    ],
)
def test_one_certificate_among_the_studies_is_a_study(line: str) -> None:
    entry = entry_with(f"{TOP}{STUDY}{line}\nDiploma : Project Management\nSkills\nPricing\n", line)
    assert entry is not None
    assert entry.section is Section.EDUCATION
    assert entry.title.startswith(line)


def test_certificates_told_together_are_no_study() -> None:
    told = sections(f"{TOP}{STUDY}\nCertificates: sea rescue, first aid, radio\n")
    assert told["Certificates: sea rescue, first aid, radio"] is Section.CERTIFICATIONS


def test_courses_named_with_their_field_belong_to_the_study() -> None:
    text = f"{TOP}{STUDY}Coursework in Psychology\nCoursework in Education\nCoursework in Engineering\nSkills\nPricing\n"
    found = [entry_with(text, f"Coursework in {field}") for field in ("Education", "Engineering")]
    assert all(entry is not None and entry.employer == "Some College" for entry in found)


@pytest.mark.parametrize(
    "lines",
    [
        ("M.B.M : Bank Management, Alpha University", "B.Sc Kerby University"),
        ("MSc Alpha University in distance education", "B. Com Kerby University"),
        (
            "Masters of Trade, Alpha University, Oslo, Norway",
            "Kerby University Bachelor of Arts, Oslo, Norway",
        ),
    ],
)
def test_each_line_with_a_degree_and_a_school_is_a_study(lines: tuple[str, str]) -> None:
    text = f"{TOP}Education\n" + "\n".join(lines) + "\nSkills\nPricing\n"
    first, second = (entry_with(text, line) for line in lines)
    assert first is not None
    assert second is not None
    assert first is not second
    assert names_degree("B. Tech in Shipbuilding")
    assert not names_degree("B. Berg, harbour master")


FORM = (
    "Skill Details\nSheets- Experience - 24 months\nCompany Details\n"
    "company - Alpha Works\ndescription - Planned the docks of the harbour.\n"
)


def test_in_a_form_with_labels_only_a_label_opens_a_job() -> None:
    text = (
        f"{TOP}{FORM}Job:- \nTeam Lead\nDrew the plans of two cranes.\n\n"
        "Education: the courses of the firm\nSailing certificate of the firm\n"
        "company - Beta Bank\ndescription - Counted the money.\n"
    )
    crane, money = entry_with(text, "two cranes"), entry_with(text, "Counted the money")
    assert crane is not None
    assert crane.employer == "Alpha Works"
    assert money is not None
    assert (money.section, money.employer) == (Section.EMPLOYMENT, "Beta Bank")


def test_the_label_of_an_employer_opens_a_job_below_a_project() -> None:
    text = (
        f"{TOP}{FORM}\nKEY PROJECTS\nProject Name: Berth plan\ncompany - Beta Bank\n"
        "description - Counted the money.\n"
    )
    entry = entry_with(text, "Counted the money")
    assert entry is not None
    assert (entry.section, entry.employer) == (Section.EMPLOYMENT, "Beta Bank")


@pytest.mark.parametrize("heading", ["Major project:", "Academic Projects:", "Personal projects:"])
def test_projects_of_their_own_are_none_of_the_job_above(heading: str) -> None:
    text = f"{TOP}{FORM}\n{heading}\n* A crane that weighs fish by itself.\n"
    assert sections(text)["A crane that weighs fish by itself."] is Section.PROJECTS


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("Awards & Achievements • Best clerk of the north", Section.UNNAMED),
        ("Personal Skills ➢ Quick to learn ➢ Calm", Section.SKILLS),
        ("KEY COMPETENCIES ✶Stock ✶Orders", Section.SKILLS),
    ],
)
def test_a_bullet_parts_a_heading_from_what_follows_it(line: str, section: Section) -> None:
    assert sections(f"{line}\n\n{FORM}")[line] is section
    assert heading_section(line) is None


def test_what_bullets_set_apart_from_a_job_is_none_of_it() -> None:
    line = "Awards & Achievements • Best clerk of the north • Best clerk of all"
    assert entry_with(f"{TOP}{FORM}- Kept the books.\n{line}\n", line) is None


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("Association ]", None),
        ("2) Education", Section.EDUCATION),
        ("Skills (technical)", Section.SKILLS),
        ("Related Volunteer Work", Section.VOLUNTEERING),
        ("Volunteer Experience", Section.VOLUNTEERING),
    ],
)
def test_brackets_and_volunteers_in_headings(line: str, section: Section | None) -> None:
    assert heading_section(line) is section


@pytest.mark.parametrize(
    ("summary", "lines", "section"),
    [
        ("Summary\nA harbour master.\n", ("Ability to read charts of every sea and to keep calm in a storm.", "Experienced in the trade of grain.", "Knowledge of pumps"), Section.SKILLS),
        ("Summary\nA harbour master.\n", ("Led the move of the harbour to the east.", "Opened two berths for grain.", "Pumps"), Section.SUMMARY),
        ("", ("Sheets, Mail, Ledgers, Charts, and the tools of the harbour office",), Section.SKILLS),
        ("", ("A harbour master who has kept ships and their crews safe for thirty years.",), Section.SUMMARY),
    ],
)  # fmt: skip
def test_highlights_beside_a_summary_are_what_somebody_can_do(
    summary: str, lines: tuple[str, ...], section: Section
) -> None:
    told = sections(f"{TOP}{summary}Highlights\n" + "\n".join(lines) + f"\n{JOB}")
    assert {told[line] for line in lines} == {section}


def test_a_sentence_that_names_a_degree_makes_no_studies() -> None:
    first = "I look after the data of a bank and of its branches, have been at it for years, and hold Masters in"
    rest = "Computer Applications (MCA) and a good name among those who keep the systems of banks alive, here and abroad,"
    told = sections(f"{TOP}Qualifications\n{first}\n{rest}\nand more.\n{JOB}")
    assert Section.EDUCATION not in told.values()


def test_labels_below_a_job_of_a_form_tell_more_of_it() -> None:
    text = (
        f"{TOP}{FORM}\nClient/Project: Berth plan\nRole: Harbour Engineer\nDuration: 03/2019 to 05/2022\n"
        "Responsibilities:\nDrew the plans of two cranes.\n\nProject 2:\nProject Name: Grain\n"
        "Client: Beta Bank\nCompany: Gamma Ltd\nRole: Clerk\n\nCounted the sacks.\n"
    )
    crane, sacks = entry_with(text, "two cranes"), entry_with(text, "Counted the sacks")
    assert crane is not None
    assert (crane.employer, crane.position) == ("Alpha Works", "Harbour Engineer")
    assert crane.period is not None
    assert str(crane.period.first) == "2019-03"
    assert sacks is not None
    assert (sacks.employer, sacks.position) == ("Gamma Ltd", "Clerk")


def test_what_is_said_again_after_the_schools_is_a_headline() -> None:
    school = "Education Details\nJanuary 2016 B.Sc. Physics Some College\n"
    said = sections(f"{school}Software testing\n\nSoftware testing\n{FORM}")
    assert said["Software testing"] is Section.HEADER
    thesis = sections(f"{school}Frogs of the north\n\nChess club\n{FORM}")
    assert thesis["Frogs of the north"] is Section.EDUCATION


def test_dashes_part_the_word_for_skills_from_skills() -> None:
    line = "Key Skills - Pricing - Selling - Stock"
    assert sections(f"{line}\n\n{FORM}")[line] is Section.SKILLS


@pytest.mark.parametrize(
    "line",
    [
        "Launched and have held a talent show of the whole town since 2008 - 2012 which gives all of us joy",
        "to their guests through songs and plays of the town. 2006-2008 Kept the keys of the hall",
        "Sales rose from 1992 to 1996, each year more than what was asked of all who sold for the firm, as told",
    ],
)
def test_a_line_of_prose_with_years_is_no_head(line: str) -> None:
    text = f"{TOP}Experience\nEngineer, Alpha Works Ltd, 2003 - 2021\n{line}\nof the north.\n- Built it.\n"
    entry = entry_with(text, line)
    assert entry is not None
    assert entry.employer == "Alpha Works Ltd"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("harbour manager Oct 2005 to May 2006\nAlpha Works Ltd, Oslo, Norway", "harbour manager"),
        ("Lead Harbour Information Support Specialist, Oct 2005 to May 2006\nAlpha Works Ltd, Oslo, Norway", "Lead Harbour Information Support Specialist"),
        ("Storekeeper Second Class Oct 2005 to May 2006\nAlpha Works Ltd, Oslo, Norway", "Storekeeper Second Class"),
        ("Communications Specialist, Alpha Works Ltd", "Communications Specialist"),
    ],
)  # fmt: skip
def test_jobs_by_titles_that_are_rare_small_or_long(head: str, title: str) -> None:
    text = f"{TOP}Experience\nEngineer, Beta Ltd, Bergen, Norway, 2007 - 2021\nBuilt the crane of the harbour.\n{head}\nKept the books of the harbour.\nInterests\n{LONG}\n"
    entry = entry_with(text, "Kept the books")
    assert entry is not None
    assert (entry.employer, entry.position) == ("Alpha Works Ltd", title)


def test_schools_in_a_list_of_duties_beside_the_jobs_make_no_jobs() -> None:
    line = "Coordinator for Team Plans, Harbour Middle School, 2014-2016"
    assert entry_with(f"{TOP}{JOB}Affiliations\n{line}\nSkills\nPricing\n", line) is None


@pytest.mark.parametrize(
    ("line", "school", "degree", "place"),
    [
        ("PhD Statistics, Harbour University, 2010", "Harbour University", "PhD Statistics", None),
        ("BE Computers - Harbour College 2005", "Harbour College", "BE Computers", None),
        ("Bachelor of Science : Boats Harbour University City , State Boats", "Harbour University", "Bachelor of Science : Boats", "City , State"),
        ("Bachelor of Arts, Harbour University City , State , US", "Harbour University", "Bachelor of Arts", "City , State"),
        ("High School Diploma Kerby High School City , State", "Kerby High School", "High School Diploma", "City , State"),
    ],
)  # fmt: skip
def test_a_study_names_its_school_whole(
    line: str, school: str, degree: str, place: str | None
) -> None:
    entry = entry_with(f"{TOP}Education\n{line}\n\nInterests\n{LONG}\n", line)
    assert entry is not None
    assert (entry.employer, entry.position, entry.place) == (school, degree, place)


def test_the_title_of_the_whole_opens_no_jobs() -> None:
    told = sections(
        "職務経歴書\n氏名 見本 太郎\n\n■職務経歴\n2018年4月～現在 北港株式会社 エンジニア\n・港を守った。\n"
    )
    assert told["氏名 見本 太郎"] is Section.HEADER


def test_a_heading_is_not_parted_at_the_word_that_ends_other_lines() -> None:
    told = sections(f"{TOP}VOLUNTEER EXPERIENCE\nTaught children to sail.\n\n{JOB}")
    assert told["Taught children to sail."] is Section.VOLUNTEERING
    assert "VOLUNTEER" not in told


def test_projects_may_have_small_names() -> None:
    text = f"{TOP}Side projects\n- tidewatch: predicts the tides, 300 stars\n- gullcount – counts gulls in pictures\n"
    found = [entry_with(text, words) for words in ("predicts the tides", "counts gulls")]
    assert [entry.position for entry in found if entry] == ["tidewatch", "gullcount"]


def test_a_part_in_a_board_stays_where_it_is_told() -> None:
    line = "Member, Ethics Board of Harbour University, 2019-2022"
    assert sections(f"{TOP}{JOB}Service\n{line}\nSkills\nPricing\n")[line] is Section.UNNAMED


def test_the_columns_of_a_table_of_skills_open_no_jobs() -> None:
    told = sections(f"{TOP}Skills\nExperience\nTotal\nYears\nSheets\n9\n12\nLedgers\n{JOB}")
    assert told["Ledgers"] is Section.SKILLS
    told = sections(f"{TOP}Skills\nExperience\nEngineer, Alpha Works Ltd, 2019 - 2021\nBuilt it.\n")
    assert told["Built it."] is Section.EMPLOYMENT


def test_the_first_of_a_list_of_projects_may_be_no_more_than_a_name() -> None:
    text = f"{TOP}Projects\n- Crane that weighs fish by itself.\n- It finds the weight of a fish by how far the rope gives way.\n"
    entry = entry_with(text, "how far the rope")
    assert entry is not None
    assert entry.position == "Crane that weighs fish by itself"
    assert entry_with(f"{TOP}Projects\n- Built a crane for fish.\n", "Built a crane") is None


def test_a_line_that_begins_with_dates_and_tells_of_the_employer_belongs_to_the_job() -> None:
    entry = entry_with(
        f"{TOP}Experience\nPlatform Engineer — Otterway Freight, Lisbon\n"
        "2022-04 → present · carrier of parcels; some thirty analysts, fifty models in use\n- Built the registry.\n",
        "Built the registry.",
    )
    assert entry is not None
    assert entry.period is not None
    assert str(entry.period.first) == "2022-04"
