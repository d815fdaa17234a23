"""Reports for people: terminal text, Markdown, HTML, tables. Nothing here computes a verdict.

Every text from outside passes ``escaping`` (or Jinja's autoescape) at its sink.
"""
