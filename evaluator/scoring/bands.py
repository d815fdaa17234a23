"""What each band of an axis asks for, and what the next one lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..models.document import RESUME
from ..models.evidence import Evidence
from ..models.vocabulary import Agency, Axis, Context, Outcome, System
from ..rubric import Bands

APPLIED, OWNED, PROVEN = 2, 3, 4
_MOST = 4


class End(StrEnum):
    """What an axis lacks whose band may go no higher by the kind of its systems."""

    QUALITY = "work beyond testing, security and audit"
    OFFICE = "software delivery, or a platform that others build on"
    WITHOUT_ML = "the operation of a machine-learning system"


@dataclass(frozen=True, slots=True)
class BandGates:
    """What the bands of an axis ask, and what is there."""

    axis: Axis
    counts: Mapping[int, int]
    """Dimensions at a level or above."""
    done: Sequence[Evidence]
    best: Sequence[Evidence]
    """The strongest item of each dimension that was applied: what the axis rests on."""
    mentions: int
    years: float | None
    proven_in_public: bool
    rules: Bands

    def band(self) -> int:
        """The band and nothing else."""
        rules, counts = self.rules, self.counts
        if self._is_expert():
            band = 4
        elif self._is_strong():
            band = 3
        elif counts[APPLIED] >= rules.working_applied and (was_judged(self.done) or counts[OWNED]):
            band = 2
        else:
            band = int(
                (bool(counts[APPLIED]) and not self._is_stray())
                or self.mentions > rules.stray_mentions
            )
        return min(band, self._most())

    def _is_expert(self) -> bool:
        rules, counts = self.rules, self.counts
        lasted = self.proven_in_public or self._lasted(rules.expert_years)
        return (
            counts[PROVEN] >= rules.expert_proven and counts[OWNED] >= rules.expert_owned and lasted
        )

    def _is_strong(self) -> bool:
        rules, counts = self.rules, self.counts
        results = {
            (item.source, item.location.start)
            for item in self.done
            if item.agency is Agency.OWNED and item.outcome is not Outcome.NONE
        }
        twice_proven = (
            counts[PROVEN] >= rules.strong_proven and len(results) >= rules.strong_results
        )
        broad = counts[APPLIED] >= rules.strong_applied or twice_proven
        told = counts[OWNED] >= rules.strong_owned and broad
        owned = {item.dimension for item in self.done if item.agency is Agency.OWNED}
        sustained = (
            self.years is not None
            and self.years >= rules.sustained_years
            and counts[APPLIED] >= rules.sustained_applied
            and len(owned) >= rules.sustained_owned
        )
        lasted = self.proven_in_public or self._lasted(rules.strong_years)
        return (told and lasted) or sustained

    def _is_stray(self) -> bool:
        """One part done once, with nothing told to have come of it, is a stray line."""
        return len(self.done) == 1 and (self.done[0].agency, self.done[0].outcome) == (
            Agency.CONTRIBUTED,
            Outcome.NONE,
        )

    def _lasted(self, years: float) -> bool:
        """Unknown years cost nothing here; the report asks for a person instead."""
        return self.years is None or self.years >= years

    def _most(self) -> int:
        """The highest band that the kinds of systems allow."""
        rules = self.rules
        if self.axis is Axis.ML or not self.best:
            return 4
        kinds = {System.ML if item.ml_specific else item.system for item in self.best}
        if kinds <= {System.QUALITY}:
            return rules.quality_alone
        if kinds <= {System.QUALITY, System.SECURITY}:
            return rules.security_alone
        if kinds <= {System.QUALITY, System.SECURITY, System.OFFICE}:
            return rules.office_alone
        is_ml = any(item.ml_specific for item in self.done)
        return 4 if is_ml else rules.ops_without_ml

    def next_needs(self) -> str | None:
        """What the next band asks for that is not there, in a sentence; None at the highest band."""
        rules, counts, band = self.rules, self.counts, self.band()
        if band and band == self._most():
            return None if band == _MOST else self._ended()
        if band == 0:
            return "one thing done at work or in a project, or several courses or tools named"
        if band == 1:
            return f"applied work that somebody used, in {rules.working_applied} dimensions; found: {counts[APPLIED]}"
        if band == 2:
            if counts[OWNED] >= rules.strong_owned and counts[APPLIED] >= rules.strong_applied:
                return f"about {_in_years(rules.strong_years)} of such work; found: {self._years()}"
            return (
                f"owned work with a result in {rules.strong_owned} dimensions, applied work in {rules.strong_applied}; "
                f"found: {counts[OWNED]} and {counts[APPLIED]}"
            )
        if counts[PROVEN] >= rules.expert_proven and counts[OWNED] >= rules.expert_owned:
            return f"about {_in_years(rules.expert_years)} of such work; found: {self._years()}"
        return (
            f"owned work with a result in {rules.expert_owned} dimensions, measured or confirmed in {rules.expert_proven} of them; "
            f"found: {counts[OWNED]} and {counts[PROVEN]}"
        )

    def _ended(self) -> str:
        kinds = {System.ML if item.ml_specific else item.system for item in self.best}
        if kinds <= {System.QUALITY, System.SECURITY}:
            return End.QUALITY.value
        if kinds <= {System.QUALITY, System.SECURITY, System.OFFICE}:
            return End.OFFICE.value
        return End.WITHOUT_ML.value

    def _years(self) -> str:
        return "unknown" if self.years is None else f"{self.years:.1f}"


def was_judged(items: Iterable[Evidence]) -> bool:
    """Whether anybody used or judged the work: an employer, a publisher, users of a repository."""
    return any(
        item.context in {Context.WORK, Context.PUBLICATION}
        or (
            item.context is Context.PROJECT
            and (item.outcome is not Outcome.NONE or item.source != RESUME)
        )
        for item in items
        if item.agency is not Agency.EXPOSED
    )


def mentions_of(items: Iterable[Evidence], rules: Bands) -> int:
    """Distinct mentions: a place counts once for a dimension, an exercise done counts as a list."""
    exercise = rules.mentions_of_exercise
    return sum(
        exercise if i.context is Context.COURSEWORK and i.agency is not Agency.EXPOSED else 1
        for i in items
    )


def _in_years(years: float) -> str:
    return "1 year" if years == 1 else f"{years:g} years"
