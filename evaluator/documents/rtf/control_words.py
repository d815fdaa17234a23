"""Control words of RTF: destinations by the specification's table, symbols, code pages."""

from __future__ import annotations

NEVER_SHOWN = frozenset(
    b"aftncn aftnsep aftnsepc atndate atnicn atnparent atnref atntime atrfend atrfstart author background blipuid bkmkend "
    b"bkmkstart buptim category colorschememapping comment company creatim datafield datastore defpap do docvar ebcend ebcstart "
    b"factoidname falt fchars ffdeftext ffentrymcr ffexitmcr ffformat ffhelptext ffl ffname ffstattext file filetbl fldtype "
    b"fname fontemb fontfile formfield ftncn ftnsep ftnsepc g generator gridtbl hl hlfr hlinkbase hlloc hlsrc hsv htmltag info "
    b"keycode latentstyles lchars levelnumbers leveltext lfolevel linkval list listlevel listname listoverride "
    b"listoverridetable listpicture liststylename listtable lsdlockedexcept mailmerge manager mhtmltag mmath mvfmf mvfml mvtof "
    b"mvtol nesttableprops nextfile nonesttables nonshppict objalias objclass objdata object objname objsect objtime oldcprops "
    b"oldpprops oldsprops oldtprops oleclsid operator panose password passwordhash pgp pgptbl picprop pict pn pnseclvl pntxta "
    b"pntxtb printim private propname protend protstart protusertbl pxe revtbl revtim rsidtbl rxe shpinst shprslt sp staticval "
    b"svb tc tcn template themedata txe userprops wgrffmtfilter windowcaption writereservation writereservhash xe xform "
    b"xmlattrname xmlattrvalue xmlclose xmlname xmlnstbl xmlopen "
    # Of merged letters.
    b"mmaddfieldname mmattach mmconnectstr mmconnectstrdata mmdatasource mmdatatypeaccess mmheadersource mmmailsubject "
    b"mmmaintypecatalog mmodso mmodsofilter mmodsofldmpdata mmodsomappedname mmodsoname mmodsorecipdata mmodsosort mmodsosrc "
    b"mmodsotable mmodsoudl mmodsoudldata mmodsouniquetag mmquery".split()
)
DESTINATIONS = {
    b"colortbl": "colours", b"stylesheet": "styles", b"defchp": "styles", b"fonttbl": "fonts", b"fldinst": "field",
    b"shptxt": "text", b"dptxbxtext": "text", b"title": "aside", b"subject": "aside", b"keywords": "aside",
    b"doccomm": "aside", b"sn": "name", b"sv": "value", b"upr": "twice",
    b"annotation": "comment", b"atnid": "comment", b"atnauthor": "comment",
}  # fmt: skip
ALWAYS = frozenset(["text", "aside", "name", "value"])
SIDES = {b"shpleft": 0, b"shptop": 1, b"shpright": 2, b"shpbottom": 3}
SHOWN_DESTINATIONS = frozenset([b"footnote", b"listtext", b"pntext", b"cs"])
NUMBERS = frozenset([b"listtext", b"pntext"])
"""Destinations that keep the number of a paragraph, which programs count anew."""
EDGES = {
    b"header": "edge", b"footer": "edge", b"headerf": "first edge", b"footerf": "first edge",
    b"headerl": "left edge", b"headerr": "right edge", b"footerl": "left edge", b"footerr": "right edge",
}  # fmt: skip
"""Headers and footers: of all pages, of first pages, of left and right pages."""
SYMBOLS = {
    b"par": "\n", b"line": "\n", b"row": "\n", b"cell": "\t", b"nestcell": "\t", b"tab": "\t", b"sect": "\n",
    b"page": "\n", b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ", b"enspace": " ", b"qmspace": " ", b"nestrow": "\n",
}  # fmt: skip
CHARSETS = {
    0: "cp1252", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
