"""Names of OpenDocument that are understood: what elements are, and properties that hide nothing."""

from __future__ import annotations

from ..draft import ITEM

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = {
    f"{_OASIS}text:1.0": "text",
    f"{_OASIS}style:1.0": "style",
    f"{_OASIS}office:1.0": "office",
    f"{_OASIS}table:1.0": "table",
    f"{_OASIS}drawing:1.0": "draw",
    f"{_OASIS}dr3d:1.0": "dr3d",
    f"{_OASIS}meta:1.0": "meta",
    f"{_OASIS}form:1.0": "form",
    f"{_OASIS}datastyle:1.0": "number",
    f"{_OASIS}xsl-fo-compatible:1.0": "fo",
    f"{_OASIS}svg-compatible:1.0": "svg",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
    "http://openoffice.org/2009/office": "officeooo",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://purl.org/dc/elements/1.1/": "dc",
}
MARKS = {"text:list-item": ITEM, "text:tab": "\t", "text:line-break": "\n"}
NEVER_SHOWN = {
    "office:annotation": "a comment",
    "text:tracked-changes": "a deleted revision",
    "text:hidden-text": "a hidden field",
    "text:script": "a script",
    "table:covered-table-cell": "a cell that is merged into another",
    "svg:desc": "",
    "svg:title": "",
    "text:note-citation": "",
    "office:forms": "",
    "office:binary-data": "",
    "text:sequence-decls": "",
}
"""Elements whose text is not on the page; those with a word are told."""
_HOLDERS = (
    "p h span a s tab line-break list list-item list-header section soft-page-break bookmark bookmark-start bookmark-end note "
    "note-body note-citation index-body index-title index-title-template table-of-content illustration-index table-index "
    "object-index user-index alphabetical-index bibliography ruby ruby-base ruby-text meta meta-field numbered-paragraph "
    "change change-start change-end reference-mark reference-mark-start reference-mark-end toc-mark toc-mark-start toc-mark-end "
    "user-index-mark user-index-mark-start user-index-mark-end alphabetical-index-mark alphabetical-index-mark-start "
    "alphabetical-index-mark-end placeholder text-input number hidden-paragraph hidden-text script tracked-changes "
    "sequence-decls variable-decls user-field-decls dde-connection-decls alphabetical-index-auto-mark-file section-source"
)
HOLDERS = frozenset(f"text:{name}" for name in _HOLDERS.split())
"""Elements of text whose content stands on the page as it is; every other one of them is a field."""
OTHERS = ("office:", "table:", "draw:", "svg:", "loext:", "xlink:", "form:", "dr3d:", "style:")
"""Beginnings of names that hold paragraphs, or nothing that is text."""
DATES = frozenset(
    f"text:{name}"
    for name in "date time creation-date creation-time modification-date modification-time print-date print-time "
    "editing-duration".split()
)
FILES = frozenset(["text:file-name", "text:template-name"])
FIXABLE = frozenset(
    f"text:{name}"
    for name in "date time creation-date creation-time modification-date modification-time print-date print-time "
    "author-name author-initials sender-firstname sender-lastname sender-initials sender-title sender-position sender-email "
    "sender-phone-private sender-fax sender-company sender-phone-work sender-street sender-city sender-postal-code "
    "sender-country sender-state-or-province title subject keywords description initial-creator creator printed-by".split()
)
"""Fields that keep their words where they say that they are fixed."""
FAMILIES = {
    "text:span": "text", "text:a": "text", "text:ruby-text": "text", "text:p": "paragraph", "text:h": "paragraph",
    "table:table-cell": "table-cell", "table:table": "table", "table:table-row": "table-row",
    "table:table-column": "table-column", "text:section": "section", "text:table-of-content": "section",
    "text:alphabetical-index": "section", "text:user-index": "section", "text:bibliography": "section",
}  # fmt: skip
EDGES = frozenset(
    f"{space}:{name}"
    for space in ("style", "loext")
    for name in "header footer header-left footer-left header-first footer-first".split()
)
"""Headers and footers."""
SECTIONS = frozenset(tag for tag, family in FAMILIES.items() if family == "section")
SHAPES = frozenset(
    f"draw:{name}"
    for name in "frame rect line polyline polygon regular-polygon path circle ellipse g connector caption measure control "
    "custom-shape page-thumbnail".split()
)
ALTERNATIVES = frozenset(
    "draw:text-box draw:image draw:object draw:object-ole draw:applet draw:floating-frame draw:plugin table:table".split()
)
"""Contents of a frame, of which a program shows one."""
UNDERSTOOD = frozenset(
    "fo:color fo:font-size fo:background-color text:display style:text-scale draw:fill-color draw:fill style:text-position "
    "fo:line-height style:row-height fo:margin fo:margin-left fo:margin-right fo:text-indent fo:letter-spacing fo:padding "
    "fo:padding-left fo:padding-top style:font-name fo:font-family loext:opacity table:display style:column-width "
    "style:font-size-rel draw:fill-gradient-name draw:fill-image-name draw:fill-hatch-name draw:opacity draw:opacity-name "
    "style:background-transparency style:text-combine style:text-rotation-angle draw:fit-to-size style:shrink-to-fit "
    "style:wrap style:run-through style:horizontal-pos style:horizontal-rel style:vertical-pos style:vertical-rel svg:x svg:y "
    "svg:width svg:height style:rotation-angle style:cell-protect style:print-content style:repeat-content text:condition "
    "draw:visible style:use-window-font-color style:width fo:margin-top".split()
)
"""Properties that decide what is seen."""
_HARMLESS_STARTS = (
    "fo:border", "fo:hyphenat", "fo:keep", "fo:margin-top", "fo:margin-bottom", "fo:padding-", "style:border", "style:font-",
    "style:text-line-through", "style:text-underline", "style:text-overline", "style:language", "style:country", "style:script",
    "style:rfc-language", "style:layout-grid", "draw:shadow", "draw:marker", "draw:stroke", "draw:textarea", "draw:auto-grow",
    "draw:start-", "draw:end-", "draw:caption", "draw:frame", "draw:guide", "draw:measure", "draw:line", "draw:fill-image",
    "draw:gradient", "draw:ole", "draw:wrap", "svg:stroke", "svg:font", "svg:fill-rule", "table:border", "text:line", "text:number",
    "loext:hyphenation", "loext:color", "loext:char", "loext:theme", "loext:fill-use", "loext:contextual", "loext:allow",
    "loext:decorative", "loext:margin-gutter", "loext:word", "loext:letter-spacing", "loext:tab", "loext:num", "loext:border",
    "loext:shadow", "loext:soft", "loext:sdt", "loext:scale", "loext:linked", "loext:rel", "dr3d:", "officeooo:",
)  # fmt: skip
_HARMLESS = frozenset(
    "fo:country fo:font-style fo:font-variant fo:font-weight fo:language fo:script fo:text-shadow fo:text-transform "
    "fo:break-after fo:break-before fo:orphans fo:widows fo:text-align fo:text-align-last fo:min-height fo:min-width "
    "fo:max-height fo:max-width fo:clip fo:wrap-option fo:page-width fo:page-height fo:line-break "
    "style:letter-kerning style:text-blinking style:text-emphasize style:text-outline style:text-rotation-scale "
    "style:text-combine-start-char style:text-combine-end-char style:auto-text-indent "
    "style:background-image style:join-border style:justify-single-word style:line-break style:line-height-at-least "
    "style:line-spacing style:page-number style:punctuation-wrap style:register-true style:register-truth-ref-style-name "
    "style:shadow style:snap-to-layout-grid style:tab-stop-distance style:text-autospace style:vertical-align "
    "style:writing-mode style:writing-mode-automatic style:contextual-spacing style:editable style:protect "
    "style:flow-with-text style:mirror style:number-wrapped-paragraphs style:overflow-behavior style:print-orientation "
    "style:wrap-contour style:wrap-contour-mode style:wrap-dynamic-threshold style:dynamic-spacing style:decimal-places "
    "style:direction style:glyph-orientation-vertical style:may-break-between-rows style:min-row-height "
    "style:use-optimal-row-height style:use-optimal-column-width style:rel-width style:rel-height style:rel-column-width "
    "style:num-format style:num-prefix style:num-suffix style:num-letter-sync style:paper-tray-name style:print "
    "style:print-page-order style:scale-to style:scale-to-pages style:scale-to-X style:scale-to-Y style:table-centering "
    "style:first-page-number style:footnote-max-height style:text-align-source style:rotation-align style:diagonal-bl-tr "
    "style:diagonal-tl-br style:diagonal-bl-tr-widths style:diagonal-tl-br-widths style:default-outline-level "
    "table:align table:tab-color text:anchor-type text:anchor-page-number text:dont-balance-text-columns text:animation "
    "text:animation-delay text:animation-direction text:animation-repeat text:animation-start-inside text:animation-steps "
    "text:animation-stop-inside draw:blue draw:green draw:red draw:color-inversion draw:color-mode draw:contrast draw:gamma "
    "draw:image-opacity draw:luminance draw:background-size draw:aspect draw:unit draw:symbol-color draw:tile-repeat-offset "
    "draw:secondary-fill-color draw:fill-hatch-solid draw:class-names loext:regular-expression "
    "text:min-label-width text:min-label-distance text:space-before text:list-level-position-and-space-mode".split()
)


def is_harmless(name: str) -> bool:
    """Whether a property of this name cannot hide text; those of unknown namespaces have no prefix and do nothing."""
    if name == "style:text-line-through-text":
        return False  # letters written over letters
    return ":" not in name or name in _HARMLESS or name.startswith(_HARMLESS_STARTS)
