"""Rates and ratios equal the worked examples of the rule's own text, and chance is what chance does."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from itertools import product
from math import comb
from pathlib import Path
from random import Random

import pytest

from evaluator.audit.intervals import clopper_pearson, fisher, holm, incomplete_beta, ratio_interval
from evaluator.audit.rates import (
    Outcome,
    above_median,
    counted,
    lowest_by_chance,
    table,
)
from evaluator.cli import run as cli

from ..batch.test_runner import rows, run
from ..conftest import RESUMES

# The examples of 6 RCNY § 5-301 as the Department of Consumer and Worker Protection printed them: people, hits, ratio.
SELECTION = {
    "sex": "Male 1390 667 1.000 Female 1181 555 0.979",
    "race": "Hispanic 408 204 0.967 White 797 412 1.000 Black 390 170 0.843 NHPI 119 52 0.845 Asian 616 302 0.948 AIAN 41 18 0.849 Two 213 96 0.872",
    "both": "H-M 205 90 0.841 H-F 190 82 0.827 W-M 412 215 1.000 B-M 226 95 0.806 N-M 87 37 0.815 A-M 321 167 0.997 I-M 24 11 0.878 2-M 115 52 0.867 W-F 385 197 0.981 B-F 164 75 0.876 N-F 32 15 0.898 A-F 295 135 0.877 I-F 17 7 0.789 2-F 98 44 0.860",
}
SCORING = {
    "sex": "Male 92 50 1.000 Female 76 34 0.823",
    "race": "Hispanic 28 18 1.000 White 40 15 0.583 Black 32 16 0.778 NHPI 8 5 0.972 Asian 24 10 0.648 AIAN 16 10 0.972 Two 20 10 0.778",
    "both": "H-M 16 12 1.000 H-F 12 6 0.667 W-M 20 7 0.467 B-M 20 10 0.667 N-M 4 3 1.000 A-M 12 7 0.778 I-M 8 5 0.833 2-M 12 6 0.667 W-F 20 8 0.533 B-F 12 6 0.667 N-F 4 2 0.667 A-F 12 3 0.333 I-F 8 5 0.833 2-F 8 4 0.667",
}
TIED = (
    "M White 90,M White 80,M White 70,M White 60,M White 50,M Black 85,M Black 70,M Black 55,M Black 40,M Asian 95,"
    "M Asian 75,M Asian 70,F White 88,F White 70,F White 65,F White 45,F Black 72,F Black 70,F Black 35,F Black 30,"
    "F Asian 92,F Asian 71,- White 99,F - 20"
)

# Numbers of fairlearn for the rule's examples and for drawn tables; the file says how they were made.
PEER = json.loads((Path(__file__).parent / "fairlearn.json").read_text(encoding="utf-8"))


def example(text: str) -> list[tuple[str, int, int, float]]:
    words = text.split()
    return [
        (words[n], int(words[n + 1]), int(words[n + 2]), float(words[n + 3]))
        for n in range(0, len(words), 4)
    ]


@pytest.mark.parametrize("text", [*SELECTION.values(), *SCORING.values()])
def test_the_examples_of_the_rule_come_out(text: str) -> None:
    told = example(text)
    found = counted("hired", "group", {name: (hits, people) for name, people, hits, _ in told})
    best = max(Fraction(hits, people) for _, people, hits, _ in told)
    cells = {cell.group: cell for cell in found.cells}
    for name, people, hits, printed in told:
        ratio = cells[name].ratio
        assert ratio is not None
        assert abs(ratio - float(Fraction(hits, people) / best)) < 1e-12
        assert abs(ratio - printed) < 0.001
        assert cells[name].is_below == (Fraction(hits, people) / best < Fraction(4, 5))


@pytest.mark.parametrize("name", PEER["tables"])
def test_rates_and_ratios_are_those_of_fairlearn(name: str) -> None:
    told = PEER["tables"][name]
    groups = told["groups"]
    found = counted("hired", "g", {group: (c["hits"], c["people"]) for group, c in groups.items()})
    for cell in found.cells:
        assert cell.rate == pytest.approx(groups[cell.group]["rate"], abs=1e-12)
        assert cell.ratio == pytest.approx(groups[cell.group]["ratio"], abs=1e-12)
    assert min(c.ratio or 0 for c in found.cells) == pytest.approx(told["lowest"], abs=1e-12)


def test_only_what_lies_above_the_median_counts_and_unknown_groups_are_counted_apart() -> None:
    people = [line.split() for line in TIED.split(",")]
    outcome = above_median("score", {str(n): float(p[2]) for n, p in enumerate(people)})
    sex = {str(n): p[0] for n, p in enumerate(people) if p[0] != "-"}
    race = {str(n): p[1] for n, p in enumerate(people) if p[1] != "-"}
    both = {n: f"{sex[n]} {race[n]}" for n in sex.keys() & race.keys()}
    found = {c.group: c for c in table(outcome, "both", both).cells}
    assert (found["F Asian"].hits, found["F Asian"].people) == (2, 2)
    assert found["M Asian"].ratio == pytest.approx(2 / 3)
    assert found["M White"].ratio == pytest.approx(0.4)
    assert {found[g].ratio for g in ("F White", "M Black", "F Black")} == {0.25}
    assert table(outcome, "both", both).unknown == 2
    known = {n: hit for n, hit in outcome.of.items() if n in both}
    sexes = {c.group: c for c in table(Outcome(name="s", of=known), "sex", sex).cells}
    assert (sexes["M"].hits, sexes["M"].people, sexes["F"].hits, sexes["F"].people) == (5, 12, 4, 10)  # fmt: skip
    assert sexes["F"].ratio == pytest.approx(0.96)


def test_without_any_hit_ratios_are_not_defined() -> None:
    found = table(above_median("s", {str(n): 50.0 for n in range(8)}), "g", {str(n): "ab"[n % 2] for n in range(8)}, draws=100)  # fmt: skip
    assert {cell.ratio for cell in found.cells} == {None}
    assert found.note
    assert found.null is None


def test_small_groups_are_hidden_and_nobody_is_compared_with_them() -> None:
    found = counted("hired", "g", {"large": (30, 100), "middle": (20, 100), "small": (3, 3)}, smallest=10)  # fmt: skip
    small = found.cells[-1]
    assert (small.group, small.people, small.rate, small.ratio) == ("small", None, None, None)
    assert [c.ratio for c in found.cells[:2]] == [1.0, pytest.approx(2 / 3)]
    assert "3" not in small.model_dump_json()
    assert found.people == 200


@pytest.mark.parametrize(
    ("hits", "of"), [(0, 10), (3, 10), (10, 10), (1, 1), (48, 1000), (333, 1000)]
)
def test_exact_intervals_leave_the_promised_share_outside(hits: int, of: int) -> None:
    def above(chance: float) -> float:
        return sum(comb(of, k) * chance**k * (1 - chance) ** (of - k) for k in range(hits, of + 1))

    found = clopper_pearson(hits, of)
    if hits:
        assert above(found.low) == pytest.approx(0.025, rel=1e-7)
    if hits < of:
        below = sum(comb(of, k) * found.high**k * (1 - found.high) ** (of - k) for k in range(hits + 1))  # fmt: skip
        assert below == pytest.approx(0.025, rel=1e-7)
    assert found.low <= hits / of <= found.high


def test_known_values_of_the_beta_function_and_of_the_exact_test() -> None:
    assert incomplete_beta(2, 3, 0.4) == pytest.approx(0.5248, abs=1e-14)
    assert incomplete_beta(0.5, 0.5, 0.5) == pytest.approx(0.5, abs=1e-14)
    assert clopper_pearson(0, 10).high == pytest.approx(1 - 0.025 ** (1 / 10), abs=1e-14)
    assert fisher(24, 80, 50, 100) == pytest.approx(0.00937, abs=5e-6)
    assert fisher(1, 5, 3, 5) == pytest.approx(0.5238, abs=5e-5)
    assert fisher(555, 1181, 667, 1390) == pytest.approx(0.6345, abs=5e-5)
    assert fisher(9_900, 20_000, 10_000, 20_000) == pytest.approx(0.3222, abs=5e-4)
    assert fisher(0, 20_000, 20_000, 20_000) == 0.0
    assert fisher(3, 4, 0, 1) == fisher(0, 1, 3, 4)
    assert (incomplete_beta(2, 3, 0), incomplete_beta(2, 3, 1)) == (0, 1)
    assert holm([0.01, None, 0.04, 0.03]) == [pytest.approx(0.03), None, pytest.approx(0.06), pytest.approx(0.06)]  # fmt: skip


def test_the_exact_test_counts_every_table_with_the_same_sums() -> None:
    for of, others, hits, more in product(range(1, 6), range(1, 6), range(6), range(6)):
        if hits > of or more > others:
            continue
        found = hits + more
        ways = {k: comb(of, k) * comb(others, found - k) for k in range(found + 1)}
        unlikely = sum(way for way in ways.values() if way <= ways[hits])
        told = unlikely / comb(of + others, found)
        assert fisher(hits, of, more, others) == pytest.approx(told, rel=1e-12)


def test_a_million_people_have_an_interval_as_narrow_as_they_should() -> None:
    found = clopper_pearson(500_000, 1_000_000)
    assert found.low == pytest.approx(0.5 - 0.00098, abs=1e-6)
    assert found.high == pytest.approx(0.5 + 0.00098, abs=1e-6)


def test_a_ratio_to_a_share_that_is_hardly_ever_there_has_no_interval() -> None:
    assert ratio_interval(5, 10, 0, 10, draws=50, random=Random(1)) is None
    found = ratio_interval(0, 10, 10, 10, draws=50, random=Random(1))
    assert found is not None
    assert (found.low, found.high) == (0, 0)


def test_chance_alone_brings_the_false_alarms_that_it_is_known_to_bring() -> None:
    alarms = lowest_by_chance([92, 76], 84, 800, 1)
    assert sum(ratio < 0.8 for ratio in alarms) / 800 == pytest.approx(0.15, abs=0.03)
    races = lowest_by_chance([28, 40, 32, 8, 24, 16, 20], 84, 500, 1)
    assert sum(ratio < 0.8 for ratio in races) / 500 > 0.97


def test_the_same_seed_gives_the_same_bytes_and_another_one_does_not() -> None:
    counts = {"a": (30, 60), "b": (20, 60), "c": (25, 50)}
    one, same, other = (counted("o", "g", counts, draws=300, seed=s) for s in (1, 1, 2))
    assert one == same
    assert one != other
    assert one.cells[1].ratio_interval
    assert one.cells[1].ratio_interval.low < (one.cells[1].ratio or 0) < one.cells[1].ratio_interval.high  # fmt: skip


def test_where_groups_do_not_matter_few_tables_say_that_they_do(nightly: bool) -> None:
    audits, draws = (10_000, 400) if nightly else (30, 60)
    random = Random(5)
    alarms = missed = 0
    for number in range(audits):
        hits = [sum(random.random() < 0.4 for _ in range(60)) for _ in range(4)]
        found = counted("o", "g", {f"g{n}": (h, 60) for n, h in enumerate(hits)}, draws=0)
        missed += sum(
            not (c.rate_interval and c.rate_interval.low <= 0.4 <= c.rate_interval.high)
            for c in found.cells
        )
        chance = lowest_by_chance([60] * 4, sum(hits), draws, number)
        observed = min(hits) / max(hits)
        alarms += (1 + sum(r <= observed for r in chance)) / (1 + draws) <= 0.05
    slack = 0.01 if nightly else 0.1
    assert alarms / audits <= 0.05 + slack
    assert missed / (4 * audits) <= 0.05 + slack / 2


def test_a_run_is_audited_by_the_groups_that_the_user_gives(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    names = sorted(p for p in RESUMES.iterdir() if p.suffix in {".md", ".txt"})[:7]
    run(tmp_path / "run", *names)
    made = rows(tmp_path / "run")
    groups = tmp_path / "groups.csv"
    with groups.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "Sex", "Race", "selected"])
        for number, row in enumerate(made):
            writer.writerow([row["id"], "MF"[number % 2], ["A", "B", ""][number % 3], number % 2])
        writer.writerow(["0" * 16, "M", "A", 1])
    told = ["audit", str(tmp_path / "run"), "--groups", str(groups), "--smallest", "1", "--draws", "100"]  # fmt: skip
    assert cli(told) == 0
    out, err = capfd.readouterr()
    found = json.loads(out)
    assert "1 of" in err
    assert (found["people"], found["grouped"]) == (len(made), len(made))
    tables = {(t["outcome"], t["attribute"]): t for t in found["tables"]}
    assert {a for _, a in tables} == {"sex", "race", "sex × race"}
    assert [c["rate"] for c in tables["selected", "sex"]["cells"]] == [1.0, 0.0]
    assert tables["selected", "race"]["unknown"] == sum(n % 3 == 2 for n in range(len(made)))
    page = tmp_path / "audit.html"
    assert cli([*told, "--format", "html", "--used-since", "2026-05-01", "-o", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert "2026-05-01" in text
    for row in made:
        assert row["name"] not in text
        assert row["id"] not in text
    groups.write_text("id,sex\n1,M\n1,F\n")
    capfd.readouterr()
    assert cli(told) == 2
    assert len(capfd.readouterr().err.splitlines()) == 1
