"""The arithmetic by the rubric's letter, and its properties over generated evidence."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.models.document import RESUME, Location
from evaluator.models.evidence import Evidence, ScopeFact
from evaluator.models.vocabulary import (
    AXIS_OF,
    Agency,
    Axis,
    Context,
    Dimension,
    Outcome,
    ScopeKind,
    Seniority,
    Standing,
    Track,
)
from evaluator.roles.loading import load_role
from evaluator.rubric import load_rubric
from evaluator.scoring import (
    Artifact,
    Fit,
    Grounds,
    Tenure,
    Verdict,
    advert_words,
    fit_of,
    judge,
    judge_requirements,
    next_steps,
    robustness,
    seniority_of,
    tenure_of,
    track_of,
)
from evaluator.structure.dates import Month, Period
from evaluator.structure.outline import Entry, Outline, Passage
from evaluator.structure.responsibility import Responsibility
from evaluator.structure.sections import Section

RUBRIC = load_rubric()
LONG = Tenure(ml=120, ops=120, either=120)


def item(
    dimension: str,
    context: str = "work",
    agency: str = "owned",
    outcome: str = "quantified",
    *,
    production: bool = True,
    ml: bool = True,
    source: str = RESUME,
    at: int = 0,
) -> Evidence:
    return Evidence(
        id="e", quote=f"q{at}", source=source, dimension=Dimension(dimension), context=Context(context),
        agency=Agency(agency), outcome=Outcome(outcome), production=production, ml_specific=ml,
        location=Location(start=at, end=at + 1),
    )  # fmt: skip


def verdict(
    *items: Evidence, tenure: Tenure = LONG, artifacts: dict[str, Artifact] | None = None
) -> Verdict:
    spread = [
        i.model_copy(update={"quote": f"q{n}", "location": Location(start=n, end=n + 1)})
        for n, i in enumerate(items)
    ]
    return judge(spread, RUBRIC, artifacts=artifacts or {}, tenure=tenure)


@pytest.mark.parametrize(
    ("one", "level"),
    [
        (item("data", "listed", "exposed", "none"), 1),
        (item("data", "credential", "owned", "quantified"), 1),
        (item("data", "coursework", "owned", "quantified"), 1),
        (item("data", "work", "exposed", "quantified"), 1),
        (item("data", "work", "contributed", "none"), 2),
        (item("data", "work", "contributed", "quantified"), 2),
        (item("data", "work", "owned", "none"), 2),
        (item("data", "project", "owned", "stated"), 3),
        (item("data", "work", "owned", "quantified", production=False), 3),
        (item("data", "work", "owned", "quantified"), 4),
        (item("data", "project", "owned", "quantified", source="a/b"), 3),
    ],
)
def test_levels_of_single_items(one: Evidence, level: int) -> None:
    assert verdict(one).levels[Dimension.DATA] == level


@dataclass(frozen=True)
class Banded:
    items: tuple[Evidence, ...]
    ml: int
    ops: int
    track: Track
    tenure: Tenure = field(default=LONG)


EXPERT_ML = tuple(item(d) for d in ("modeling", "data", "optimization", "theory"))
EXPERT_OPS = tuple(item(d) for d in ("delivery", "infrastructure", "monitoring", "scalability"))
BANDED = {
    "nothing": Banded((), 0, 0, Track.UNRELATED),
    "two stray mentions": Banded((item("data", "listed"), item("modeling", "listed")), 0, 0, Track.UNRELATED),
    "a list of tools": Banded(tuple(item(d, "listed") for d in ("data", "modeling", "theory")), 1, 0, Track.DEVELOPING),
    "an exercise": Banded((item("modeling", "coursework", "contributed"),), 1, 0, Track.DEVELOPING),
    "one applied": Banded((item("modeling", agency="contributed"),), 1, 0, Track.DEVELOPING),
    "two applied at work": Banded((item("modeling", agency="contributed"), item("data", agency="contributed")), 2, 0, Track.DEVELOPING),
    "two applied for oneself": Banded(
        (item("modeling", "project", "contributed", "none"), item("data", "project", "contributed", "none")), 1, 0, Track.DEVELOPING,
    ),
    "one owned and little else": Banded((item("modeling"),), 1, 0, Track.DEVELOPING),
    "one owned and applied ones": Banded((item("modeling"), item("data", agency="contributed")), 2, 0, Track.DEVELOPING),
    "two owned and one applied": Banded((item("modeling"), item("data"), item("theory", agency="contributed")), 3, 0, Track.ML),
    "expert": Banded(EXPERT_ML, 4, 0, Track.ML),
    "expert without years": Banded(EXPERT_ML, 3, 0, Track.ML, Tenure(ml=12)),
    "operations": Banded(EXPERT_OPS, 0, 4, Track.OPS),
    "operations without any ML": Banded(tuple(i.model_copy(update={"ml_specific": False}) for i in EXPERT_OPS), 0, 3, Track.OPS),
    "both": Banded(EXPERT_ML + EXPERT_OPS, 4, 4, Track.DUAL),
}  # fmt: skip


@pytest.mark.parametrize("case", BANDED.values(), ids=BANDED.keys())
def test_bands_and_tracks(case: Banded) -> None:
    found = verdict(*case.items, tenure=case.tenure)
    assert (found.bands[Axis.ML], found.bands[Axis.OPS], found.track) == (
        case.ml,
        case.ops,
        case.track,
    )


def test_a_public_artifact_lifts_an_owned_claim_to_proven() -> None:
    claim = item("data", outcome="stated", production=False)
    public = item("data", "project", "owned", "none", source="a/b")
    assert verdict(claim, public).levels[Dimension.DATA] == 3
    proved = verdict(claim, public, artifacts={"a/b": Artifact(sustained=True)})
    assert proved.levels[Dimension.DATA] == 4
    assert proved.standings[Dimension.DATA] is Standing.CORROBORATED


def test_public_work_alone_can_be_proven_by_releases() -> None:
    public = item("data", "project", "owned", "stated", source="a/b")
    artifact = Artifact(sustained=True, releases=5)
    found = verdict(public, artifacts={"a/b": artifact})
    assert found.levels[Dimension.DATA] == 4
    assert found.standings[Dimension.DATA] is Standing.DEMONSTRATED


def test_one_achievement_serves_at_most_two_dimensions() -> None:
    same = [item(d, at=5) for d in ("modeling", "data", "theory")]
    found = judge(same, RUBRIC, artifacts={}, tenure=LONG)
    assert sum(level > 0 for level in found.levels.values()) == 2
    mentions = [item(d, "listed", at=5) for d in ("modeling", "data", "theory")]
    assert sum(judge(mentions, RUBRIC, artifacts={}, tenure=LONG).levels.values()) == 3


def test_borderline_names_the_neighbour() -> None:
    fragile = verdict(item("modeling"), item("data"), item("theory", agency="contributed"))
    border = robustness(fragile, RUBRIC, artifacts={}, tenure=LONG).borderline
    assert border is not None
    assert border.neighbour is Track.DEVELOPING
    nearly = verdict(
        item("modeling"), item("data", outcome="none"), item("theory", agency="contributed")
    )
    assert nearly.track is Track.DEVELOPING
    raised = robustness(nearly, RUBRIC, artifacts={}, tenure=LONG).borderline
    assert raised is not None
    assert raised.neighbour is Track.ML
    firm = verdict(*EXPERT_ML, *EXPERT_ML)
    assert robustness(firm, RUBRIC, artifacts={}, tenure=LONG).borderline is None


@pytest.mark.parametrize(
    ("role", "years", "expected"),
    [
        (Responsibility(only_as_junior=True), 6, Seniority.JUNIOR),
        (Responsibility(answers_for_teams=True, directs=True, years=12), 6, Seniority.DIRECTOR),
        (Responsibility(answers_for_teams=True, directs=True, years=4), 4, Seniority.LEAD),
        (Responsibility(directs=True, titles=frozenset({"lead"})), 6, Seniority.LEAD),
        (Responsibility(directs=True), 6, Seniority.SENIOR),
        (Responsibility(guides=2), 5, Seniority.SENIOR),
        (Responsibility(titles=frozenset({"senior"})), 5, Seniority.SENIOR),
        (Responsibility(titles=frozenset({"senior"})), 2.5, Seniority.ENGINEER),
        (Responsibility(), 5, Seniority.ENGINEER),
        (Responsibility(guides=2), 2.5, Seniority.ENGINEER),
    ],
)
def test_seniority(role: Responsibility, years: float, expected: Seniority) -> None:
    tenure = Tenure(either=round(years * 12))
    assert seniority_of(verdict(*EXPERT_ML), (), role, tenure, RUBRIC) is expected


def test_few_results_and_few_years_are_junior() -> None:
    found = verdict(item("modeling", agency="contributed"), item("data", agency="contributed"))
    assert seniority_of(found, (), Responsibility(), Tenure(either=6), RUBRIC) is Seniority.JUNIOR


def test_the_unrelated_have_no_seniority() -> None:
    assert seniority_of(verdict(), (), Responsibility(), LONG, RUBRIC) is None


def test_facts_of_a_reader_go_before_titles() -> None:
    def facts(*kinds: ScopeKind) -> list[ScopeFact]:
        return [ScopeFact(kind=k, quote="q", location=Location(start=n, end=n + 1)) for n, k in enumerate(kinds)]  # fmt: skip

    found, tenure = verdict(*EXPERT_ML), Tenure(either=60)
    leads = facts(ScopeKind.LEADS, ScopeKind.LEADS, ScopeKind.LEADS)
    assert seniority_of(found, leads, Responsibility(), tenure, RUBRIC) is Seniority.LEAD
    assert seniority_of(found, facts(ScopeKind.GUIDES), Responsibility(), tenure, RUBRIC) is Seniority.ENGINEER  # fmt: skip
    assert seniority_of(found, facts(ScopeKind.DECIDES), Responsibility(), tenure, RUBRIC) is Seniority.SENIOR  # fmt: skip


@pytest.mark.parametrize("name", ["ml-engineer", "mlops-engineer", "dual"])
def test_role_fit_runs_from_nothing_to_everything(name: str) -> None:
    role = load_role(name)

    def fit(**levels: int) -> Fit:
        every = {d: levels.get(d.value, 0) for d in Dimension}
        grounds = Grounds(text="", places=(), evidence=(), levels=every)
        return fit_of(judge_requirements(role, grounds, advert_words(role))[0])

    asked = {r.id: r.level or 0 for r in role.requirements}
    assert (fit().score, fit().musts.found) == (0, 0)
    assert (fit(**asked).score, fit(**asked).musts.found) == (100, len(asked))
    assert fit(**{d.value: 4 for d in Dimension}).missing == ()


def test_next_steps_say_what_would_move_most() -> None:
    steps = next_steps(verdict(item("modeling"), item("data", outcome="none")), RUBRIC)
    assert len(steps) == 3
    assert steps[0].gain >= steps[1].gain >= steps[2].gain > 0
    assert all(s.to_level == s.from_level + 1 for s in steps)
    full = verdict(*(item(d.value) for d in Dimension))
    assert next_steps(full, RUBRIC) == ()


KINDS = (
    tuple(Dimension), tuple(Context), tuple(Agency), tuple(Outcome), (True, False), (True, False), (RESUME, "a/b", "c/d"), range(26),
)  # fmt: skip


def any_item(number: int) -> Evidence:
    """One of all kinds: drawn as one number, since eight draws an item took longer than all judging."""
    chosen: list[Any] = []
    for kinds in KINDS:
        number, index = divmod(number, len(kinds))
        chosen.append(kinds[index])
    dimension, context, agency, outcome, production, ml, source, at = chosen
    return item(dimension, context, agency, outcome, production=production, ml=ml, source=source, at=at)  # fmt: skip


ITEMS = st.integers(0, math.prod(len(kinds) for kinds in KINDS) - 1).map(any_item)
ARTIFACTS = {"a/b": Artifact(sustained=True, releases=5), "c/d": Artifact(sustained=False)}


def _judge(items: list[Evidence]) -> Verdict:
    return judge(items, RUBRIC, artifacts=ARTIFACTS, tenure=LONG)


@given(st.lists(ITEMS, max_size=20), st.randoms())
def test_order_and_duplicates_change_nothing(items: list[Evidence], random: object) -> None:
    unique = list({(i.source, i.location.start, i.dimension): i for i in items}.values())
    before = _judge(unique)
    shuffled = list(unique)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    after = _judge(shuffled)
    assert (after.points, after.bands, after.scores, after.track) == (
        before.points,
        before.bands,
        before.scores,
        before.track,
    )
    assert _judge(unique + unique[:1]).bands == before.bands


@given(st.lists(ITEMS, max_size=15), ITEMS)
def test_one_more_achievement_never_lowers_anything(items: list[Evidence], more: Evidence) -> None:
    new = more.model_copy(update={"quote": "new", "location": Location(start=100, end=101)})
    before, after = _judge(items), _judge([*items, new])
    for axis in Axis:
        assert after.bands[axis] >= before.bands[axis]
        assert after.scores[axis] >= before.scores[axis]
    for dimension in Dimension:
        assert after.points[dimension] >= before.points[dimension]


@given(st.lists(ITEMS, max_size=20))
def test_verdicts_are_whole(items: list[Evidence]) -> None:
    found = _judge(items)
    assert all(0 <= found.scores[axis] <= 100 for axis in Axis)
    assert found.track is track_of(found.bands, RUBRIC)
    assert all(0 <= p <= 4 and int(p) == found.levels[d] for d, p in found.points.items())
    assert all(AXIS_OF[i.dimension] in found.bands for i in found.used)


@given(st.lists(ITEMS, min_size=1, max_size=20), st.data())
def test_one_item_less_moves_a_score_by_its_weight_at_most(
    items: list[Evidence], data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from(items))
    before, after = _judge(items), _judge([item for item in items if item is not gone])
    axis = AXIS_OF[gone.dimension]
    assert before.scores[axis] - after.scores[axis] <= 100 * RUBRIC.score.weights[0] + 0.1


def career(*jobs: tuple[int, int | None] | None) -> Outline:
    """Jobs from one year to another, or undated, each with one passage of one character."""
    return Outline(
        passages=tuple(
            Passage(number=n + 1, start=n, end=n + 1, section=Section.EMPLOYMENT, entry=n)
            for n in range(len(jobs))
        ),
        entries=tuple(
            Entry(
                section=Section.EMPLOYMENT,
                title="Engineer",
                start=n,
                period=job
                and Period(
                    first=Month.of(job[0]), last=None if job[1] is None else Month.of(job[1])
                ),
            )
            for n, job in enumerate(jobs)
        ),
    )


@pytest.mark.parametrize(
    ("jobs", "years", "undated"),
    [
        ([(2010, 2014), (2012, 2015)], 5, 0),
        ([(2010, 2012), (2016, 2018)], 4, 0),
        ([(2020, None), (2022, 2041)], 6, 0),
        ([(2031, 2035), (2020, 2022)], 2, 0),
        ([(1019, 2021), (2020, 2022)], 2, 0),
        ([(2020, 2022), None, None], 2, 2),
    ],
)
def test_years_count_once_up_to_the_present_and_say_which_jobs_have_none(
    jobs: list[tuple[int, int | None] | None], years: int, undated: int
) -> None:
    evidence = [item("modeling", at=n) for n in range(len(jobs))]
    tenure = tenure_of(evidence, career(*jobs), Month.of(2026))
    assert (tenure.years(Axis.ML), tenure.undated) == (years, undated)


def test_no_dates_are_unknown_years() -> None:
    assert tenure_of([item("modeling")], career(None), Month.of(2026)).years(Axis.ML) is None
