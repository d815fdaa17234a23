"""PDF: words from PDFium with their places, checked against the drawn page.

Where a question begins:

``page``: what of one page is read? ``visibility``: which words can nobody read? ``overlap``, ``standing`` and
``colours``: for which reasons? ``drawn_letters``: does a typeface draw other letters than the file says (`evaluator.documents.glyphs` compares them)?
``drawn_words``: what does it draw, then? ``actual_text`` and ``claimed_letters``: may a text stand for other glyphs? ``order``: which line
comes next? ``word_gaps``: where does a word end? ``structure``: what stands beside the pages?
"""
