"""CSS as browsers apply it, as far as it decides what of a page can be seen.

Where a question begins:

``visibility`` and ``clipping``: can text be seen? ``computed``, on ``cascade``, ``matching`` and ``selectors``: which
value holds? ``validity``, on ``values``, ``amounts``, ``functions``, ``gradients``, ``images`` and ``grid_values``:
does a browser keep it? ``conditions``, ``media_queries``, ``containers`` and ``supports``: does a rule apply?
``harmless`` and ``plain``: may all that be spared?
"""
