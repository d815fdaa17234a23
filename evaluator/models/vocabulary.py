"""The names of the rubric: axes, dimensions, and the attributes of an evidence item."""

from __future__ import annotations

from enum import StrEnum


class Axis(StrEnum):
    ML = "ml"
    OPS = "ops"


class Dimension(StrEnum):
    MODELING = "modeling"
    DATA = "data"
    EXPERIMENTATION = "experimentation"
    OPTIMIZATION = "optimization"
    PROTOTYPING = "prototyping"
    THEORY = "theory"
    DELIVERY = "delivery"
    INFRASTRUCTURE = "infrastructure"
    MONITORING = "monitoring"
    REPRODUCIBILITY = "reproducibility"
    SCALABILITY = "scalability"
    COLLABORATION = "collaboration"


DIMENSIONS: dict[Axis, tuple[Dimension, ...]] = {
    Axis.ML: tuple(Dimension)[:6],
    Axis.OPS: tuple(Dimension)[6:],
}
AXIS_OF: dict[Dimension, Axis] = {d: axis for axis, group in DIMENSIONS.items() for d in group}

LEVEL_NAMES = ("none", "mentioned", "applied", "owned", "proven")
BAND_NAMES = ("none", "aware", "working", "strong", "expert")


class Context(StrEnum):
    LISTED = "listed"
    COURSEWORK = "coursework"
    PROJECT = "project"
    WORK = "work"
    PUBLICATION = "publication"
    CREDENTIAL = "credential"


class Agency(StrEnum):
    EXPOSED = "exposed"
    CONTRIBUTED = "contributed"
    OWNED = "owned"


class Outcome(StrEnum):
    """What came of it, from nothing told to a figure."""

    NONE = "none"
    SCOPE = "scope"
    """No result, but lasting responsibility for something named whose size or users are told."""
    STATED = "stated"
    QUANTIFIED = "quantified"


class System(StrEnum):
    """What kind of system an item concerns."""

    ML = "ml"
    SOFTWARE = "software"
    OFFICE = "office"
    """Servers, networks, databases and backups of an organisation that builds no software on them."""
    QUALITY = "quality"
    SECURITY = "security"


class ScopeKind(StrEnum):
    """What a fact about responsibility says, from guiding one person to answering for several teams."""

    GUIDES = "guides"
    DECIDES = "decides"
    LEADS = "leads"
    ANSWERS = "answers"


class Track(StrEnum):
    DUAL = "dual"
    ML = "ml"
    OPS = "ops"
    DEVELOPING = "developing"
    UNRELATED = "unrelated"


class Standing(StrEnum):
    CLAIMED = "claimed"
    CORROBORATED = "corroborated"
    DEMONSTRATED = "demonstrated"
    NONE = "none"


class Seniority(StrEnum):
    JUNIOR = "junior"
    ENGINEER = "engineer"
    SENIOR = "senior"
    LEAD = "lead"
    DIRECTOR = "director"


class Stage(StrEnum):
    EXPLORING = "exploring"
    OPERATING = "operating"
    SCALING = "scaling"


class Identity(StrEnum):
    """How well a GitHub account is tied to the resume that names it."""

    PROVED = "proved"
    STRONG = "strong"
    CONSISTENT = "consistent"
    WEAK = "weak"
    """Nothing but the resume ties them together; shown, not scored."""
    CONFLICT = "conflict"
    UNKNOWN = "unknown"
    """The account could not be asked."""


class Severity(StrEnum):
    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Shows(StrEnum):
    """What a cited passage says of a requirement."""

    DONE = "done"
    PART = "part"
    """The very thing, and less than is demanded of it."""
    NAMED = "named"
    STUDIED = "studied"
    NEAR = "near"
    """Something else of its kind, or its topic alone."""
    DENIED = "denied"
