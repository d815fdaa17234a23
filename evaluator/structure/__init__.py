"""The parts of a resume: sections, entries with their dates, passages, contact details, foundations.

Pure functions of a :class:`~evaluator.models.document.Document`. Both readers are shown passages, the
redaction works on them, and a verified quote is a sentence of one.

From lines to passages:

``blocks``: which lines are one paragraph? ``section_starts``, by ``sections`` and ``contents``: which of them open a
section? ``line_features``: does a line look like an employer, a title, a place, a date? ``heads`` and ``fields``:
where does a job begin, and what do its lines say? ``projects``: what is a project called? ``themes``: what if work is
told apart from jobs? ``studies``: which words are the degree, which the school? ``outline``: which passage belongs to
which job? ``naming``, by ``name_pieces``,
``dense_names`` and ``known_names``: whose resume is it? ``subject``: one person's? ``folding``: when are two spellings the same?
"""
