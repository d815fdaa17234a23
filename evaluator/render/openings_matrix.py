"""Candidates by openings: a table for a terminal, for a spreadsheet, and a page."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import PurePath

from rich.cells import cell_len, set_cell_size

from ..report import Matrix, MatrixRow, ReportFit
from .escaping import for_cell, for_terminal
from .html import environment

_NAME, _FIT = 24, 18


def matrix_text(matrix: Matrix) -> str:
    """One line a candidate, one column a role; the best fit is marked."""
    head = _line("", matrix.roles)
    rows = [_line(title_of(r), [_told(fit, r) for fit in r.fits]) for r in matrix.candidates]
    return (
        "\n".join([head, *rows, "", "* best role of the candidate; musts found in brackets"]) + "\n"
    )


def matrix_csv(matrix: Matrix) -> str:
    """A row a candidate: the fit for every role, the musts it finds, and the best."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    columns = [told for role in matrix.roles for told in (f"fit {role}", f"musts {role}")]
    table.writerow(map(for_cell, ["id", "source", "name", "best", *columns]))
    for row in matrix.candidates:
        fits = [cell for fit in row.fits for cell in (f"{fit.score:g}", _musts(fit))]
        told = [row.id, row.source, row.name, "; ".join(row.best), *fits]
        table.writerow(map(for_cell, told))
    return out.getvalue()


def matrix_html(matrix: Matrix, *, pages: str | None = None) -> str:
    """A page of its own.

    Args:
        matrix: of a run.
        pages: where the candidates' pages are, seen from this page; None leaves links out.
    """
    template = environment().get_template("matrix.html.j2")
    return template.render(matrix=matrix, pages=pages, title_of=title_of, musts=_musts)


def title_of(row: MatrixRow) -> str:
    """The candidate's name, or the file's."""
    return row.name or PurePath(row.source).name


def _line(label: str, cells: Sequence[str]) -> str:
    return (_cell(label, _NAME) + "".join(_cell(cell, _FIT) for cell in cells)).rstrip()


def _cell(text: str, width: int) -> str:
    shown = for_terminal(text)
    if cell_len(shown) >= width:
        shown = f"{set_cell_size(shown, width - 2)}…"
    return set_cell_size(shown, width)


def _told(fit: ReportFit, row: MatrixRow) -> str:
    return f"{fit.score:.0f}{' *' if fit.role in row.best else ''} ({_musts(fit)})"


def _musts(fit: ReportFit) -> str:
    return f"{fit.musts.found} of {fit.musts.total}"
