"""The run's table as Parquet, for those who read runs with data tools (extra ``parquet``)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from ..errors import UsageError
from ..models.vocabulary import Dimension
from .table import COLUMNS, Cell, Row

_NUMBERS = {"ml_score", "ops_score", "role_fit"}
_GRADES = {"ml_band", "ops_band", "requirements_met", "requirements_unclear"}


def render_parquet(rows: Sequence[Row]) -> bytes:
    """The columns of the table, typed, and a level for each dimension; what is unknown is null.

    Raises:
        UsageError: the extra is not installed.
    """
    pyarrow, parquet = _libraries()
    table = pyarrow.Table.from_pylist([line_of(row) for row in rows], schema=columns_of(pyarrow))
    stream = io.BytesIO()
    parquet.write_table(table, stream)
    return stream.getvalue()


def _libraries() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        message = "Parquet needs pyarrow, which is not installed."
        raise UsageError(message, hint="pip install 'resume-evaluator[parquet]'.") from error
    return pyarrow, parquet


def columns_of(pyarrow: Any) -> Any:
    """The schema: columns of the table, and a level for each dimension."""
    kinds = {
        **{name: pyarrow.string() for name in COLUMNS},
        **{name: pyarrow.float64() for name in _NUMBERS},
        **{name: pyarrow.int8() for name in (*_GRADES, *(d.value for d in Dimension))},
    }
    return pyarrow.schema(
        [(name, kinds[name]) for name in (*COLUMNS, *(d.value for d in Dimension))]
    )


def line_of(row: Row) -> dict[str, Cell]:
    """One row by the names of its columns."""
    levels: dict[str, Cell] = {
        d.value: row.report.dimensions[d].level if row.report else None for d in Dimension
    }
    return {**dict(zip(COLUMNS, row.cells(), strict=True)), **levels}
