"""Lists in stretches: each names the address of the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import urlencode

from .operations import Call
from .schemas import Paging

T = TypeVar("T")


def next_of(call: Call, total: int) -> str | None:
    """Address of the stretch after this one."""
    query: Paging = call.query
    after = query.offset + query.limit
    if after >= total:
        return None
    given = [(k, v) for k, v in call.request.query_params.multi_items() if k not in {"offset", "limit"}]  # fmt: skip
    return (
        f"{call.request.url.path}?{urlencode([*given, ('limit', query.limit), ('offset', after)])}"
    )


def stretch(call: Call, found: Sequence[T]) -> Sequence[T]:
    """The part of a list that is asked for."""
    query: Paging = call.query
    return found[query.offset : query.offset + query.limit]
