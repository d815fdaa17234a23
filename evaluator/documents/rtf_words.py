"""Control words of RTF: destinations, symbols, code pages."""

from __future__ import annotations

NEVER_SHOWN = frozenset(
    b"info pict object objdata themedata colorschememapping latentstyles datastore "
    b"listtable listoverridetable revtbl rsidtbl generator xmlnstbl filetbl pgptbl bkmkstart bkmkend "
    b"fldtype xe tc tcn rxe txe panose falt nonshppict shpinst sp operator author company template".split()
)
DESTINATIONS = {
    b"colortbl": "colours", b"stylesheet": "styles", b"fonttbl": "fonts", b"fldinst": "field", b"shptxt": "text",
    b"title": "aside", b"subject": "aside", b"keywords": "aside", b"doccomm": "aside",
    b"sn": "name", b"sv": "value",
    b"annotation": "comment", b"atnid": "comment", b"atnauthor": "comment",
}  # fmt: skip
ALWAYS = frozenset(["text", "aside", "name", "value"])
SIDES = {b"shpleft": 0, b"shptop": 1, b"shpright": 2, b"shpbottom": 3}
SHOWN_DESTINATIONS = frozenset([b"footnote", b"shprslt", b"shpinst", b"listtext", b"pntext", b"cs"])
EDGES = {
    b"header": "edge", b"footer": "edge", b"headerf": "first edge", b"footerf": "first edge",
    b"headerl": "facing edge", b"headerr": "facing edge", b"footerl": "facing edge", b"footerr": "facing edge",
}  # fmt: skip
"""Headers and footers: of all pages, of first pages, of left and right pages."""
SHOWN_WITH = {b"titlepg": "first edge", b"facingp": "facing edge"}
"""Words that a document has where such headers are shown."""
SYMBOLS = {
    b"par": "\n", b"line": "\n", b"row": "\n", b"cell": "\t", b"nestcell": "\t", b"tab": "\t", b"sect": "\n",
    b"page": "\n", b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ", b"enspace": " ", b"qmspace": " ", b"nestrow": "\n",
}  # fmt: skip
CHARSETS = {
    0: "cp1252", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
