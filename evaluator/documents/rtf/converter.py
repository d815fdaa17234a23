"""RTF: groups, character formatting, code pages, fields; hidden, tiny and white text is told apart.

Own code because the permissive readers drop formatting before anyone can ask whether text was shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...errors import DocumentError, Unreadable
from ...models.document import DocumentFormat
from ..draft import MAX_CHARACTERS, MAX_LINKS, Draft, DraftLine, DraftLink, Hidden, hide
from ..markup import squashed
from ..office.field_codes import is_silent, kind_of
from ..office.kept_results import AS_IT_STANDS, Kept, Said, leave_out
from ..office.layers import Spot
from ..office.overflow import Doubt
from ..office.plain import set_apart
from ..symbol_fonts import PICTURES, draws_pictures, is_word
from .control_words import (
    ALWAYS,
    CHARSETS,
    DESTINATIONS,
    EDGES,
    NEVER_SHOWN,
    NUMBERS,
    SHOWN_DESTINATIONS,
    SIDES,
    SYMBOLS,
)
from .letters import TOKEN, encoding_named, joined_surrogates, loose_text, plain_letters
from .pages import OF_PAGES
from .pictures import Picture
from .place import Place
from .plain import ALWAYS_PLAIN
from .shapes import Shape
from .state import State
from .styles import DEFAULTS
from .taken import FORMATTING, LEADING, PARTS_OF_COLOURS, STYLES, TABLES, TAKEN

_MAX_BYTES = 5 * 1024 * 1024
_MAX_DEPTH = 200
_SYMBOL_CHARSET = 2
_WATCHED = frozenset(["text", "styles", *EDGES.values()])
_ENDS = frozenset([b"par", b"line", b"cell", b"row", b"sect", b"page"])
_EM_OF_LETTER = 0.5
_IN_SHAPES = AS_IT_STANDS | {"SHAPE"}
_LINK = re.compile(r'HYPERLINK\s+"([^"]{1,4000})"')


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
class _Reader(Place):
    stack: list[State] = field(default_factory=list)
    asides: list[Hidden] = field(default_factory=list)
    links: list[DraftLink] = field(default_factory=list)
    pending: bytes = b""
    """Bytes of a character of several bytes."""
    to_skip: int = 0
    old_words: list[str] = field(default_factory=list)
    """Of text that is told twice, what old programs show."""
    twice: list[tuple[int, int]] = field(default_factory=list)
    """Depths of the new words of such text, and where in ``out`` they start."""
    starred: bool = False
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    default_encoding: str = "cp1252"
    instruction: list[str] = field(default_factory=list)
    fields: list[tuple[int, str, int]] = field(default_factory=list)
    """Depth, target and start in ``out`` of fields whose result is being read."""
    characters: int = 0

    def read(self, data: bytes) -> None:
        for match in TOKEN.finditer(data):
            word, number, code, symbol, brace, text = match.groups()
            if word:
                if word == b"bin" and number:
                    message = "The RTF file holds raw binary data."
                    raise DocumentError(Unreadable.UNSAFE, message, hint="Save it as DOCX or PDF.")
                self._word(word, int(number) if number else None)
            elif text:
                self._bytes(text)
            elif brace:
                if brace == b"{":
                    self._open()
                else:
                    self._close()
                if not self.stack:
                    self._leave_rest(loose_text(data[match.end() :], self.default_encoding))
                    break
            elif code:
                self._bytes(bytes([int(code, 16)]))
            elif symbol:
                self._symbol(symbol)
        self._flush()
        self._leave(self.cells.end(b"row"))

    def _open(self) -> None:
        if self.pending:
            self._flush()
        self.to_skip = 0
        if len(self.stack) > _MAX_DEPTH:
            message = f"The RTF file nests deeper than {_MAX_DEPTH} groups."
            raise DocumentError(Unreadable.UNSAFE, message)
        self.stack.append(self.state)
        self.starred = False

    def _close(self) -> None:
        if self.pending:
            self._flush()
        if self.stack:
            self.state = self.stack.pop()
        if self.picture is not None and len(self.stack) < self.picture.depth:
            self._end_picture(self.picture)
        while self.shapes and len(self.stack) < self.shapes[-1].depth:
            self._end_shape(self.shapes.pop())
        self.to_skip = 0
        self.results.close(len(self.stack))
        while self.is_silent and len(self.stack) < self.is_silent[-1]:
            self.is_silent.pop()
        while self.twice and len(self.stack) < self.twice[-1][0]:
            self._end_new_words(self.twice.pop()[1])
        while self.fields and len(self.stack) < self.fields[-1][0]:
            _, target, start = self.fields.pop()
            label = " ".join(self.results.pending.plain("".join(self.out[start:])).split())
            if len(self.links) < MAX_LINKS:
                self.links.append(DraftLink(target, label))

    def _end_new_words(self, start: int) -> None:
        """Text that was told twice: every program shows the new words, and some show others beside them."""
        old = "".join(self.old_words)
        new = self.results.pending.plain("".join(self.out[start:]))
        is_same = squashed(new.encode("ascii", "ignore").decode()) == plain_letters(old)
        if self.state.outer == "text" and not is_same:
            hide(self.hidden, Doubt("text that only some programs show"), old)

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
            if self.pending:
                self._flush()
            if self.to_skip:
                self.to_skip -= 1
        state = self.state
        if state.style is not None:
            self.styles.define(state.style, word, number)
        if self.picture is not None:
            self.picture.define(word, number or 0)
        elif word == b"pict":
            self.picture = Picture(len(self.stack))
        if word not in ALWAYS_PLAIN and state.destination in _WATCHED:
            is_style = state.destination == "styles"
            self.plainness.word(word, number, starred=self.starred, in_styles=is_style)
        if word in TAKEN or self.starred or self.shapes:
            self._take(word, number)

    def _take(self, word: bytes, number: int | None) -> None:
        """A word that changes what is read after it."""
        is_page = word in OF_PAGES and self.pages.define(word)
        if word == b"u" and number is not None:
            self._flush()
            point = number & 0xFFFF
            self._text(chr(point))
            self.to_skip = self.state.skip
        elif word in SYMBOLS:
            self._text(SYMBOLS[word])
            self.after_tab = word == b"tab" or (self.after_tab and word not in _ENDS)
            self._end_line(word)
        elif not (
            (is_page and word != b"sectd")
            or ((self.starred or word in LEADING) and self._destination(word))
            or ((self.shapes or word in FORMATTING) and self._format(word, number))
        ):
            self._table(word, number or 0)

    def _destination(self, word: bytes) -> bool:
        name = self._name_of_destination(word)
        self.starred = False
        if name is None:
            return False
        if word == b"fldinst":
            self.instruction = []
        elif word == b"fldrslt":
            self._start_result()
        elif word in NUMBERS:
            self.results.open.append((len(self.stack), Kept("LISTNUM")))
        elif word == b"dptxbxtext":
            self.results.open.append((len(self.stack), Kept(named="a drawing of an old kind")))
        elif word in EDGES and self.state.destination != "none":
            self.pages.open(word, name, self.paper.room_of_edges())
        state = self.state
        if name == "twice" or (word == b"ud" and state.destination == "twice"):
            outer = state.destination if name == "twice" else state.outer
            if name == "twice":
                self.old_words = []
            else:
                self.twice.append((len(self.stack), len(self.out)))
                name = outer
            self.state = state.changed(destination=name, outer=outer)
        elif state.destination not in {"none", "comment", "twice"} or name in ALWAYS:
            style = DEFAULTS if word == b"defchp" else None
            self.state = state.changed(destination=name, style=style)
        return True

    def _name_of_destination(self, word: bytes) -> str | None:
        if word == b"fldrslt":
            return "text" if self.state.destination == "field" else self.state.destination
        if word in EDGES:
            return EDGES[word]
        if word in DESTINATIONS:
            return DESTINATIONS[word]
        if word in NUMBERS:
            return self.state.destination
        unknown = self.starred and word not in SHOWN_DESTINATIONS
        return "none" if word in NEVER_SHOWN or unknown else None

    def _start_result(self) -> None:
        code = "".join(self.instruction)
        if is_silent(code):
            self.is_silent.append(len(self.stack))
        self.results.open.append((len(self.stack), Kept(kind_of(code), code)))
        self.plainness.field(kind_of(code))
        target = _LINK.search(code)
        if target:
            self.fields.append((len(self.stack), target.group(1), len(self.out)))
        self.instruction = []

    def _format(self, word: bytes, number: int | None) -> bool:
        if word in STYLES:
            self._style(number or 0)
            return True
        state = self.state.formatted(word, number)
        if state is None:
            return self._shape(word, number or 0)
        if word == b"pard":
            self.frame = None
        elif word == b"intbl" and not self.flow.rows:
            self.flow.start_row()
        self.state = state
        return True

    def _style(self, number: int) -> None:
        """A style is defined, or taken up."""
        if self.state.destination == "styles":
            self.state = State(destination="styles", style=number)
        elif (style := self.styles.of(number)) is not None:
            self.state = self.state.styled(style)

    def _shape(self, word: bytes, value: int) -> bool:
        if word == b"shp":
            self.shapes.append(Shape(len(self.stack)))
        elif word in SIDES and self.shapes:
            self.shapes[-1].sides[SIDES[word]] = value
        else:
            return bool(self.shapes) and self.shapes[-1].place(word, value)
        return True

    def _table(self, word: bytes, value: int) -> None:
        if word not in TABLES:
            return
        if word in PARTS_OF_COLOURS and self.state.destination == "colours":
            self.mixing[PARTS_OF_COLOURS.index(word)] = value
        elif self._is_of_row(word, value) or self.paper.define(word, value):
            return
        elif word == b"ansicpg":
            self.default_encoding = encoding_named(f"cp{value}")
            self.state = self.state.changed(encoding=self.default_encoding)
        elif word in {b"f", b"deff"}:
            self.usual_font = value if word == b"deff" else self.usual_font
            self._font(value)
        elif word == b"fcharset" and self.state.destination == "fonts" and value:
            self.fonts[self.font] = CHARSETS.get(value, self.default_encoding)
            if value == _SYMBOL_CHARSET:
                self.pictures.add(self.font)

    def _font(self, value: int) -> None:
        self.font = value
        if self.state.destination != "fonts":
            encoding = self.fonts.get(value, self.default_encoding)
            self.state = self.state.changed(encoding=encoding, font=value)

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
        destination = state.destination
        if destination == "text" or destination.endswith("edge"):
            self._say(text.replace("\x03", ""))
        elif destination in {"colours", "styles", "fonts"}:
            self._define(destination, text)
        elif destination == "field":
            self.instruction.append(text)
        elif destination == "aside":
            self.asides.append(Hidden("a property", text))
        elif destination in {"name", "value"}:
            self._shape_property(destination, text.strip())
        elif destination == "twice":
            self.old_words.append(text)
        elif destination == "comment":
            hide(self.hidden, "a comment", text)

    def _define(self, destination: str, text: str) -> None:
        """The name that ends a colour, a style or a typeface."""
        if destination == "colours":
            self._colour_ends(text)
        elif destination == "fonts" and draws_pictures(text.rstrip(";")):
            self.pictures.add(self.font)

    def _say(self, text: str) -> None:
        how = self._why_hidden(text) if text.strip() else None
        self._take_line(text, how)
        if how == PICTURES and not is_word(text):
            return
        if how:
            hide(self.hidden, how, text)
            return
        kinds, points = _IN_SHAPES if self.shapes else AS_IT_STANDS, self.state.points
        if self.state.destination == "text":
            spot = self._spot() if text.strip() else None
            if spot is not None:
                self.plainness.paint(spot.colours, spot.ground or spot.paper)
            if text.strip() and not self.shapes and not self.results.is_number():
                self._leave(self.cells.say(self.state.depth * self.state.in_table, len(self.out)))
            self.out.append(self.results.piece(text, kinds, spot))
            if not self.shapes:
                self.pages.take(len(text), points)
                self.body.take(len(text) * points * _EM_OF_LETTER)
        elif self.pages.edges:
            self._start_line()
            self.flow.take(len(text) * points * _EM_OF_LETTER)
            spot = Spot(self.flow.area())
            self.pages.edges[-1].texts.append(text)
            self.pages.edges[-1].pieces.append(self.results.piece(text, kinds, spot))

    def draft(self) -> Draft:
        self._look_at_heights()
        draft = Draft(links=self.links, hidden=self.hidden, asides=self.asides)
        pending = self.results.pending
        body = "".join(self.out)
        edges = [(self.pages.why_unseen(edge), "".join(edge.pieces)) for edge in self.pages.edges]
        pending.uncover(draft, [])
        beside = [body, *(text for why, text in edges if not why)]
        pending.settle(
            squashed(pending.without(" ".join(beside))),
            [Said("*", squashed(aside.text)) for aside in self.asides],
            draft,
        )
        shown = "".join(pending.plain(text) for why, text in edges if not why)
        for why, text in edges:
            if why and (unseen := pending.plain(text).strip()):
                leave_out(draft, why, unseen, f"{shown} {pending.plain(body)}")
        head = joined_surrogates("".join(dict.fromkeys(shown.split("\n"))))
        text = re.sub(r"\n{2,}", "\n\n", f"{head}\n{joined_surrogates(pending.plain(body))}")
        if not self.paper.has_room():
            hide(draft.hidden, "a page without room", text)
            text = ""
        draft.lines = [DraftLine(line.rstrip("\t")) for line in text.strip("\n").split("\n")]
        return set_apart(draft, self.plainness)
