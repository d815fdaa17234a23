"""HTML: the page as a tree, roughly where its boxes lie, and which of its text is seen.

Where a question begins:

``walker``: what is read, and may a person see it? ``elements``: what does a tag do to what stands in it? ``flow``,
``rows`` and ``displaced``: where does a box lie? ``clips`` and ``clipped_elements``: is it cut? ``overlaps`` and
``stacking``: does another lie over it? ``presentational_hints`` and ``sizes``: what do tags and old attributes say by
themselves? ``plain``: is a picture needed?
"""
