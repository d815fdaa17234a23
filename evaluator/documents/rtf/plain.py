"""What plain RTF is made of, and the measures in which a line stays on the paper, whole and readable."""

from __future__ import annotations

from dataclasses import dataclass

from ..office.plain import Plainness, Range
from .control_words import NEVER_SHOWN

_WORDS = frozenset(
    # The file, its typefaces and languages.
    b"rtf ansi mac pc pca deff adeff deflang deflangfe adeflang stshfdbch stshfloch stshfhich stshfbi themelang "
    b"themelangfe themelangcs uc u upr ud fonttbl colortbl stylesheet info generator f af ai ab hich loch dbch fcs lang langfe "
    b"langnp langfenp alang noproof nofwidctlpar viewkind viewscale viewzk viewbksp deftab defformat fromtext fromhtml "
    b"hyphauto hyphhotz hyphcaps hyphpar widowctrl enddoc endnotes ftnbj ftntj aenddoc aendnotes aftnbj ftnstart ftnrstcont "
    b"ftnnar aftnstart aftnrstcont aftnnrlc aftnnar saftnnrlc sftnnar sftnbj pgbrdrhead pgbrdrfoot formshade horzdoc "
    b"dgmargin dghspace dgvspace dghorigin dgvorigin dghshow dgvshow jexpand jcompress viewnobound1 trackmoves trackformatting "
    b"donotembedsysfont relyonvml donotembedlingdata grfdocevents validatexml showplaceholdtext ignoremixedcontent "
    b"saveinvalidxml showxmlerrors noxlattoyen expshrtn noultrlspc dntblnsbdb nospaceforul lytcalctblwd lyttblrtgr lnbrkrule "
    b"nobrkwrptbl snaptogridincell allowfieldendsel wrppunct asianbrkrule rsidroot newtblstyruls nogrowautofit usenormstyforlist "
    b"noindnmbrts felnbrelev nocxsptable indrlsweleven noafcnsttbl afelev utinl hwelev spltpgpar notcvasp notbrkcnstfrctbl notvatxbx krnprsnet "
    b"cachedcolbal nouicompat rempersonalinfo nolnhtadjtbl newtblstyruls htmautsp useltbaln alntblind lytprtmet sprstsp "
    b"wpjst wpsp transmf swpbdr ltrdoc rtldoc facingp margmirr gutterprl titlepg dontadjustlinehmargin "
    # Letters.
    b"plain b i ul uld uldash uldashd uldashdd uldb ulhwave ulldash ulnone ulth ulthd ulthdash ulthdashd ulthdashdd ulthldash "
    b"ululdbwave ulw ulwave ulc strike striked caps scaps cf cb chcbpat super sub nosupersub kerning cchs "
    b"ltrch rtlch charrsid insrsid delrsid sectrsid pararsid tblrsid revised revauth revdttm deleted revauthdel revdttmdel "
    b"acccomma accdot accnone accunderdot acccircle chbrdr v webhidden "
    # Paragraphs and lists.
    b"pard par line s ds ts ql qr qc qj qd qk qt keep keepn widctlpar nowidctlpar noline pagebb intbl itap ls ilvl listtext "
    b"pntext level outlinelevel hyphpar sautoupd sbasedon snext slink sqformat ssemihidden sunhideused spriority slocked spersonal "
    b"additive styrsid slmult contextualspace sbauto saauto lisb lisa aspalpha aspnum faauto fahang facenter faroman favar faba fafixed "
    b"adjustright nooverflow nocwrap nosnaplinegrid ltrpar rtlpar tab tql tqc tqr tqdec tldot tlmdot tlhyph tlul tlth tleq "
    b"brdrt brdrb brdrl brdrr brdrbtw brdrbar box brdrs brdrth brdrsh brdrdb brdrdot brdrdash brdrhair brdrdashsm brdrdashd "
    b"brdrdashdd brdrinset brdrnone brdroutset brdrtriple brdrtnthsg brdrthtnsg brdrtnthmg brdrthtnmg brdrtnthlg brdrthtnlg "
    b"brdrwavy brdrwavydb brdremboss brdrengrave brdrframe brdrnil brdrtbl brdrcf cbpat "
    # Tables.
    b"row cell nestcell nestrow nesttableprops nonesttables irow irowband lastrow trql trhdr trkeep trkeepfollow "
    b"trautofit trftsWidth trwWidth trftsWidthA trftsWidthB trwWidthA trwWidthB trbrdrt trbrdrb trbrdrl trbrdrr trbrdrh trbrdrv tblrsid "
    b"tbllkborder tbllkshading tbllkfont tbllkcolor tbllkbestfit tbllkhdrrows tbllklastrow tbllkhdrcols tbllklastcol tbllknorowband "
    b"tbllknocolband tblind tblindtype trpaddfl trpaddfr trpaddft trpaddfb trspdfl trspdfr trspdft trspdfb ltrrow rtlrow taprtl "
    b"clvertalt clvertalc clvertalb clbrdrt clbrdrb clbrdrl clbrdrr clcbpat clcbpatraw clftsWidth clwWidth clpadfl clpadfr clpadft "
    b"clpadfb clmgf clmrg clvmgf clvmrg cltxlrtb clhidemark clshdrawnil tsvertalt tsbrdrt tsbrdrb tsbrdrl tsbrdrr tsbrdrh tsbrdrv tscell "
    b"tscellwidthfts tblindtype "
    # Sections, notes and fields.
    b"sect sectd sbknone sbkpage sbkcol sbkeven sbkodd pgndec pgnucrm pgnlcrm pgnucltr pgnlcltr pgncont pgnrestart pgnstarts "
    b"pgnstart pgncont pgnx pgny linex ltrsect rtlsect sectdefaultcl sectlinegrid sectspecifyl sectexpand sectunlocked vertalt "
    b"lndscpsxn landscape endnhere binfsxn binsxn pgdsctbl pgdsc pgdscnxt pgdscuse page pagebb column footnote ftnalt chftn chftnsep "
    b"chftnsepc chpgn chdate chtime header footer headerl headerr headerf footerl footerr footerf field fldinst fldrslt flddirty "
    b"fldedit fldlock fldpriv xe bkmkstart bkmkend pict shppict nonshppict "
    # Signs.
    b"emdash endash bullet lquote rquote ldblquote rdblquote emspace enspace qmspace zwj zwnj softline softpage ltrmark rtlmark".split()
)
_INDENT: Range = (-720, 4_320)
_MARGIN: Range = (200, 4_320)
_PADDING: Range = (0, 400)
_MEASURED: dict[bytes, Range] = {
    **dict.fromkeys((b"li", b"lin", b"ri", b"rin"), _INDENT),
    b"fi": (-2_880, 2_880), b"cufi": (0, 400), b"culi": (0, 400), b"curi": (0, 400),
    b"sb": (0, 3_000), b"sa": (0, 3_000), b"sl": (0, 1_200), b"tx": (-720, 10_800), b"fs": (10, 160), b"afs": (0, 160),
    b"expndtw": (-40, 400), b"expnd": (-8, 80), b"charscalex": (50, 300), b"up": (0, 24), b"dn": (0, 24),
    b"trrh": (0, 7_000), b"cellx": (-200, 15_000), b"trleft": (-1_500, 3_000), b"trgaph": (0, 400), b"brsp": (0, 480), b"brdrw": (0, 120),
    **dict.fromkeys((b"trpaddl", b"trpaddr", b"trpaddt", b"trpaddb"), _PADDING),
    **dict.fromkeys((b"clpadl", b"clpadr", b"clpadt", b"clpadb"), _PADDING),
    **dict.fromkeys((b"trspdl", b"trspdr", b"trspdt", b"trspdb"), (0, 200)),
    **dict.fromkeys((b"margl", b"margr", b"margt", b"margb", b"marglsxn", b"margrsxn", b"margtsxn", b"margbsxn"), _MARGIN),
    **dict.fromkeys((b"headery", b"footery", b"gutter", b"guttersxn"), (0, 2_160)),
    **dict.fromkeys((b"paperw", b"pgwsxn"), (7_000, 17_500)),
    **dict.fromkeys((b"paperh", b"pghsxn"), (9_000, 24_500)),
    b"cols": (0, 3), b"colsx": (0, 1_500), b"tblind": (-1_500, 3_000),
}  # fmt: skip
_WIDEST = 11_000
"""Twips of the widest row that lies on upright paper wherever it stands."""
_CODE_PAGES = frozenset(
    [0, 437, 708, 709, 710, 711, 720, 737, 775, 819, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874, 932, 936,
     949, 950, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 1361, 10_000, 54_936, 65_001]
)  # fmt: skip
"""Of which all have the letters of ASCII."""
_NEVER_PLAIN = frozenset(b"do shpinst shprslt object shptxt dptxbxtext formfield".split())
_FOLLOWED = frozenset(b"trowd trqr trqc ansicpg highlight cs s ds ts".split())
ALWAYS_PLAIN = _WORDS - _MEASURED.keys() - _NEVER_PLAIN - _FOLLOWED
"""Words that are plain whatever they measure, starred or not."""


@dataclass
class RtfPlainness(Plainness):
    """What is not plain in RTF, the first that was met."""

    _is_moved: bool = False
    """The row that is defined stands at the right or in the middle of its line."""
    _is_of_letters: bool = False
    """The style that is defined, or the group, is one of letters."""

    def word(
        self, word: bytes, value: int | None, *, starred: bool, in_styles: bool = False
    ) -> None:
        """One control word of the text, of its styles or of the paper."""
        if word in _FOLLOWED:
            self._follow(word, value or 0, in_styles=in_styles)
            return
        if word == b"cellx" and self._is_moved and (value or 0) > _WIDEST:
            self.find_odd("a row that may begin left of the paper")
        if self.unusual:
            return
        if word in _MEASURED:
            least, most = _MEASURED[word]
            is_plain = value is None or least <= value <= most
        elif starred or word in NEVER_SHOWN:
            # What a program does not know it leaves out with all that stands in its group.
            is_plain = word not in _NEVER_PLAIN
        else:
            is_plain = word in _WORDS
        if not is_plain:
            self.find(f"\\{word.decode('ascii')}")

    def _follow(self, word: bytes, value: int, *, in_styles: bool) -> None:
        """A word that is plain or not by what stands around it."""
        if word in {b"trqr", b"trqc"}:
            self._is_moved = True
        elif word == b"trowd":
            self._is_moved = False
        elif word == b"ansicpg":
            if value not in _CODE_PAGES:
                self.find_odd(f"code page {value}")
        elif word == b"highlight":
            if in_styles and self._is_of_letters and value:
                self.find_odd("a ground of letters by their style")
        else:
            self._is_of_letters = word == b"cs"
