"""What extensions are written against: protocols to follow, and the values they get and return.

``docs/extending.md`` has an example of each.
"""

from __future__ import annotations

from .documents.draft import Draft, DraftLine, DraftLink, Hidden, InstalledConverter
from .models.document_source import DocumentSource
from .models.evidence import Anchor, Attributes, Finding
from .models.reading import Reading, ReadingRequest, ShownPassage, ShownSource, Usage
from .models.vocabulary import Agency, Context, Dimension, Outcome
from .network.exchange import HttpReply, HttpRequest, Transport
from .readers.protocol import Reader

__all__ = [
    "Agency",
    "Anchor",
    "Attributes",
    "Context",
    "Dimension",
    "DocumentSource",
    "Draft",
    "DraftLine",
    "DraftLink",
    "Finding",
    "Hidden",
    "HttpReply",
    "HttpRequest",
    "InstalledConverter",
    "Outcome",
    "Reader",
    "Reading",
    "ReadingRequest",
    "ShownPassage",
    "ShownSource",
    "Transport",
    "Usage",
]
