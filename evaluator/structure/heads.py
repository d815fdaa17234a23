"""Where the head of an entry begins and ends: its dated line, and the lines around that which belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .blocks import Block
from .fields import fields_of
from .line_features import MOST_WORDS, LineFeatures, name_job, names_membership
from .projects import names_tools
from .sections import Section, is_sublabel
from .vocabulary import vocabulary, words_of

_ENDS_SENTENCE = re.compile(r"[.!?:;。！？]\s*$")
_ABOVE_WORDS, _NAME_WORDS, _STATEMENT_WORDS = 14, 8, 5
_MOST_ABOVE, _MOST_BELOW, _MOST_LABELS = 3, 2, 8
_IS_HEAD = 2.0
"""Points from which on a line above a dated one belongs to it."""
_LIST_COMMAS = 3
_COLUMNS = 3
_SAME_WORDS = 3
"""Tabs in the names of a table's columns: a line of a head has fewer."""
STUDIES = frozenset({Section.EDUCATION})
WITH_ENTRIES = frozenset({Section.EMPLOYMENT, Section.PROJECTS, Section.VOLUNTEERING, *STUDIES})
_OF_THE_JOB = frozenset({"project", "client", "title", "dates", "place"})
"""Labels of lines that tell more of a job whose head stands above."""
_WITHOUT = frozenset(
    {
        Section.PUBLICATIONS,
        Section.CERTIFICATIONS,
        Section.COURSES,
        Section.INTERESTS,
        Section.ACHIEVEMENTS,
        Section.LANGUAGES,
        Section.ADVERT,
    }
)
"""Sections in which a date alone makes no entry."""


@dataclass(slots=True)
class ParserState:
    """Where the reading of a resume stands."""

    section: Section = Section.HEADER
    entry: int | None = None
    above: int | None = None
    """Lines above the dated line in the first entry under this heading, so in the next too."""
    by_item: bool = False
    """The entry is an item of a list."""
    style: tuple[bool, bool] | None = None
    """Of the last heading: in capitals, and with a colon."""
    head: str = ""
    """The words of the entry's head, folded."""
    has_school: bool = False
    """The entry's head names its school."""
    has_labels: bool = False
    """A job began with the word for its employer."""


class HeadFinder:
    """Finds heads from where the reading stands; it looks a few blocks ahead.

    Args:
        blocks: of the document.
        looks: how each looks.
        headings: the section that each opens by its words.
        has_gaps: whether space stands above headings.
        now: where the reading stands; it is read anew each time.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        looks: Sequence[LineFeatures],
        headings: Sequence[Section | None],
        *,
        has_gaps: bool,
        now: ParserState,
    ) -> None:
        self._blocks, self._looks, self._headings = blocks, looks, headings
        self._has_gaps, self._now = has_gaps, now

    def head_at(self, at: int) -> tuple[int, int] | None:
        """Index of the dated line of a head that begins here, or of its first, and after its last."""
        if self._now.section is Section.ADVERT or (
            self._headings[at] is not None and not self.is_label(at)
        ):
            return None
        if self.tells_more(at):
            return None
        for anchor in range(at, min(at + _MOST_ABOVE + 1, len(self._blocks))):
            if self._is_anchor(anchor):
                above = range(at, anchor)
                if all(self._is_above(index, anchor) for index in above):
                    return anchor, self._end_of_head(at, anchor)
                return None
            if not self._may_be_head(anchor):
                break
        if self._now.section in _WITHOUT and not self._names_employer(at):
            return None
        end = self._end_of_labels(at)
        if end > at:
            return at, end
        return (at, self._end_of_head(at, at)) if self._is_undated_head(at) else None

    def tells_more(self, at: int) -> bool:
        """Whether a labelled line, such as the project or the dates, is of the job above in a form with labels."""
        kind = (self._looks[at].label or "").removeprefix("bare ")
        now = self._now
        if not now.has_labels or now.section is not Section.EMPLOYMENT or now.entry is None:
            return False
        if kind not in _OF_THE_JOB or self._is_counted(at):
            return False
        looks = self._looks[at : max(at + 1, self._end_of_labels(at))]
        dated = any(look.ranged for look in looks) and kind != "dates"
        return not dated and not any((n.label or "").endswith("employer") for n in looks)

    def _is_counted(self, at: int) -> bool:
        """Whether a label has a number: Project 2."""
        look = self._looks[at]
        label = look.text.removesuffix(look.value) if look.value else look.text
        return any(map(str.isdigit, label))

    def _names_employer(self, at: int) -> bool:
        look = self._looks[at]
        return look.label == "employer" and bool(look.value) and look.words <= _NAME_WORDS

    def _is_anchor(self, at: int) -> bool:
        """Whether the line holds the dates of an entry."""
        block, look = self._blocks[at], self._looks[at]
        strong = look.titled or look.named or look.school or look.degree
        dated = look.dated or (look.year and strong and self._now.section in STUDIES)
        if not dated or look.words > MOST_WORDS or self._headings[at] is not None:
            return False
        if block.item and not self._is_item_of_heads(at):
            return False
        is_study = self._now.section in STUDIES and look.degree
        if look.told and not is_study and not (look.opening and look.ranged):
            return False
        if self._now.section in _WITHOUT:
            # A word of a list may have been taken for the heading of one; a job is a job.
            told = self._now.section is not Section.INTERESTS
            return told and look.ranged and self._names_job(at)
        if self._now.section in {Section.SKILLS, Section.OTHER}:
            sure = self._now.section is Section.SKILLS or (look.placed and not look.school)
            return sure and look.ranged and self._names_job(at)
        if look.ranged:
            named = strong or look.placed or look.words <= _NAME_WORDS
            return look.leads or look.capital or named
        if self._now.section in {Section.HEADER, Section.SUMMARY, Section.UNNAMED}:
            return False
        if self._now.section is not Section.EMPLOYMENT or look.lone or strong or look.placed:
            return not block.item
        return (
            not block.item and look.capital and look.words <= _NAME_WORDS and self._stands_apart(at)
        )

    def _names_job(self, at: int) -> bool:
        """Whether a dated line names a title and an employer, by itself or with the line above or below it."""
        look = self._looks[at]
        if names_membership(look):
            return False
        if look.titled and look.named:
            return True
        dated = [self._looks[n].dated for n in range(at, min(at + 3, len(self._blocks)))]
        # A title above another date belongs to that.
        below = [at + 1] if dated[1:2] == [False] and not any(dated[2:]) else []
        above = [at - 1] if at and not self._looks[at - 1].dated else []
        return any(
            self._may_be_head(n) and name_job((look, self._looks[n])) for n in (*above, *below)
        )

    def _is_item_of_heads(self, at: int) -> bool:
        """Whether the items of a list are themselves jobs with dates at either end."""
        look = self._looks[at]
        statements = self._now.entry is not None and not self._now.by_item
        strong = look.titled or look.named or look.school or look.degree
        return strong and look.ranged and not look.told and not statements

    def _may_be_head(self, at: int) -> bool:
        block, look = self._blocks[at], self._looks[at]
        return (
            not block.item
            and not look.told
            and look.words <= self._longest(look)
            and self._headings[at] is None
            and look.text.count("\t") < _COLUMNS
            and look.label != "within"
        )

    def _longest(self, look: LineFeatures) -> int:
        """Words of a line of a head: a degree, its school and their place may stand in one."""
        named = look.degree + look.school + look.placed
        return MOST_WORDS if self._now.section in STUDIES and named > 1 else _ABOVE_WORDS

    def _is_above(self, at: int, anchor: int) -> bool:
        """Whether a line above a dated one belongs to it and not to what stands before."""
        look = self._looks[at]
        if look.ranged or not self._may_be_head(at):
            return False
        points = 2.0 * (look.titled or look.degree or look.school or bool(look.label))
        points += 1.5 * look.named + 1.0 * look.placed + 0.5 * look.capital
        points += 1.0 * (look.words <= _NAME_WORDS) + 1.0 * self._stands_apart(at)
        points += 1.0 * (self._now.section in STUDIES and self._looks[anchor].lone)
        if _ENDS_SENTENCE.search(look.text) or look.text.count(",") >= _LIST_COMMAS:
            points -= 2.0
        if self._now.above is not None:
            points += 1.5 if anchor - at <= self._now.above else -1.5
        return points >= _IS_HEAD

    def _stands_apart(self, at: int) -> bool:
        """Whether space, a heading or a list stands before."""
        before = self._blocks[at - 1] if at else None
        return (
            before is None
            or self._blocks[at].gap
            or before.item
            or self._headings[at - 1] is not None
        )

    def _end_of_head(self, at: int, anchor: int) -> int:
        """After the lines below a dated one that name what it lacks."""
        end = anchor + 1
        while end < len(self._blocks) and end <= anchor + _MOST_BELOW and self._is_below(at, end):
            end += 1
        return end

    def _is_below(self, at: int, end: int) -> bool:
        look, block = self._looks[end], self._blocks[end]
        if not self._may_be_head(end) or look.dated:
            return False
        if look.year and self._now.section in STUDIES and (look.degree or look.school):
            return False
        if self._now.above and any(
            self._is_anchor(n)
            for n in range(end + 1, min(end + 1 + self._now.above, len(self._blocks)))
        ):
            return False
        looks = self._looks[at:end]
        if look.label:
            if look.label == "employer" and any(n.label == "employer" for n in looks):
                return False
            opens = look.label.endswith(("project", "client"))
            return not opens or any(n.label for n in looks)
        if all(n.lone for n in looks):
            return True
        if block.gap or _ENDS_SENTENCE.search(look.text):
            return False
        return self._adds(looks, end)

    def _adds(self, looks: Sequence[LineFeatures], at: int) -> bool:
        """Whether a line names the title, the employer or the place that the lines of a head lack."""
        look = self._looks[at]
        if self._now.section in STUDIES:
            degree, school = any(n.degree for n in looks), any(n.school for n in looks)
            own = look.placed and any(n.placed for n in looks)
            return (look.degree and not degree and not own) or (
                look.school and not school and not look.degree
            )
        fields = fields_of(looks)
        if look.titled and not fields.title:
            return True
        if look.words > _NAME_WORDS or not look.capital:
            return False
        if look.placed and not look.titled and not fields.place:
            return True
        guessed = look.named and not any(n.named for n in looks)
        if look.titled or (fields.employer and not guessed):
            return False
        after = at + 1
        ends = after == len(self._blocks) or self._blocks[after].item or self._looks[after].told
        return look.named or (look.words <= _STATEMENT_WORDS and (ends or self._blocks[after].gap))

    def _end_of_labels(self, at: int) -> int:
        """After the lines with labels that make a head: Project, Client, Role; ``at`` where they make none."""
        opener = self._looks[at].label or ""
        kind = opener.removeprefix("bare ")
        if kind not in {"employer", "project", "client", "title", "dates"} or self._looks[at].told:
            return at
        if opener.startswith("bare ") and self._now.section not in {*WITH_ENTRIES, Section.UNNAMED}:
            return at
        end = at + 1
        last = min(len(self._blocks), at + _MOST_LABELS)
        while end < last and (self._is_labelled(end) or self._is_between_labels(end)):
            end += 1
        alone = end == at + 1
        if alone and (opener.startswith("bare ") or kind in {"client", "title", "dates"}):
            return at
        return end

    def _is_between_labels(self, at: int) -> bool:
        """Whether a short line such as the tools stands among the labels of a head."""
        return (
            self._looks[at].label == "within"
            and bool(self._looks[at].value)
            and self._looks[at].words <= _ABOVE_WORDS
            and at + 1 < len(self._blocks)
            and self._is_labelled(at + 1)
            and not (self._looks[at + 1].label or "").endswith(("employer", "project"))
        )

    def _is_labelled(self, at: int) -> bool:
        label = self._looks[at].label
        if label is None or self._headings[at] is not None or self._looks[at].words > MOST_WORDS:
            return False
        first = label.removeprefix("bare ")
        if label == "employer" and self._now.has_labels:
            return False
        return first != "within" and not (
            first == "employer" and self._looks[at - 1].label == label
        )

    def _is_undated_head(self, at: int) -> bool:
        """Whether a line without dates names a job, a project or a study."""
        look = self._looks[at]
        if (
            not self._may_be_head(at)
            or look.label
            or self._now.section not in {*WITH_ENTRIES, Section.UNNAMED}
        ):
            return False
        if self._now.section in STUDIES:
            return self._is_undated_study(at)
        if self._now.section is Section.UNNAMED and names_membership(look):
            return False
        if self._now.section is Section.EMPLOYMENT and self._now.has_labels:
            return False
        whole = look.titled and look.named and look.placed and look.words <= _ABOVE_WORDS
        whole = whole or self._is_above_employer(at) or self._is_below_sentence(at)
        if not (self._stands_apart(at) or whole) or _ENDS_SENTENCE.search(look.text):
            return False
        after = at + 1
        if self._now.section is Section.PROJECTS and self._names_tools(after):
            after += 1
        tells = after < len(self._blocks) and (
            self._blocks[after].item
            or self._looks[after].told
            or self._looks[after].label == "within"
            or self._is_above_employer(at)
        )
        if self._now.section is Section.PROJECTS:
            told_of = tells and not is_sublabel(look.text) and not self._names_tools(at)
            return told_of and look.words <= _ABOVE_WORDS
        return look.titled and look.words <= _ABOVE_WORDS and (tells or look.named)

    def _names_tools(self, at: int) -> bool:
        return at < len(self._looks) and names_tools(self._looks[at].text)

    def _is_below_sentence(self, at: int) -> bool:
        """Whether a line that names a title and an employer stands below the end of a sentence."""
        look = self._looks[at]
        named = look.titled and look.named and look.capital and look.words <= _NAME_WORDS
        return named and at > 0 and _ENDS_SENTENCE.search(self._looks[at - 1].text) is not None

    def _is_above_employer(self, at: int) -> bool:
        """Whether a job's title stands alone above a line that names the employer and the place."""
        if self._now.section is not Section.EMPLOYMENT or at + 1 >= len(self._blocks):
            return False
        look, below = self._looks[at], self._looks[at + 1]
        is_title = look.titled and look.capital and look.words <= _NAME_WORDS
        is_employer = below.named and below.placed and below.capital and not below.titled
        return is_title and is_employer and not below.dated and self._may_be_head(at + 1)

    def _is_undated_study(self, at: int) -> bool:
        look = self._looks[at]
        if look.titled and not look.degree and not look.school:
            return (
                look.words <= _NAME_WORDS
                and self._now.section is Section.EDUCATION
                and self._stands_apart(at)
                and not names_membership(look)
            )
        if look.degree:
            return look.school or not self._is_part_of_study(look)
        return look.school and (
            self._stands_apart(at) or (look.placed and look.capital and self._now.has_school)
        )

    def _is_part_of_study(self, look: LineFeatures) -> bool:
        """Whether a line tells more of the study above it: its courses, its degree once more."""
        if self._now.entry is None:
            return False
        words = words_of(look.text.casefold())
        again = " ".join(words[:_SAME_WORDS])
        return (
            len(words) < 2
            or any(word in vocabulary().parts_of_study for word in words[:2])
            or (self._now.has_school and len(words) >= _SAME_WORDS and again in self._now.head)
        )

    def is_label(self, at: int) -> bool:
        """Whether what reads like a heading is the label of an entry: Project 2, or Company with nothing beside it."""
        look = self._looks[at]
        if not look.label or self._now.section not in WITH_ENTRIES:
            return False
        counted = any(map(str.isdigit, look.text)) and look.label == "project"
        return counted or (look.label == "employer" and look.text.rstrip()[-1] in "-–:")
