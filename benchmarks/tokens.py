"""Counts what a request and a reply cost, in tokens of o200k.

python -m benchmarks.tokens
"""

from __future__ import annotations

import asyncio

from tests.readers.costs import LEAST_SHARED, MOST_REPLY, MOST_REQUEST, measured


def main() -> None:
    rows = asyncio.run(measured())
    print(f"{'candidate':18}{'repos':>6}{'request':>9}{'shared':>8}{'items':>7}{'reply':>7}{'expected':>16}")  # fmt: skip
    for row in rows:
        share = row["shared"] / row["request"]
        print(
            f"{row['name']:18}{row['repositories']:6}{row['request']:9}{share:8.0%}{row['items']:7}{row['reply']:7}"
            f"{row['expected'][0]:9}{row['expected'][1]:7}"
        )
    worst = max(rows, key=lambda r: r["request"])
    print(
        f"largest request {worst['request']} (at most {MOST_REQUEST}), largest reply "
        f"{max(r['reply'] for r in rows)} (at most {MOST_REPLY}), smallest shared part "
        f"{min(r['shared'] / r['request'] for r in rows):.0%} (at least {LEAST_SHARED:.0%})"
    )


if __name__ == "__main__":
    main()
