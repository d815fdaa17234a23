"""Where Word's format has the elements that lead to text."""

from __future__ import annotations

from ..office.places import Places

_BLOCKS = frozenset(
    f"w:{name}"
    for name in "body hdr ftr footnote endnote tc txbxContent sdtContent customXml".split()
)
_RUNS = frozenset(
    f"w:{name}"
    for name in "p hyperlink fldSimple smartTag customXml sdtContent ins del moveFrom moveTo dir bdo".split()
)
_RUN = frozenset(["w:r"])
_IN_RUNS = (
    "t delText instrText delInstrText tab ptab br cr sym noBreakHyphen softHyphen fldChar footnoteReference endnoteReference "
    "footnoteRef endnoteRef drawing object ruby pgNum"
)
_PARENTS = {
    "w:document": frozenset([""]),
    "w:hdr": frozenset([""]),
    "w:ftr": frozenset([""]),
    "w:footnotes": frozenset([""]),
    "w:endnotes": frozenset([""]),
    "w:body": frozenset(["w:document"]),
    "w:footnote": frozenset(["w:footnotes"]),
    "w:endnote": frozenset(["w:endnotes"]),
    "w:p": _BLOCKS,
    "w:tbl": _BLOCKS,
    "w:altChunk": _BLOCKS,
    "w:tr": frozenset(["w:tbl", "w:sdtContent", "w:customXml"]),
    "w:tc": frozenset(["w:tr", "w:sdtContent", "w:customXml"]),
    "w:sdt": _BLOCKS | _RUNS | {"w:tbl", "w:tr"},
    "w:sdtContent": frozenset(["w:sdt"]),
    "w:customXml": _BLOCKS | _RUNS | {"w:tbl", "w:tr"},
    **dict.fromkeys((f"w:{name}" for name in "hyperlink fldSimple smartTag ins del moveFrom moveTo dir bdo".split()), _RUNS),
    "w:r": _RUNS | {"w:rt", "w:rubyBase"},
    "w:rt": frozenset(["w:ruby"]),
    "w:rubyBase": frozenset(["w:ruby"]),
    **dict.fromkeys((f"w:{name}" for name in _IN_RUNS.split()), _RUN),
    "w:pict": _RUN | {"w:object"},
    "w:txbxContent": frozenset(["wps:txbx", "v:textbox"]),
    "wps:txbx": frozenset(["wps:wsp"]),
}  # fmt: skip
_SINGLE = frozenset(["w:body"])
_HOLDERS = frozenset(["w:t", "w:delText"])


def places() -> Places:
    """For one part."""
    return Places(_PARENTS, _SINGLE, _HOLDERS)
