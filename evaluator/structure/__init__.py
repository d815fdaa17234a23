"""The parts of a resume: sections, entries with their dates, passages, contact details, foundations.

Pure functions of a :class:`~evaluator.models.document.Document`. Both readers are shown passages, the
redaction works on them, and a verified quote is a sentence of one.
"""
