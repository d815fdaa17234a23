"""Statistics of agreement against published and hand-computed values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.calibration.measures import macro_f1, weighted_kappa, wilson

BANDS = st.integers(0, 4)


def test_wilson_is_the_textbook_interval() -> None:
    low, high = wilson(81, 263)  # Wilson's interval in Brown, Cai and DasGupta's form
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_nothing_tried_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert macro_f1([]) is None
    assert weighted_kappa([]) is None


def test_macro_f1_counts_rare_classes_as_much_as_frequent_ones() -> None:
    pairs = [("a", "a")] * 9 + [("b", "a")]
    assert macro_f1(pairs) == pytest.approx((2 * 9 / 19 + 0) / 2)


def test_kappa_of_a_table_worked_by_hand() -> None:
    # Squared distances: 1 as paired, 32 over all sixteen combinations of the margins.
    pairs = [(0, 0), (1, 1), (2, 2), (3, 2)]
    assert weighted_kappa(pairs) == pytest.approx(1 - 1 * 4 / 32)


@given(st.lists(st.tuples(BANDS, BANDS), min_size=1))
def test_kappa_is_symmetric_and_at_most_one(pairs: list[tuple[int, int]]) -> None:
    one, other = weighted_kappa(pairs), weighted_kappa([(b, a) for a, b in pairs])
    assert one == (None if other is None else pytest.approx(other))
    assert one is None or one <= 1


@given(st.lists(BANDS, min_size=2).filter(lambda bands: len(set(bands)) > 1))
def test_full_agreement_is_one(bands: list[int]) -> None:
    assert weighted_kappa([(band, band) for band in bands]) == 1


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_interval_holds_the_share(hits: int, of: int) -> None:
    hits = min(hits, of)
    low, high = wilson(hits, of)
    assert -1e-9 <= low <= hits / of + 1e-9
    assert hits / of - 1e-9 <= high <= 1 + 1e-9
