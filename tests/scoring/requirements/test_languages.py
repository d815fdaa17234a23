"""Languages spoken, and their levels."""

from __future__ import annotations

import pytest

from .conftest import (
    SILENT,
    Case,
    Part,
    asks,
    check_verdict,
    job,
)

CASES = (
    Case("language spoken", asks("language", "German"), (Part("languages", "German (C1), French (A2)"),), "found",
         "the resume names it", ("German (C1), French (A2)",)),
    Case("language told by its test", asks("language", "English"), (job("TOEIC 890, calls every week."),), "found", "the resume names it"),
    Case("language of the resume", asks("language", "German"), (job("Modelle trainiert."),), "found",
         "the resume is written in it", known={"language": "de"}),
    Case("a little of a language", asks("language", "French"), (Part("languages", "German (C1), French (A2)"),), "partly",
         "only a little of it is claimed"),
    Case("level of a language reached", asks("language", "French", quote="Working knowledge of French (B1)"),
         (Part("languages", "German (C1), French (B1)"),), "found", "the resume tells the level that is asked for, or a higher one"),
    Case("level of a language nearly reached", asks("language", "French", quote="Fluent French"),
         (Part("languages", "German (C1), French (B2)"),), "partly", "the resume tells a lower level than is asked for"),
    Case("level of a language far below", asks("language", "French", quote="Verhandlungssicheres Französisch"),
         (Part("languages", "German (C1), French (A2)"),), "missing", "the resume tells a much lower level than is asked for"),
    Case("level of one of two languages", asks("language", "French", quote="Fluent German, and some French"),
         (Part("languages", "German (C1), French (A2)"),), "found", "the resume tells the level that is asked for, or a higher one"),
    Case("level of a test of a language", asks("language", "Japanese", quote="日本語能力試験N1程度"),
         (Part("languages", "English, Japanese (JLPT N3)"),), "partly", "the resume tells a lower level than is asked for"),
    Case("a language begun", asks("language", "French"), (Part("summary", "Currently learning French."),), "partly",
         "only a little of it is claimed", ("Currently learning French.",)),
    Case("language of a market", asks("language", "French"), (job("Planned routes for the French market."),), "unclear", SILENT),
    Case("one other language named by the way", asks("language", "French"), (Part("summary", "German."),), "unclear", SILENT),
    Case("one other language listed", asks("language", "French"), (Part("languages", "German"),), "missing",
         "other languages are named, and this one is not"),
    Case("language of another continent", asks("language", "Swahili"), (Part("languages", "English, Kiswahili"),), "found",
         "the resume names it", ("English, Kiswahili",)),
    Case("other languages named", asks("language", "French"), (Part("languages", "German, English"),), "missing",
         "other languages are named, and this one is not"),
    Case("language denied", asks("language", "French"), (Part("languages", "German: fluent\nFrench: none"),), "missing",
         "the resume says that it is not spoken"),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_a_language_is_spoken_as_the_resume_tells_it(case: Case) -> None:
    check_verdict(case)
