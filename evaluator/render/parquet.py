"""The run's table as Parquet, for those who read runs with data tools (extra ``parquet``)."""

from __future__ import annotations

import io
from collections.abc import Sequence

from ..errors import UsageError
from ..models.vocabulary import Dimension
from .table import COLUMNS, Cell, Row

_NUMBERS = {"ml_score", "ops_score", "role_fit"}
_GRADES = {"ml_band", "ops_band"}


def render_parquet(rows: Sequence[Row]) -> bytes:
    """The columns of the table, typed, and a level for each dimension; what is unknown is null.

    Raises:
        UsageError: the extra is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        message = "Parquet needs pyarrow, which is not installed."
        raise UsageError(message, mend="pip install 'resume-evaluator[parquet]'.") from error
    kinds = {
        **{name: pyarrow.string() for name in COLUMNS},
        **{name: pyarrow.float64() for name in _NUMBERS},
        **{name: pyarrow.int8() for name in (*_GRADES, *(d.value for d in Dimension))},
    }
    schema = pyarrow.schema(
        [(name, kinds[name]) for name in (*COLUMNS, *(d.value for d in Dimension))]
    )
    table = pyarrow.Table.from_pylist([_line(row) for row in rows], schema=schema)
    stream = io.BytesIO()
    parquet.write_table(table, stream)
    return stream.getvalue()


def _line(row: Row) -> dict[str, Cell]:
    levels: dict[str, Cell] = {
        d.value: row.report.dimensions[d].level if row.report else None for d in Dimension
    }
    return {**dict(zip(COLUMNS, row.cells(), strict=True)), **levels}
