"""``python -m benchmarks.nulls``: what the audit's intervals and tests do where groups do not matter.

Every simulated audit deals the same chance to everybody, so that each finding is a false one. Printed are the shares of
intervals that hold the truth and of audits that sound an alarm, beside their nominal rates.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from random import Random

from evaluator.audit.intervals import ratio_interval
from evaluator.audit.rates import counted, lowest_by_chance

CHANCE = 0.4
PEOPLE = 60
GROUPS = 4
_NOMINAL = 0.05


def simulate(audits: int, draws: int, seed: int = 5) -> dict[str, float | int]:
    """Shares over so many audits of four groups, with so many draws of each null and each bootstrap."""
    random = Random(seed)
    exact = pair = fisher_alarms = null_alarms = four_fifths = 0
    for number in range(audits):
        hits = [sum(random.random() < CHANCE for _ in range(PEOPLE)) for _ in range(GROUPS)]
        counts = {f"g{n}": (h, PEOPLE) for n, h in enumerate(hits)}
        found = counted("o", "g", counts)
        exact += sum(
            bool(c.rate_interval and c.rate_interval.low <= CHANCE <= c.rate_interval.high)
            for c in found.cells
        )
        fisher_alarms += any(c.p is not None and c.p <= _NOMINAL for c in found.cells)
        four_fifths += any(c.is_below for c in found.cells)
        chance = lowest_by_chance([PEOPLE] * GROUPS, sum(hits), draws, number)
        observed = min(hits) / max(hits)
        null_alarms += (1 + sum(r <= observed for r in chance)) / (1 + draws) <= _NOMINAL
        # Two groups named beforehand: of the best of a table more is claimed than a bootstrap can hold.
        interval = ratio_interval(
            hits[0], PEOPLE, hits[1], PEOPLE, draws=draws, random=Random(number)
        )  # fmt: skip
        pair += bool(interval and interval.low <= 1 <= interval.high)
    return {
        "audits": audits,
        "draws": draws,
        "exact_coverage": exact / (GROUPS * audits),
        "bootstrap_coverage": pair / audits,
        "null_alarms": null_alarms / audits,
        "fisher_alarms": fisher_alarms / audits,
        "below_four_fifths": four_fifths / audits,
    }


def main() -> None:
    """Print the shares, as JSON."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--audits", type=int, default=10_000)
    parser.add_argument("--draws", type=int, default=400)
    asked = parser.parse_args()
    print(json.dumps(simulate(asked.audits, asked.draws), indent=2))


if __name__ == "__main__":
    main()
