"""What plain Word documents are made of, and the measures in which a line stays on the paper, whole and readable."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..office.package import Attributes
from ..office.plain import Plainness, Range, Rule
from ..paint import from_hex

_ANY = None
_OFF = frozenset(["0", "false", "off"])
_UNCHECKED = (
    # Text and what stands in it.
    "document body p r t pPr rPr tab br cr sym ptab noBreakHyphen softHyphen pgNum lastRenderedPageBreak fldChar fldSimple "
    "ffData name enabled calcOnExit textInput checkBox ddList checked default result size sizeAuto statusText helpText type "
    "maxLength format instrText delText delInstrText hyperlink bookmarkStart bookmarkEnd proofErr permStart permEnd "
    "commentRangeStart commentRangeEnd commentReference annotationRef ins del moveFrom moveTo moveFromRangeStart "
    "moveFromRangeEnd moveToRangeStart moveToRangeEnd smartTag smartTagPr attr customXml customXmlPr placeholder drawing "
    # Notes, headers and footers.
    "hdr ftr footnotes endnotes footnote endnote footnoteReference endnoteReference footnoteRef endnoteRef separator "
    "continuationSeparator footnotePr endnotePr pos numRestart "
    # Content controls that show what they keep.
    "sdt sdtPr sdtContent sdtEndPr alias tag id lock showingPlcHdr docPart docPartObj docPartList docPartGallery "
    "docPartCategory docPartUnique text richText date dateFormat storeMappedDataAs calendar lid dropDownList comboBox listItem "
    "temporary picture citation group bibliography equation "
    # Letters.
    "b bCs i iCs u caps smallCaps strike dstrike noProof snapToGrid webHidden kern effect bdr em lang rtl cs rStyle rFonts "
    "highlight vertAlign rPrChange oMath "
    # Paragraphs and lists.
    "pStyle keepNext keepLines pageBreakBefore widowControl numPr ilvl numId suppressLineNumbers pBdr between bar tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "contextualSpacing mirrorIndents jc textAlignment outlineLvl cnfStyle divId pPrChange "
    "numbering abstractNum num abstractNumId lvl lvlOverride startOverride start numFmt lvlText lvlJc lvlRestart multiLevelType "
    "nsid tmpl suff isLgl styleLink numStyleLink "
    # Tables.
    "tbl tblPr tblStyle tblW tblBorders insideH insideV tl2br tr2bl tblLook tblLayout tblCellMar tblCaption tblDescription "
    "bidiVisual tblStyleRowBandSize tblStyleColBandSize tblGrid tblPrEx tr trPr cantSplit tblHeader tc tcPr gridSpan vMerge "
    "tcBorders tcMar vAlign hideMark noWrap tblPrChange trPrChange tcPrChange tblGridChange tblPrExChange "
    # Sections.
    "sectPr type titlePg docGrid pgNumType pgBorders lnNumType formProt noEndnote rtlGutter paperSrc headerReference "
    "footerReference sectPrChange "
    # Styles.
    "styles docDefaults rPrDefault pPrDefault latentStyles lsdException style basedOn next link uiPriority qFormat rsid "
    "semiHidden unhideWhenUsed locked autoRedefine aliases personal personalCompose personalReply tblStylePr"
)
_SIDE: Rule = {
    "w:val": _ANY, "w:sz": (0, 48), "w:color": _ANY, "w:shadow": _ANY, "w:frame": _ANY, "w:themeColor": _ANY,
    "w:themeShade": _ANY, "w:themeTint": _ANY, "w:space": (0, 24), "w:w": (0, 500), "w:type": _ANY,
}  # fmt: skip
"""A border, or the margin of a cell."""
_COLOUR = re.compile(r"auto|#?[0-9A-Fa-f]{6}|")
_INDENT: Range = (-720, 4_320)
_CHARACTERS: Range = (0, 600)
_MEASURED: dict[str, Rule | None] = {
    **{name: {"w:val": _OFF} for name in ("vanish", "specVanish", "outline", "shadow", "emboss", "imprint")},
    "sz": {"w:val": (10, 160)},
    "szCs": {"w:val": (10, 160)},
    "w": {"w:val": (50, 300)},
    "position": {"w:val": (-24, 24)},
    "spacing": {
        "w:val": (-40, 400), "w:before": (0, 3_000), "w:after": (0, 3_000), "w:beforeLines": (0, 500), "w:afterLines": (0, 500),
        "w:beforeAutospacing": _ANY, "w:afterAutospacing": _ANY, "w:line": (160, 1_200),
        "w:lineRule": frozenset(["auto", "atLeast"]),
    },
    "ind": {
        **dict.fromkeys(("w:left", "w:start", "w:right", "w:end"), _INDENT),
        **dict.fromkeys(("w:firstLine", "w:hanging"), (0, 2_880)),
        **dict.fromkeys(
            ("w:leftChars", "w:startChars", "w:rightChars", "w:endChars", "w:firstLineChars", "w:hangingChars"), _CHARACTERS
        ),
    },
    "color": {"w:val": _COLOUR, "w:themeColor": _ANY, "w:themeShade": _ANY, "w:themeTint": _ANY},
    "tab": {"w:val": _ANY, "w:leader": _ANY, "w:pos": (-1_440, 10_800)},
    "shd": {
        "w:val": frozenset(["clear"]), "w:color": _COLOUR, "w:fill": _COLOUR, "w:themeColor": _ANY, "w:themeShade": _ANY,
        "w:themeTint": _ANY, "w:themeFill": _ANY, "w:themeFillShade": _ANY, "w:themeFillTint": _ANY,
    },
    "textDirection": {"w:val": frozenset(["lrTb", "lrTbV"])},
    **dict.fromkeys(("top", "left", "start", "bottom", "right", "end"), _SIDE),
    "tblInd": {"w:w": (-1_500, 3_000), "w:type": _ANY},
    "tblCellSpacing": {"w:w": (0, 200), "w:type": _ANY},
    "gridCol": {"w:w": (0, 12_240)},
    "tcW": {"w:w": _ANY, "w:type": _ANY},
    "trHeight": {"w:val": (0, 7_000), "w:hRule": frozenset(["auto", "atLeast"])},
    **{name: {"w:w": (0, 3_000), "w:type": _ANY} for name in ("wBefore", "wAfter")},
    **{name: {"w:val": (0, 4)} for name in ("gridBefore", "gridAfter")},
    "pgSz": {"w:w": (7_000, 17_500), "w:h": (9_000, 24_500), "w:orient": _ANY, "w:code": _ANY},
    "pgMar": {
        **dict.fromkeys(("w:top", "w:bottom", "w:left", "w:right"), (200, 4_320)),
        **dict.fromkeys(("w:header", "w:footer", "w:gutter"), (0, 2_160)),
    },
    "cols": {"w:num": (0, 3), "w:space": (0, 1_500), "w:sep": _ANY, "w:equalWidth": _ANY},
    "col": {"w:w": (2_000, 12_240), "w:space": (0, 1_500)},
}  # fmt: skip
_OTHERS = (
    "wp:extent wp:docPr wp:cNvGraphicFramePr w14:ligatures w14:numForm w14:numSpacing w14:stylisticSets "
    "w14:styleSet w14:cntxtAlts w14:checkbox w14:checked w14:checkedState w14:uncheckedState w15:appearance w15:color "
    "w15:footnoteColumns"
)
_AROUND: Range = (-635_000, 635_000)
"""English metric units that a picture leaves around itself in its line."""
_PLACED: dict[str, Rule] = {
    "wp:inline": {
        **dict.fromkeys(("distT", "distB", "distL", "distR"), _AROUND), "anchorId": _ANY, "editId": _ANY,
    },
    "wp:effectExtent": dict.fromkeys("ltrb", _AROUND),
    "a:xfrm": {"rot": frozenset(["0"]), "flipH": _ANY, "flipV": _ANY},
    "a:ln": {"w": (0, 635_000), "cap": _ANY, "cmpd": _ANY, "algn": _ANY},
}  # fmt: skip
_PICTURE = (
    "graphicFrameLocks graphic graphicData blip stretch fillRect off ext prstGeom avLst noFill srcRect extLst picLocks "
    "solidFill srgbClr schemeClr headEnd tailEnd miter round lumMod lumOff hlinkClick tile"
)
_OF_PICTURES = "pic nvPicPr cNvPr cNvPicPr blipFill spPr"
RULES: dict[str, Rule | None] = {
    **dict.fromkeys((f"w:{name}" for name in _UNCHECKED.split()), _ANY),
    **{f"w:{name}": rule for name, rule in _MEASURED.items()},
    **dict.fromkeys(_OTHERS.split(), _ANY),
    **dict.fromkeys((f"a:{name}" for name in _PICTURE.split()), _ANY),
    **dict.fromkeys((f"pic:{name}" for name in _OF_PICTURES.split()), _ANY),
    **_PLACED,
    "a14:useLocalDpi": _ANY,
}
"""By element; a picture in its line holds no text, and floats nowhere."""
_HOLDERS = frozenset(
    f"w:{name}"
    for name in "rPr pPr tcPr trPr tblPr tblPrEx rPrDefault pPrDefault tbl tr tc p r".split()
)
_UNPAINTED = frozenset(["w:trPr", "w:tblPr", "w:tblPrEx"])
"""Programs do not agree on whether a ground that these name is painted."""


@dataclass
class DocxPlainness(Plainness):
    """What is not plain in a Word document, the first that was met."""

    has_theme: bool = True
    """Whether the document brings the theme that its colours are named after."""
    _holder: str = ""
    """What was opened last of all that has properties."""

    def take(self, tag: str, attributes: Attributes) -> None:
        super().take(tag, attributes)
        if tag in _HOLDERS:
            self._holder = tag
        elif tag == "w:shd":
            is_filled = from_hex(attributes.get("w:fill", "")) is not None
            if self._holder in _UNPAINTED and is_filled:
                self.find_odd("a ground of a whole table or row")
            elif attributes.get("w:val") == "nil" and is_filled:
                self.find_odd("a ground that is called none")
            elif not self.has_theme and "w:themeFill" in attributes:
                self.find_odd("a ground by a theme that is not there")


_NAME = re.compile(
    r"word/(?:document|styles|numbering|settings|header|footer|footnotes|endnotes|theme/theme)\d{0,3}\.xml"
)


def is_usual_part(part: str) -> bool:
    """Whether a part has the name that ordinary documents give it."""
    return _NAME.fullmatch(part) is not None
