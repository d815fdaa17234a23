"""Readers: a generative model (``llm``) or the embedded rules (``rules``). Both return findings only.

Where a question begins:

``messages`` and ``parameters``: what is sent? ``endpoint``: what if it fails? ``refusals``: what does the server
mean? ``circuit``: when is it asked no more? ``answers``, ``completions`` and ``native``: where in a reply is the
answer? ``json_values``, ``wire`` and ``spellings``: how is it read? ``replies``: is it paid twice? ``forgetting``:
which kept replies speak of a document? ``prices``: what does it cost? ``rules``: how is it done without a model?
"""
