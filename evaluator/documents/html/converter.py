"""HTML as a browser without network and scripts would paint it: what is understood to be seen is read.

Text counts when every rule, property and value that touches it or what it stands in is understood, and it is
seen by them. What is understood not to be seen is hidden; the rest is unverified, which is kept out too and
told in one flag.
"""

from __future__ import annotations

from ...errors import DocumentError, Unreadable
from ...models.document import DocumentFormat
from ..as_page import shown_in_both
from ..browser_encodings import are_tags_the_same
from ..css.cascade import Cascade
from ..css.matching import Page
from ..css.sheets import sheets_of
from ..css.visibility import BROUGHT, why_typeface
from ..decoding import decoded
from ..draft import Draft
from ..markup import squashed
from .as_xml import xml_root
from .outside import what_is_left_out
from .plain import why_signs, why_unusual
from .presentational_hints import leads_elsewhere, why_page_is_doubtful
from .result import result
from .tree import Tree, html_tree
from .walker import LOW_LINES, PageWalker

OTHER_TAGS = "a declared encoding in which it has other tags"


class HtmlConverter:
    """Keeps what a browser would paint."""

    format = DocumentFormat.HTML

    def convert(self, data: bytes) -> Draft:
        found = decoded(data)
        try:
            tree = html_tree(found.text)
            if not are_tags_the_same(data, found.text, found.encoding):
                tree = tree._replace(doubt=tree.doubt or OTHER_TAGS)
            draft = _read(tree)
            in_xml = xml_root(found.text)
            if in_xml is not None:
                other = _read(tree._replace(root=in_xml, mode="no quirks"))
                shown = squashed("".join(line.text for line in other.lines))
                draft = shown_in_both(
                    draft, shown, "a page that is another one where it is taken for XML"
                )
        except (ValueError, OverflowError) as error:  # numbers that the parser of sheets refuses
            message = "The page's style sheets cannot be judged."
            raise DocumentError(Unreadable.UNSAFE, message, hint="Save it as PDF.") from error
        draft.doubts = found.doubts
        return draft


def _read(tree: Tree) -> Draft:
    root = tree.root
    sheets = sheets_of(root)
    page = Page(root, quirks=tree.mode == "quirks")
    cascade = Cascade(sheets, page)
    reader = PageWalker(cascade, tree.doubt or why_page_is_doubtful(root))
    if cascade.has_other_media:
        printed = PageWalker(Cascade(sheets, page, medium="print"), None)
        printed.walk()
        reader.printed = [piece.why is None for piece in printed.pieces]
    reader.walk()
    untrue = _untrue(reader)
    draft = result(reader.parts, reader.links, reader.comments, reader.printed)
    draft.unchecked = what_is_left_out(root, cascade, reader.pieces)
    if not leads_elsewhere(root) and not tree.has_other_names:
        draft.can_be_drawn = not untrue
        if any(line.text for line in draft.lines):
            doubt = draft.unverified[0].how if draft.unverified else ""
            draft.unusual = doubt or why_unusual(tree, cascade) or reader.unusual
            draft.unusual = draft.unusual or why_signs(reader.pieces)
            if reader.layers.has_low_lines:
                draft.unusual = draft.unusual or LOW_LINES
    return draft


def _untrue(reader: PageWalker) -> frozenset[str]:
    """Typefaces of the page that may draw other letters than its text has."""
    cascade = reader.cascade
    found: frozenset[str] = frozenset()
    if any(cascade.faces.values()):
        from .typefaces import settle  # few pages need it, and it draws known faces first

        found = settle(cascade, reader.pieces)
    families = {piece.look.family for piece in reader.pieces}
    return found | {name for name in families if why_typeface(name, cascade) not in {None, BROUGHT}}
