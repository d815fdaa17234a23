"""Files to documents: exactly the text a human would see, with its place, its links and its gaps.

One module per format behind :class:`~evaluator.documents.draft.Converter`; ``reading`` chooses one by
content, ``sandbox`` runs it in a worker process with limits.
"""
