"""Reports for people: terminal text, Markdown, HTML, tables. Nothing here computes a verdict.

Every text from outside passes ``escaping`` (or Jinja's autoescape) at its sink.

``blocks`` and ``views``: what is said to whom? ``checks``: what should a person look at? ``questions`` and ``guide``:
what to ask? ``candidate_view``: what is a candidate told? ``table`` and ``run_page``: what is told of a run?
``text``, ``markdown``, ``html`` and ``parquet`` give it its form.
"""
