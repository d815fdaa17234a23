"""Another role over a kept run: requirements judged from kept evidence, nobody read again."""

from __future__ import annotations

from collections.abc import Iterator

from ..models.base import Value
from ..report import with_role
from ..roles.model import RoleProfile
from ..rubric import load_rubric
from ..scoring import advert_words
from .identity import key_of
from .outputs import without_evidence
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
    for item in list(store.items()):
        kept = store.kept(item.key) if item.state == "done" else None
        report = report_of(kept.report) if kept else None
        before = item.parts.get("role", "")
        if kept is None or report is None or before == identity:
            continue
        is_asked = bool(role.asked) and report.provenance.reader == "model"
        if is_asked:
            unasked.add(item.key)
        changed = with_role(report, role, kept.text, rubric=rubric, words=words)
        parts = {**item.parts, "role": identity + _NOT_ASKED * is_asked}
        yield (
            item.model_copy(update={"parts": parts, "key": key_of(parts)}),
            kept.model_copy(update={"report": changed.to_json(), "row": without_evidence(changed)}),
        )
