"""What a run held when it was last read, and what pages count of it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import ValidationError

from ..models.vocabulary import Track
from ..render.run_page import flags_of, spot_of
from ..render.table import Row
from ..roles.model import RoleProfile


class NotThere(LookupError):
    """There is no such run or candidate here."""


def role_read_for(identity: str) -> RoleProfile | None:
    """The role that a report was made for, as a run keeps it; None where it keeps none."""
    try:
        value, _ = json.JSONDecoder().raw_decode(identity)
        return RoleProfile.model_validate_json(json.dumps(value))
    except (ValidationError, ValueError):
        return None


@dataclass(frozen=True)
class Pool:
    """What a run held when it was last read.

    Attributes:
        rows: of sources, the best role fit first, failed ones last.
        keys: of what is kept, by source.
        versions: numbers by source that change with what is kept.
        roles: that sources were read for, as their identities tell.
        requirements: of the run's role or the chosen opening, by identity; none where the role asks for levels alone.
        is_busy: somebody is writing the run, so that it may hold more by now.
        trouble: why it could not be read; empty where it could.
        left: candidates that are not judged by the chosen opening yet.
        unasked: those whose reader was a model that did not see the opening's requirements.
    """

    rows: tuple[Row, ...] = ()
    keys: dict[str, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    requirements: dict[str, str] = field(default_factory=dict)
    is_busy: bool = False
    trouble: str = ""
    left: int = 0
    unasked: int = 0

    @cached_property
    def done(self) -> list[Row]:
        """Those with a report."""
        return [row for row in self.rows if row.report is not None]

    @cached_property
    def failed(self) -> list[Row]:
        """Those without."""
        return [row for row in self.rows if row.report is None]

    @cached_property
    def role(self) -> RoleProfile | None:
        """That the latest of them was read for, where the run keeps it."""
        return role_read_for(next(reversed(self.roles.values()), ""))

    @cached_property
    def tracks(self) -> dict[str, int]:
        """How many there are of each track that there is."""
        counts = Counter(row.report.track for row in self.rows if row.report)
        return {track.value: counts[track] for track in Track if counts[track]}

    @cached_property
    def flags(self) -> list[str]:
        """Kinds of flags that anybody has."""
        return sorted({kind for row in self.rows if row.report for kind in flags_of(row.report)})

    @cached_property
    def spots(self) -> dict[str, tuple[float, float]]:
        """Where candidates stand in the picture, by identity."""
        return {row.id: spot_of(row.report) for row in self.rows if row.report}

    @cached_property
    def _by_id(self) -> dict[str, Row]:
        return {row.id: row for row in reversed(self.done)}

    def row(self, id_: str) -> Row:
        """A candidate's row.

        Raises:
            NotThere: nobody has this identity.
        """
        found = self._by_id.get(id_)
        if found is None:
            raise NotThere(id_)
        return found
