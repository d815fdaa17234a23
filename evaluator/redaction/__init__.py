"""Identity stays here: what a reader is shown holds no name, contact, address, school or link.

Known values of this person go first, in every spelling; then patterns. Each redacted passage keeps a
map of its characters, so that what a reader cites is found again in the true text. When a
second look, by other means, still finds a known value, that passage is withheld and a person is asked.

``redacting`` puts all cuts together. ``known``: what is this person's? ``name_in_text``, with ``person_parts``,
``short_names``, ``call_names``, ``inflections`` and ``dense``: where is the name? ``handles``: where inside other
words? ``spelled_accounts``: where in another script? ``address``: what stands beside it? ``others``: who else is named? ``patterns`` and ``studies``: what tells of
a person by its form? ``checking``: what was missed?
"""

from .checking import Checker
from .known import KnownValues, known_values
from .redacting import Redacted, redact_resume, redact_text

__all__ = ["Checker", "KnownValues", "Redacted", "known_values", "redact_resume", "redact_text"]
