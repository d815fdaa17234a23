"""Run properties of Word: defaults, styles and their parents, theme colours."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..office.package import Attributes, OfficePackage
from ..office.typefaces import Typefaces
from ..paint import BLACK, WHITE, Colour, from_hex
from .numbering import Numbering, read_numbering
from .tabs import with_stop
from .typefaces import read_typefaces

_MAX_PARENTS = 20
_OFF = frozenset(["0", "false", "off"])
_SLOTS = {
    "background1": "bg1", "text1": "t1", "tx1": "t1", "background2": "bg2", "text2": "t2", "tx2": "t2",
}  # fmt: skip
"""Names that the settings map to those of the theme."""
_THEME_NAMES = {
    "bg1": "lt1", "light1": "lt1", "t1": "dk1", "dark1": "dk1", "bg2": "lt2", "light2": "lt2", "t2": "dk2", "dark2": "dk2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
_OFFICE_THEME: dict[str, Colour] = {
    "lt1": WHITE, "dk1": BLACK, "lt2": (0xE7, 0xE6, 0xE6), "dk2": (0x44, 0x54, 0x6A), "accent1": (0x44, 0x72, 0xC4),
    "accent2": (0xED, 0x7D, 0x31), "accent3": (0xA5, 0xA5, 0xA5), "accent4": (0xFF, 0xC0, 0x00),
    "accent5": (0x5B, 0x9B, 0xD5), "accent6": (0x70, 0xAD, 0x47), "hlink": (0x05, 0x63, 0xC1), "folHlink": (0x95, 0x4F, 0x72),
}  # fmt: skip
"""What Word takes where a document brings no theme."""
UNKNOWN = "unknown"
"""Key under which a property stands that is not understood."""
CELL = "cell fill"
STOPS = "paragraph tabs"
LISTED = "paragraph list"
"""Number and level of the list that a style puts its paragraphs in."""
_PROPERTIES = frozenset(
    ["w:vanish", "w:specVanish", "w:color", "w:sz", "w:shd", "w:highlight", "w:w", "w:position", "w:spacing",
     "w:rFonts", "w:szCs", "w:rtl", "w:cs", "w:vertAlign"]
)  # fmt: skip
_OF_PARAGRAPHS = {
    "w:shd": "paragraph fill",
    "w:spacing": "paragraph spacing",
    "w:ind": "paragraph indent",
    "w:tblInd": "table indent",
}
_HIGHLIGHTS: dict[str, Colour] = {
    "black": (0, 0, 0), "blue": (0, 0, 255), "cyan": (0, 255, 255), "green": (0, 255, 0),
    "magenta": (255, 0, 255), "red": (255, 0, 0), "yellow": (255, 255, 0), "white": WHITE,
    "darkBlue": (0, 0, 128), "darkCyan": (0, 128, 128), "darkGreen": (0, 128, 0),
    "darkMagenta": (128, 0, 128), "darkRed": (128, 0, 0), "darkYellow": (128, 128, 0),
    "darkGray": (128, 128, 128), "lightGray": (192, 192, 192),
}  # fmt: skip

Properties = dict[str, Attributes]
"""Name of a property element to its attributes."""


@dataclass
class _Style:
    parent: str = ""
    properties: Properties = field(default_factory=dict)
    conditions: dict[str, Properties] = field(default_factory=dict)
    """What a table style says of some of its cells; their ground is under :data:`CELL`."""


@dataclass
class Styles:
    """What a document's ``styles.xml``, theme and settings say."""

    theme: dict[str, Colour] = field(default_factory=dict)
    mapping: dict[str, str] = field(default_factory=dict)
    theme_fonts: dict[str, str] = field(default_factory=dict)
    """Of headings (``major``) and text (``minor``)."""
    defaults: Properties = field(default_factory=dict)
    numbering: Numbering = field(default_factory=Numbering)
    typefaces: Typefaces = field(default_factory=Typefaces)
    paragraph_default: str = ""
    shows_background: bool = False
    """Whether pages have the ground that the document names."""
    has_even_pages: bool = False
    """Whether left and right pages have headers of their own."""
    _styles: dict[str, _Style] = field(default_factory=dict)
    _resolved: dict[str, Properties] = field(default_factory=dict)

    def of(self, name: str) -> Properties:
        """Properties of a style with those of its parents."""
        if name not in self._resolved:
            chain: list[_Style] = []
            at = name
            while at in self._styles and len(chain) < _MAX_PARENTS:
                chain.append(self._styles[at])
                at = chain[-1].parent
            merged: Properties = {}
            for style in reversed(chain):
                merged |= style.properties
            self._resolved[name] = merged
        return self._resolved[name]

    def conditions(self, name: str) -> dict[str, Properties]:
        """What a table style says of some of its cells, by the condition."""
        chain: list[_Style] = []
        while name in self._styles and len(chain) < _MAX_PARENTS:
            chain.append(self._styles[name])
            name = chain[-1].parent
        found: dict[str, Properties] = {}
        for style in reversed(chain):
            for condition, properties in style.conditions.items():
                found[condition] = found.get(condition, {}) | properties
        return found

    def colours(self, attributes: Attributes) -> list[Colour]:
        """The colour of ``w:color`` by the theme, and by its value, which some programs prefer."""
        value = from_hex(attributes.get("w:val", ""))
        found = [colour for colour in (self.colour(attributes), value) if colour is not None]
        return list(dict.fromkeys(found))

    def colour(self, attributes: Attributes) -> Colour | None:
        """The colour of ``w:color``; None when the program chooses a readable one."""
        return self._themed(
            attributes.get("w:themeColor", ""),
            attributes.get("w:val", ""),
            attributes.get("w:themeTint", ""),
            attributes.get("w:themeShade", ""),
        )

    def fonts(self, attributes: Attributes, *, is_complex: bool) -> list[str]:
        """Typefaces of ``w:rFonts`` by the theme, and by their names."""
        names = ("w:cs",) if is_complex else ("w:ascii", "w:hAnsi")
        named = [attributes.get(name, "") for name in names]
        themed = [
            attributes.get(f"{name}Theme", attributes.get("w:cstheme", ""))[:5] for name in names
        ]
        return named + [self.theme_fonts.get(name, "") for name in themed]

    def fill(self, attributes: Attributes) -> Colour | None:
        """The ground of ``w:shd``, as the mean of its two colours where it is a pattern."""
        ground = self._themed(
            attributes.get("w:themeFill", ""),
            attributes.get("w:fill", ""),
            attributes.get("w:themeFillTint", ""),
            attributes.get("w:themeFillShade", ""),
        )
        part = _part_of_pattern(attributes.get("w:val", "clear"))
        if not part:
            return ground
        named = attributes.get("w:themeColor", ""), attributes.get("w:color", "")
        drawn, under = self._themed(*named, "", "") or BLACK, ground or WHITE
        red, green, blue = (
            round(a * part + b * (1 - part)) for a, b in zip(drawn, under, strict=True)
        )
        return (red, green, blue)

    def highlight(self, attributes: Attributes) -> Colour | None:
        return _HIGHLIGHTS.get(attributes.get("w:val", ""))

    def scheme(self, name: str) -> Colour | None:
        """A colour of the theme by the names that drawings and text use."""
        slot = _SLOTS.get(name, name)
        slot = self.mapping.get(slot, slot)
        return self.theme.get(_THEME_NAMES.get(slot, slot))

    def _themed(self, name: str, value: str, tint: str, shade: str) -> Colour | None:
        base = self.scheme(name) if name else None
        if base is None:
            return from_hex(value)
        red, green, blue = base
        if len(tint) == 2 and _is_hex(tint):
            part = int(tint, 16) / 255
            red, green, blue = (round(255 - (255 - c) * part) for c in (red, green, blue))
        if len(shade) == 2 and _is_hex(shade):
            part = int(shade, 16) / 255
            red, green, blue = (round(c * part) for c in (red, green, blue))
        return (red, green, blue)


def is_on(attributes: Attributes | None) -> bool:
    """Whether a switch is set."""
    return attributes is not None and attributes.get("w:val", "1") not in _OFF


def _part_of_pattern(value: str) -> float:
    """How much of the ground a pattern's own colour covers."""
    if value in {"clear", "nil", ""}:
        return 0.0
    if value.startswith("pct") and value[3:].isdigit():
        return min(1.0, int(value[3:]) / 100)
    return 1.0 if value == "solid" else 0.5


def _is_hex(text: str) -> bool:
    return all(c in "0123456789abcdefABCDEF" for c in text)


def read_styles(package: OfficePackage, parts: dict[str, str]) -> Styles:
    """Styles and theme of a document, whose parts are named by the kinds of relationships that lead to them."""
    theme = {"lt1": WHITE, "dk1": BLACK} if "theme" in parts else dict(_OFFICE_THEME)
    styles = Styles(theme=theme)
    _read_theme(package, parts.get("theme", ""), styles)
    _read_settings(package, parts.get("settings", ""), styles)
    styles.numbering = read_numbering(package, parts.get("numbering", ""))
    styles.typefaces = read_typefaces(package, parts.get("fontTable", ""))
    reader = _StyleReader(styles)
    package.parse(parts.get("styles", ""), reader.start, reader.end, None)
    return styles


def _read_theme(package: OfficePackage, part: str, styles: Styles) -> None:
    inside: list[str] = []

    def start(tag: str, attributes: Attributes) -> None:
        inside.append(tag)
        if tag == "a:latin" and len(inside) > 1 and inside[-2] in {"a:majorFont", "a:minorFont"}:
            styles.theme_fonts[inside[-2][2:7]] = attributes.get("typeface", "")
        if "a:clrScheme" in inside and tag in {"a:srgbClr", "a:sysClr"} and len(inside) > 1:
            value = from_hex(attributes.get("lastClr") or attributes.get("val", ""))
            if value is not None:
                styles.theme[inside[-2].removeprefix("a:")] = value

    def end(_: str) -> None:
        inside.pop()

    package.parse(part, start, end, None)


def _read_settings(package: OfficePackage, part: str, styles: Styles) -> None:
    def start(tag: str, attributes: Attributes) -> None:
        if tag == "w:evenAndOddHeaders":
            styles.has_even_pages = is_on(attributes)
        elif tag == "w:displayBackgroundShape":
            styles.shows_background = is_on(attributes)
        elif tag == "w:clrSchemeMapping":
            styles.mapping = {name.removeprefix("w:"): value for name, value in attributes.items()}

    package.parse(part, start, None, None)


_OPENED = frozenset(["w:style", "w:tblStylePr", "w:docDefaults", "w:rPr", "w:tcPr", "w:tblPr"])
_OF_STYLES = frozenset(["w:basedOn", "w:numId", "w:ilvl", "w:tab"])
_READ = _OPENED | _OF_STYLES | _PROPERTIES | {"w:ind", "w:tblInd"}
"""Elements of styles that are read; most others are borders of tables."""


class _StyleReader:
    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._style: _Style | None = None
        self._before: _Style | None = None
        """The style of the same name that was told before."""
        self._in_defaults = False
        self._condition = ""
        self._run = 0
        self._in_cell = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag in _READ:
            self._take(tag, attributes)

    def _take(self, tag: str, attributes: Attributes) -> None:
        if tag == "w:style":
            self._style = _Style()
            name = attributes.get("w:styleId", "")
            self._before = self._styles._styles.get(name)
            self._styles._styles[name] = self._style
            if attributes.get("w:type") == "paragraph" and attributes.get("w:default") in {
                "1",
                "true",
            }:
                self._styles.paragraph_default = name
        elif tag == "w:docDefaults":
            self._in_defaults = True
        elif tag == "w:rPr":
            self._run += 1
        elif tag in {"w:tcPr", "w:tblPr"}:
            self._in_cell = True
        elif tag == "w:tblStylePr":
            self._condition = attributes.get("w:type", "wholeTable")
        elif tag in _OF_STYLES:
            if self._style is not None:
                self._of_style(tag, attributes, self._style)
        else:
            self._property(tag, attributes)

    @staticmethod
    def _of_style(tag: str, attributes: Attributes, style: _Style) -> None:
        """What a style is based on, and the list and the tab stops of its paragraphs."""
        value = attributes.get("w:val", "")
        if tag == "w:basedOn":
            style.parent = value
        elif tag == "w:tab":
            style.properties[STOPS] = with_stop(style.properties.get(STOPS, {}), attributes)
        else:
            style.properties.setdefault(LISTED, {})[tag] = value

    def _property(self, tag: str, attributes: Attributes) -> None:
        if self._style is not None:
            found = self._style.properties
            if self._condition:
                found = self._style.conditions.setdefault(self._condition, {})
            if self._run:
                found[tag] = attributes
            elif tag == "w:shd" and self._in_cell:
                condition = self._condition or "wholeTable"
                self._style.conditions.setdefault(condition, {})[CELL] = attributes
            elif tag in _OF_PARAGRAPHS:
                found[_OF_PARAGRAPHS[tag]] = attributes
        elif self._in_defaults and self._run:
            self._styles.defaults[tag] = attributes

    @staticmethod
    def _end_second(style: _Style, before: _Style) -> None:
        """A style ends that was told before."""
        if style != before:
            style.properties[UNKNOWN] = {"name": "a style that is told twice"}

    def end(self, tag: str) -> None:
        if tag not in _OPENED:
            return
        if tag == "w:style":
            if self._style is not None and self._before is not None:
                self._end_second(self._style, self._before)
            self._style = None
        elif tag == "w:tblStylePr":
            self._condition = ""
        elif tag == "w:docDefaults":
            self._in_defaults = False
        elif tag == "w:rPr":
            self._run -= 1
        elif tag in {"w:tcPr", "w:tblPr"}:
            self._in_cell = False
