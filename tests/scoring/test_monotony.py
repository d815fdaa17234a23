"""A true line more makes no verdict worse, whoever read the resume; a line less makes none better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from evaluator.models.document import Location
from evaluator.models.vocabulary import Shows
from evaluator.roles.model import Requirement, RequirementVerdict
from evaluator.scoring import Citation, Judged

from .requirements.conftest import Part, asks, grounds, job, judge, skills

ASKED = (
    asks("tool", "Kafka"),
    asks("tool", "Kafka", quote="Very good knowledge of Kafka"),
    asks("tool", "Pulumi"),
    asks("tool", "Pulumi", similar=True),
    asks("domain", "finance"),
    asks("domain", "finance", text="Banking and IFRS9 rules"),
    asks("domain", "finance", quote="Banking or insurance"),
    asks("education", "doctorate", quote="A doctorate in physics"),
    asks("language", "German", quote="German at C1"),
    asks("years", "Kafka", years=4),
    asks("years", "Kafka", years=4, dimension="scalability"),
    asks("years", years=4),
    asks("years", "DevOps", "machine learning", years=4),
    asks("language", "German"),
    asks("certificate", "CKA"),
    asks("education", "master"),
    asks("education", "bachelor"),
    asks("dimension", dimension="scalability", level=2),
    asks("dimension", dimension="scalability", level=3, quote="You have kept a queue alive"),
    asks("dimension", "Kafka", dimension="scalability", level=2),
)
PARTS = (
    job("Ran Kafka for 14 models.", 5), job("Moved the events of a bank to Kafka.", 2), job("Wrote the Terraform modules.", 1),
    job("Followed IFRS9 in the credit risk models of an insurer."), job("The platform team ran Kafka for us."), job("Kept the queue alive.", 3), job("Helped a colleague with Kafka.", 2),
    skills("Kafka, Rust"), skills("Kafka (some use)"), Part("courses", "Streaming with Kafka and Pulumi, 2021"),
    Part("languages", "German (C1)"), Part("languages", "German (A2)"), Part("certifications", "CKA, 2022"),
    Part("certifications", "CKA (in progress)"), Part("education", "M.Sc. Physics, 2015"), Part("education", "B.Sc. Physics, 2013"),
)  # fmt: skip
NO_SHARE = {RequirementVerdict.UNCLEAR, RequirementVerdict.MISSING}


@dataclass(frozen=True)
class Line:
    """A part of a resume, and what a reader cites it as."""

    part: Part
    shows: Shows | None


LINES = st.builds(
    Line,
    st.sampled_from(PARTS),
    st.none() | st.sampled_from([shows for shows in Shows if shows is not Shows.DENIED]),
)


def judged(r: Requirement, lines: Sequence[Line], *, is_read: bool) -> Judged:
    of = grounds(*(line.part for line in lines), was_asked=is_read)
    if is_read:
        of.citations = [
            Citation(
                requirement="r", shows=line.shows, quote=line.part.text, source="resume",
                location=Location(start=place.start, end=place.start + len(line.part.text)),
            )
            for line, place in zip(lines, of.places, strict=True)
            if line.shows
        ]  # fmt: skip
    return judge(r, of)


@given(st.sampled_from(ASKED), st.lists(LINES, max_size=5), LINES, st.integers(0, 5), st.booleans())
def test_a_line_more_never_makes_a_verdict_worse(
    asked: Requirement, lines: list[Line], line: Line, at: int, is_read: bool
) -> None:
    less = judged(asked, lines, is_read=is_read)
    more = judged(asked, [*lines[:at], line, *lines[at:]], is_read=is_read)
    assert less.share <= more.share
    assert more.verdict not in NO_SHARE or less.verdict in NO_SHARE
