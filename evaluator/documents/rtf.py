"""RTF: groups, character formatting, code pages, fields; hidden, tiny and white text is told apart.

Own code because the permissive readers drop formatting before anyone can ask whether text was shown.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from ..errors import DocumentError, Unreadable
from ..models.document import DocumentFormat
from .draft import MAX_CHARACTERS, MAX_LINKS, Draft, DraftLine, DraftLink, Hidden, hide
from .paint import TINY_POINTS, WHITE, Colour, melts
from .rtf_shapes import FAR_TWIPS, THIN_TWIPS, Shape

_MAX_BYTES = 5 * 1024 * 1024
_MAX_DEPTH = 200
_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z]))|([{}])|([^\\{}\r\n]+)|[\r\n]+"
)
_NEVER_SHOWN = frozenset(
    b"stylesheet info pict object objdata themedata colorschememapping latentstyles datastore "
    b"listtable listoverridetable revtbl rsidtbl generator xmlnstbl filetbl pgptbl bkmkstart bkmkend "
    b"fldtype panose falt nonshppict shpinst sp operator author company template".split()
)
_DESTINATIONS = {
    b"colortbl": "colours", b"fonttbl": "fonts", b"fldinst": "field", b"shptxt": "text",
    b"title": "aside", b"subject": "aside", b"keywords": "aside", b"doccomm": "aside",
    b"sn": "name", b"sv": "value",
    b"annotation": "comment", b"atnid": "comment", b"atnauthor": "comment",
}  # fmt: skip
_ALWAYS = frozenset(["text", "aside", "name", "value"])
_RAISED_HALF_POINTS = 400
_SIDES = {b"shpleft": 0, b"shptop": 1, b"shpright": 2, b"shpbottom": 3}
_SHOWN_DESTINATIONS = frozenset(
    [b"footnote", b"shprslt", b"shpinst", b"listtext", b"pntext", b"cs"]
)
_EDGES = frozenset(
    [b"header", b"headerl", b"headerr", b"headerf", b"footer", b"footerl", b"footerr", b"footerf"]
)
_SYMBOLS = {
    b"par": "\n", b"line": "\n", b"row": "\n", b"cell": "\t", b"nestcell": "\t", b"tab": "\t", b"sect": "\n",
    b"page": "\n", b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ", b"enspace": " ", b"qmspace": " ", b"nestrow": "\n",
}  # fmt: skip
_CHARSETS = {
    0: "cp1252", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_LINK = re.compile(r'HYPERLINK\s+"([^"]{1,4000})"')


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group."""

    destination: str = "text"  # text, edge, hidden, comment, aside, colours, fonts, field or none
    vanish: bool = False
    deleted: bool = False
    half_points: int = 24
    colour: int = 0
    ground: int | None = None
    cell_ground: int | None = None
    scale: int = 100
    out_of_sight: str = ""
    """Why a paragraph of this layout, or letters moved so far, are not seen."""
    moved: str = ""
    in_table: bool = False
    skip: int = 1
    """Characters that stand for a Unicode one in old programs."""
    encoding: str = "cp1252"


class RtfConverter:
    """Rich Text Format."""

    format = DocumentFormat.RTF

    def convert(self, data: bytes) -> Draft:
        if len(data) > _MAX_BYTES:
            message = f"The RTF file has more than {_MAX_BYTES // 1_048_576} MiB."
            raise DocumentError(Unreadable.TOO_LARGE, message)
        reader = _Reader()
        reader.read(data)
        return reader.draft()


@dataclass
class _Reader:
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    edges: list[str] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    asides: list[Hidden] = field(default_factory=list)
    links: list[DraftLink] = field(default_factory=list)
    colours: list[Colour | None] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)
    """Grounds of the cells of the row being defined."""
    pending: bytes = b""
    """Bytes of a character of several bytes."""
    row_height: int = 0
    """Of the row being defined; exact where it is negative."""
    shapes: list[Shape] = field(default_factory=list)
    to_skip: int = 0
    starred: bool = False
    mixing: list[int] = field(default_factory=lambda: [-1, -1, -1])
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    default_encoding: str = "cp1252"
    instruction: list[str] = field(default_factory=list)
    fields: list[tuple[int, str, int]] = field(default_factory=list)
    """Depth, target and start in ``out`` of fields whose result is being read."""
    characters: int = 0

    def read(self, data: bytes) -> None:
        for match in _TOKEN.finditer(data):
            word, number, code, symbol, brace, text = match.groups()
            if brace == b"{":
                self._open()
            elif brace == b"}":
                self._close()
            elif word:
                if word == b"bin" and number:
                    message = "The RTF file holds raw binary data."
                    raise DocumentError(Unreadable.UNSAFE, message, hint="Save it as DOCX or PDF.")
                self._word(word, int(number) if number else None)
            elif code:
                self._bytes(bytes([int(code, 16)]))
            elif symbol:
                self._symbol(symbol)
            elif text:
                self._bytes(text)
        self._flush()

    def _open(self) -> None:
        self._flush()
        if len(self.stack) > _MAX_DEPTH:
            message = f"The RTF file nests deeper than {_MAX_DEPTH} groups."
            raise DocumentError(Unreadable.UNSAFE, message)
        self.stack.append(self.state)
        self.starred = False

    def _close(self) -> None:
        self._flush()
        if self.stack:
            self.state = self.stack.pop()
        while self.shapes and len(self.stack) < self.shapes[-1].depth:
            self.shapes.pop()
        while self.fields and len(self.stack) < self.fields[-1][0]:
            _, target, start = self.fields.pop()
            label = " ".join("".join(self.out[start:]).split())
            if len(self.links) < MAX_LINKS:
                self.links.append(DraftLink(target, label))

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self.starred = True
        elif symbol in b"\\{}":
            self._bytes(symbol)
        elif symbol == b"~":
            self._text("\u00a0")
        elif symbol == b"_":
            self._text("-")

    def _word(self, word: bytes, number: int | None) -> None:
        if word != b"u":
            self._flush()
        on = number != 0
        if word == b"u" and number is not None:
            self._flush()
            point = number & 0xFFFF
            self._text(chr(point))
            self.to_skip = self.state.skip
        elif word in _SYMBOLS:
            self._text(_SYMBOLS[word])
        elif not self._destination(word) and not self._format(word, number, on):
            self._table(word, number)

    def _destination(self, word: bytes) -> bool:
        name = self._name_of_destination(word)
        if name is None:
            return False
        self.starred = False
        if word == b"fldinst":
            self.instruction = []
        elif word == b"fldrslt":
            self._start_result()
        if self.state.destination not in {"none", "comment"} or name in _ALWAYS:
            self.state = replace(self.state, destination=name)
        return True

    def _name_of_destination(self, word: bytes) -> str | None:
        if word == b"fldrslt":
            return "text" if self.state.destination == "field" else self.state.destination
        if word in _EDGES:
            return "edge"
        if word in _DESTINATIONS:
            return _DESTINATIONS[word]
        unknown = self.starred and word not in _SHOWN_DESTINATIONS
        return "none" if word in _NEVER_SHOWN or unknown else None

    def _start_result(self) -> None:
        target = _LINK.search("".join(self.instruction))
        if target:
            self.fields.append((len(self.stack), target.group(1), len(self.out)))
        self.instruction = []

    def _format(self, word: bytes, number: int | None, on: bool) -> bool:
        state, value = self.state, number or 0
        if word == b"plain":
            state = replace(
                state, vanish=False, half_points=24, colour=0, ground=None, scale=100, moved=""
            )
        elif word == b"v":
            state = replace(state, vanish=on)
        elif word == b"deleted":
            state = replace(state, deleted=on)
        elif word == b"fs":
            state = replace(state, half_points=value)
        elif word == b"cf":
            state = replace(state, colour=value)
        elif word in {b"highlight", b"chcbpat", b"cbpat"}:
            state = replace(state, ground=value or None)
        elif word == b"pard":
            state = replace(state, ground=None, out_of_sight="", in_table=False)
        elif word == b"charscalex":
            state = replace(state, scale=value)
        elif word == b"uc":
            state = replace(state, skip=max(0, min(value, 8)))
        else:
            return self._place(word, value)
        self.state = state
        return True

    def _place(self, word: bytes, value: int) -> bool:
        """Measures that put text out of sight."""
        far, thin = abs(value) > FAR_TWIPS, -THIN_TWIPS <= value < 0
        if word in {b"up", b"dn"}:
            moved = "text moved away from its line" if abs(value) > _RAISED_HALF_POINTS else ""
            self.state = replace(self.state, moved=moved)
        elif word in {b"li", b"lin", b"fi", b"posx", b"posy", b"posnegx", b"posnegy"}:
            if far:
                self.state = replace(self.state, out_of_sight="text outside the page")
        elif word in {b"sl", b"absh"}:
            if thin:
                self.state = replace(self.state, out_of_sight="text in a line of no height")
        elif word == b"expndtw":
            moved = "letters drawn over each other" if value < -100 else ""
            self.state = replace(self.state, moved=moved)
        elif word == b"intbl":
            self.state = replace(self.state, in_table=True)
        elif word == b"shp":
            self.shapes.append(Shape(len(self.stack)))
        elif word in _SIDES and self.shapes:
            self.shapes[-1].sides[_SIDES[word]] = value
        else:
            return False
        return True

    def _table(self, word: bytes, number: int | None) -> None:
        value = number or 0
        if word in {b"red", b"green", b"blue"} and self.state.destination == "colours":
            self.mixing[(b"red", b"green", b"blue").index(word)] = max(0, min(value, 255))
        elif word == b"trowd":
            self.cells = []
            self.row_height = 0
        elif word == b"trrh":
            self.row_height = value
        elif word == b"clcbpat":
            self.cells.append(value)
        elif word == b"ansicpg":
            self.default_encoding = _encoding(f"cp{value}")
            self.state = replace(self.state, encoding=self.default_encoding)
        elif word in {b"f", b"deff"}:
            self.font = value
            if self.state.destination != "fonts":
                self.state = replace(
                    self.state, encoding=self.fonts.get(value, self.default_encoding)
                )
        elif word == b"fcharset" and self.state.destination == "fonts" and value:
            self.fonts[self.font] = _CHARSETS.get(value, self.default_encoding)

    def _bytes(self, data: bytes) -> None:
        if self.to_skip:
            taken = min(self.to_skip, len(data))
            self.to_skip -= taken
            data = data[taken:]
        self.pending += data

    def _flush(self) -> None:
        if self.pending:
            data, self.pending = self.pending, b""
            self._text(data.decode(self.state.encoding, "replace"))

    def _text(self, text: str) -> None:
        self.to_skip = 0
        if self.pending:
            self._flush()
        state = self.state
        self.characters += len(text)
        if self.characters > MAX_CHARACTERS:
            message = f"The RTF file has more than {MAX_CHARACTERS:,} characters."
            raise DocumentError(Unreadable.TOO_LARGE, message)
        if state.destination == "colours":
            self._colour_ends(text)
        elif state.destination == "field":
            self.instruction.append(text)
        elif state.destination == "aside":
            self.asides.append(Hidden("a property", text))
        elif state.destination in {"name", "value"}:
            self._shape_property(state.destination, text.strip())
        elif state.destination == "comment":
            hide(self.hidden, "a comment", text)
        elif state.destination in {"text", "edge"}:
            how = self._why_hidden() if text.strip() else None
            if how:
                hide(self.hidden, how, text)
            else:
                (self.out if state.destination == "text" else self.edges).append(text)

    def _shape_property(self, destination: str, text: str) -> None:
        if self.shapes and destination == "name":
            self.shapes[-1].name = text
        elif self.shapes:
            self.shapes[-1].set(text)

    def _colour_ends(self, text: str) -> None:
        for _ in range(text.count(";")):
            red, green, blue = self.mixing
            self.colours.append(None if red < 0 else (red, max(green, 0), max(blue, 0)))
            self.mixing = [-1, -1, -1]

    def _why_hidden(self) -> str | None:
        state = self.state
        if state.deleted:
            return "a deleted revision"
        if state.vanish:
            return "hidden text"
        if why := self._why_out_of_sight():
            return why
        if state.half_points / 2 <= TINY_POINTS:
            return f"text of {state.half_points / 2:g} points"
        if state.scale <= 10:
            return f"text squeezed to {state.scale} %"
        colour = self._colour(state.colour)
        if colour is None:
            return None
        grounds = [self._colour(state.ground)] if state.ground else []
        if not grounds:
            # A row names the grounds of its cells before their texts; any of them may be under this one.
            grounds = [self._colour(index) for index in self.cells] + [WHITE]
        if all(melts(colour, ground or WHITE) for ground in grounds):
            return "text in the colour of its background"
        return None

    def _why_out_of_sight(self) -> str | None:
        if self.state.in_table and -THIN_TWIPS <= self.row_height < 0:
            return "a row of no height"
        boxed = next(filter(None, (shape.why_unseen() for shape in self.shapes)), None)
        return boxed or self.state.out_of_sight or self.state.moved or None

    def _colour(self, index: int | None) -> Colour | None:
        return self.colours[index] if index and index < len(self.colours) else None

    def draft(self) -> Draft:
        body = _joined_surrogates("".join(self.out))
        edges = _joined_surrogates("".join(dict.fromkeys("".join(self.edges).split("\n"))))
        text = re.sub(r"\n{2,}", "\n\n", f"{edges}\n{body}")
        lines = [DraftLine(line.rstrip("\t")) for line in text.strip("\n").split("\n")]
        return Draft(lines=lines, links=self.links, hidden=self.hidden, asides=self.asides)


def _joined_surrogates(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _encoding(name: str) -> str:
    try:
        return codecs.lookup({"cp65001": "utf-8", "cp10000": "mac_roman"}.get(name, name)).name
    except LookupError:
        return "cp1252"
