"""What an opening asks for: role files, the adverts they come from, and the names that requirements use.

``adverts``, by ``statements`` and ``grouping``, or ``asking`` a model: what does an advert ask for? ``advert_levels``: how much of a kind of
work? ``warnings``: what of it must not be scored? ``model`` and ``writing``: what may stand in a role file? ``names``: what is a tool
called? ``speech``: is it denied or wished for? ``copying``: does a resume repeat the advert? ``telling``: what is a
reader told?
"""
