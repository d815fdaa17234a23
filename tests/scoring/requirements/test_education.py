"""Degrees."""

from __future__ import annotations

import pytest

from .conftest import (
    Case,
    Part,
    asks,
    check_verdict,
    job,
)

CASES = (
    Case("degree held", asks("education", "master"), (Part("education", "M.Sc. Physics\nNorthfield"),), "found",
         "the highest degree named is a master's degree", ("M.Sc. Physics",), {"degrees": ["bachelor", "master"]}),
    Case("degree higher than asked", asks("education", "bachelor", "master"), (Part("education", "Ph.D."),), "found",
         "the highest degree named is a doctorate", ("Ph.D.",), {"degrees": ["doctorate"]}),
    Case("degree of any kind", asks("education"), (), "found", "the highest degree named is a bachelor's degree",
         known={"degrees": ["bachelor"]}),
    Case("training beside a degree", asks("education", "master", similar=True), (), "found",
         "the highest degree named is vocational training", known={"degrees": ["vocational"]}),
    Case("degree named by its title", asks("education", "bachelor"), (Part("education", "Ingeniería de Sistemas, 2014"),), "found",
         "the highest degree named is a bachelor's degree"),
    Case("degree untold", asks("education", "master"), (job("Ran Kafka."),), "unclear", "the resume names no degree"),
    Case("degree under a heading of another kind", asks("education", "bachelor"), (Part("title", "BSc in Physics, 2014"), job("Notes.")), "found",
         "the highest degree named is a bachelor's degree"),
    Case("degree lower than asked", asks("education", "doctorate"), (), "missing",
         "the highest degree named is a master's degree", known={"degrees": ["master"]}),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_a_degree_is_the_highest_that_is_named(case: Case) -> None:
    check_verdict(case)
