"""Another role over a kept run: requirements judged from kept evidence, nobody read again."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from ..models.base import Value
from ..report import Judgeable, RolePart, kept_index, new_index, role_part
from ..roles.model import RoleProfile
from ..rubric import load_rubric
from ..scoring import TextIndex, advert_words, written_index
from .members import row_with_part, with_part
from .outputs import without_evidence
from .row_identity import key_of
from .store import Item, Kept, RunStore, report_of

_NOT_ASKED = "; the model was not asked about its requirements"


class Switched(Value):
    """What came of it."""

    done: int
    unasked: int
    """Candidates whose reader was a model that did not see the role's requirements."""


def switch_role(store: RunStore, role: RoleProfile) -> Switched:
    """See every candidate of a run by a role; rows take the identity that a batch with this role would give them.

    Where a model would be asked about the role's requirements they take another one, so that such a batch reads.
    """
    unasked: set[str] = set()
    done = store.replace(_switched(store, role, unasked))
    return Switched(done=done, unasked=len(unasked))


def _switched(store: RunStore, role: RoleProfile, unasked: set[str]) -> Iterator[tuple[Item, Kept]]:
    words, rubric, identity = advert_words(role), load_rubric(), role.model_dump_json()
    is_asked_for = bool(role.asked)
    for item in list(store.items()):
        if item.state != "done" or item.parts.get("role", "") == identity:
            continue
        kept = store.kept(item.key)
        report = _judgeable(kept.report) if kept else None
        if kept is None or report is None:
            continue
        index, written = _index_of(store, report, kept)
        part = role_part(report, role, kept.text, rubric=rubric, words=words, index=index)
        changed = _rewritten(kept, part, written)
        if changed is None:
            continue
        is_asked = is_asked_for and report.provenance.reader == "model"
        if is_asked:
            unasked.add(item.key)
        parts = {**item.parts, "role": identity + _NOT_ASKED * is_asked}
        yield item.model_copy(update={"parts": parts, "key": key_of(parts)}), changed


def _judgeable(written: str) -> Judgeable | None:
    try:
        return Judgeable.model_validate_json(written)
    except ValidationError:
        return None


def _index_of(
    store: RunStore, report: Judgeable, kept: Kept
) -> tuple[TextIndex | None, str | None]:
    """The index of a candidate's text, and what is to be kept of it where nothing useful is."""
    if kept.text is None:
        return None, None
    index = kept_index(report, kept.text, store.text_index(kept.id))
    if index is not None:
        return index, None
    index = new_index(report, kept.text)
    return index, written_index(index)


def _rewritten(kept: Kept, part: RolePart, index: str | None = None) -> Kept | None:
    """The same with another role's part; what is not written as we write is read and written whole, if it can be."""
    report, row = with_part(kept.report, part), None
    if kept.row is not None:
        row = row_with_part(kept.row, part)
    if report is None or row is None:
        whole = report_of(kept.report)
        if whole is None:
            return None
        whole = whole.model_copy(update={n: getattr(part, n) for n in RolePart.model_fields})
        report, row = whole.to_json(), without_evidence(whole)
    return kept.model_copy(update={"report": report, "row": row, "index": index})
