"""Files to documents: exactly the text a human would see, with its place, its links and its gaps.

One module per format behind :class:`~evaluator.documents.draft.Converter`; ``reading`` chooses one by
content, ``sandbox`` runs it in a worker process with limits.

``draft`` is what every converter fills, ``assembling`` what cleans it. Shared by formats: ``paint`` (can a colour be
seen?), ``symbol_fonts`` (is a letter a picture?), ``writing_direction`` (is it turned?), ``characters`` (is it drawn
at all?), ``hyphenation`` (is it one word?), ``garbling`` (was it decoded wrongly?), ``unread_forms`` (what is
refused, and what instead?).
"""
