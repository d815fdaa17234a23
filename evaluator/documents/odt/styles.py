"""Styles of OpenDocument: common ones, and automatic ones of the text and of the pages' edges apart."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..answers import Answers
from ..office.grounds import PAPER, Ground, any_of, pictured
from ..office.package import Attributes, OfficePackage, refuse_second
from ..office.typefaces import Typefaces
from ..paint import from_hex
from ..symbol_fonts import draws_pictures
from .lengths import points
from .names import EDGES, UNDERSTOOD, is_harmless
from .plain import OdtPlainness

_MAX_PARENTS = 20
_MOST_FOUND = 1_000
UNKNOWN = "unknown"
"""Key of a look under which the name of a property that is not understood stands."""
IMAGE = "image"
COLUMNS = "columns"
GAP = "gap"
BREAK = "break"
STOP = "stop"
"""Key of the furthest tab stop, in points."""


@dataclass
class Master:
    """A kind of page."""

    layout: str = ""
    next: str = ""
    kinds: set[str] = field(default_factory=set)
    """Of its headers and footers that are switched on."""


@dataclass
class Styles:
    """Named styles with their parents; scopes are the common one and one for each part."""

    package: OfficePackage
    plainness: OdtPlainness = field(default_factory=OdtPlainness)
    properties: dict[str, dict[str, Attributes]] = field(default_factory=dict)
    parents: dict[str, dict[str, str]] = field(default_factory=dict)
    maps: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """Styles that conditions put in the place of one."""
    page_starts: dict[str, dict[str, str]] = field(default_factory=dict)
    """Kinds of pages that begin with a paragraph of a style."""
    defaults: Attributes = field(default_factory=dict)
    pictures: set[str] = field(default_factory=set)
    """Names of typefaces that draw pictures in place of letters."""
    pages: dict[str, Attributes] = field(default_factory=dict)
    """Layouts of pages: paper and margins."""
    masters: dict[str, Master] = field(default_factory=dict)
    typefaces: Typefaces = field(default_factory=Typefaces)
    gradients: dict[str, list[str]] = field(default_factory=dict)
    images: dict[str, str] = field(default_factory=dict)
    list_indents: dict[tuple[str, int], str] = field(default_factory=dict)
    """Left margin of the levels of lists."""
    values: list[str] = field(default_factory=list)
    """Of fields that the document declares."""
    tabs_leave_lines: bool = False
    """Whether a tab stop behind the end of a line is taken; otherwise the text goes on in the next line."""
    _seen: dict[str, Ground] = field(default_factory=dict)
    _found: dict[tuple[str, str], Attributes] = field(default_factory=dict)

    def _scope(self, scope: str, name: str) -> str:
        return scope if name in self.properties.get(scope, {}) else ""

    def of(self, name: str, scope: str) -> Attributes:
        """Properties of a style with those of its parents; to be read alone, once all styles are known."""
        found = self._found.get((name, scope))
        if found is None:
            found = self._with_parents(name, scope)
            if len(self._found) < _MOST_FOUND:
                self._found[name, scope] = found
        return found

    def _with_parents(self, name: str, scope: str) -> Attributes:
        chain: list[Attributes] = []
        while name and len(chain) < _MAX_PARENTS:
            scope = self._scope(scope, name)
            chain.append(self.properties.get(scope, {}).get(name, {}))
            name = self.parents.get(scope, {}).get(name, "")
        merged: Attributes = {}
        for style in reversed(chain):
            merged = _sized(merged, style) | {
                name: value for name, value in style.items() if name not in _SIZES
            }
        return merged

    def mapped(self, name: str, scope: str) -> list[str]:
        """Styles that conditions may put in the place of one."""
        return self.maps.get(self._scope(scope, name), {}).get(name, [])

    def starts(self, name: str, scope: str) -> str:
        """The kind of page that begins with a paragraph of a style."""
        return self.page_starts.get(self._scope(scope, name), {}).get(name, "")

    def picture(self, target: str) -> Ground:
        """The ground that a picture of the package makes."""
        if target not in self._seen:
            self._seen[target] = pictured(self.package.read(target.removeprefix("./")))
        return self._seen[target]

    def ground(self, look: Attributes, under: Ground) -> Ground:
        """What an element's look paints over what lies under it."""
        if _PAINTING.isdisjoint(look):
            return under
        painted = Ground()
        if (colour := from_hex(look.get("ground", ""))) is not None:
            painted = Ground((colour,)).faded(
                1 - _part(look.get("style:background-transparency")), under
            )
        fill = look.get("draw:fill", "solid" if "draw:fill-color" in look else "")
        filled = self._filled(fill, look).faded(_part(look.get("draw:opacity"), 1.0), under)
        if look.get("draw:opacity-name") and filled.colours:
            filled = any_of([filled, under])
        if target := look.get(IMAGE):
            filled = self.picture(target)
        return filled.over(painted).over(under)

    def _filled(self, fill: str, look: Attributes) -> Ground:
        if fill == "solid":
            colour = from_hex(look.get("draw:fill-color", ""))
            return Ground() if colour is None else Ground((colour,))
        if fill == "gradient":
            stops = self.gradients.get(look.get("draw:fill-gradient-name", ""), [])
            colours = tuple(c for c in map(from_hex, stops) if c is not None)
            return Ground(colours, "" if colours else "a gradient behind the text")
        if fill == "bitmap":
            return self.picture(self.images.get(look.get("draw:fill-image-name", ""), ""))
        return Ground(why="a pattern behind the text") if fill == "hatch" else Ground()

    def paper(self, master: str, edge: str = "") -> Ground:
        """The ground of a kind of page, or of its header or footer."""
        layout = self.masters.get(master, Master()).layout
        paper = self.ground(self.pages.get(layout, {}), PAPER)
        return (
            self.ground(self.pages.get(f"{layout}style:{edge}-style", {}), paper) if edge else paper
        )


VERTICAL = frozenset(
    "fo:margin-bottom fo:padding-bottom fo:border fo:border-top fo:border-bottom style:min-row-height "
    "style:line-height-at-least".split()
)
"""Measures that take height, beside those that hide."""
_KEPT = UNDERSTOOD | VERTICAL
_PAINTING = frozenset(["ground", "draw:fill", "draw:fill-color", "draw:opacity", IMAGE])
"""Keys of which a look has one if it paints anything."""
_SIZES = ("fo:font-size", "style:font-size-rel")
_FIRST = frozenset(["text:p", "text:h", "table:table"])
"""Elements that may begin a document, and name the kind of its first page."""


_UNKNOWN = Answers(lambda name: name not in UNDERSTOOD and not is_harmless(name))
"""By name, whether a property may hide text in a way that is not understood."""


def _sized(under: Attributes, style: Attributes) -> Attributes:
    """A look with the size that a style gives it: a part of the one before, or more or less by some points."""
    found = dict(under)
    size, more = style.get("fo:font-size", ""), style.get("style:font-size-rel", "")
    if size:
        found.pop("style:font-size-rel", None)
        before = found.get("fo:font-size", "")
        part, whole = points(size, 100.0), points(before, 100.0)
        if "%" in size and part is not None and whole is not None:
            size = f"{whole * part / 100:.4f}{'%' if '%' in before else 'pt'}"
        found["fo:font-size"] = size
    if more:
        before_more = points(found.get("style:font-size-rel", "")) or 0.0
        found["style:font-size-rel"] = f"{before_more + (points(more) or 0.0):.4f}pt"
    return found


def _part(text: str | None, usual: float = 0.0) -> float:
    try:
        return min(1.0, max(0.0, float((text or "").rstrip("%")) / 100))
    except ValueError:
        return usual


class StyleReader:
    """Collects the styles of one part.

    Args:
        styles: that it adds to.
        part: whose automatic styles are its own.
    """

    def __init__(self, styles: Styles, part: str) -> None:
        self._styles = styles
        self._part = part
        self._scope = ""
        self._name: str | None = None
        self._before: Attributes | None = None
        """The look of a style of the same name that was told before."""
        self._default = False
        self._faces: tuple[str, str] = ("", "")
        """Names of the typeface that is told."""
        self._layout = ""
        self._gradient = ""
        self._edge = ""
        self._list: tuple[str, int] = ("", 0)
        self.master = ""
        self.has_edges = False
        """Whether it has any header or footer, wherever."""
        self.first: tuple[str, str] | None = None
        """Element and style of the first paragraph or table."""

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag in {"office:automatic-styles", "office:styles"}:
            self._scope = self._part if tag == "office:automatic-styles" else ""
        elif tag == "style:style":
            self._style(attributes)
        elif tag == "style:default-style":
            self._default = attributes.get("style:family") == "paragraph"
        elif tag == "style:map" and self._name is not None:
            family = self._name.partition("/")[0]
            mapped = f"{family}/{attributes.get('style:apply-style-name', '')}"
            self._styles.maps.setdefault(self._scope, {}).setdefault(self._name, []).append(mapped)
        elif tag == "style:list-level-properties" and attributes.get("text:space-before"):
            self._styles.list_indents[self._list] = attributes["text:space-before"]
        elif tag.endswith("-properties"):
            self._properties(tag, attributes)
        elif tag in _FIRST:
            name = attributes.get("text:style-name") or attributes.get("table:style-name", "")
            self.first = self.first or (tag, name)
        elif tag in EDGES:
            self.has_edges = True
        else:
            self._other(tag, attributes)

    def _style(self, attributes: Attributes) -> None:
        family = attributes.get("style:family", "")
        self._name = f"{family}/{attributes.get('style:name', '')}"
        scope = self._styles.properties.setdefault(self._scope, {})
        self._before = scope.get(self._name)
        scope[self._name] = {}
        if parent := attributes.get("style:parent-style-name"):
            self._styles.parents.setdefault(self._scope, {})[self._name] = f"{family}/{parent}"
        if master := attributes.get("style:master-page-name"):
            self._styles.page_starts.setdefault(self._scope, {})[self._name] = master

    def _properties(self, tag: str, attributes: Attributes) -> None:
        kept = {name: value for name, value in attributes.items() if name in _KEPT}
        for name in filter(_UNKNOWN.__getitem__, attributes):
            kept[UNKNOWN] = name
        if "page" in (attributes.get("fo:break-before"), attributes.get("fo:break-after")):
            kept[BREAK] = "page"
        if attributes.get("style:use-window-font-color") == "true":
            # LibreOffice then writes an opacity of nothing beside a colour that every page shows.
            kept |= {"loext:opacity": "100%", "fo:color": ""}
        if "fo:margin" in kept:
            kept = {
                "fo:margin-left": kept["fo:margin"],
                "fo:margin-right": kept["fo:margin"],
            } | kept
        if tag != "style:text-properties" and "fo:background-color" in kept:
            kept["ground"] = kept.pop("fo:background-color")
        look = self._look()
        if look is not None:
            look.update(kept | attributes if tag == "style:page-layout-properties" else kept)

    def _look(self) -> Attributes | None:
        """The properties that are being told."""
        if self._name is not None:
            return self._styles.properties[self._scope][self._name]
        if self._layout:
            return self._styles.pages.setdefault(f"{self._layout}{self._edge}", {})
        return self._styles.defaults if self._default else None

    def _other(self, tag: str, attributes: Attributes) -> None:
        look = self._look()
        if tag == "style:background-image" and look is not None and attributes.get("xlink:href"):
            look[IMAGE] = attributes["xlink:href"]
        elif tag == "style:tab-stop" and look is not None:
            if attributes.get("style:type", "left") == "left":
                at = points(attributes.get("style:position", "")) or 0.0
                look[STOP] = str(max(at, float(look.get(STOP, "0"))))
        elif tag == "style:columns" and look is not None:
            look[COLUMNS] = attributes.get("fo:column-count", "1")
            look[GAP] = attributes.get("fo:column-gap", "")
        elif tag == "style:column" and look is not None:
            look[COLUMNS] += f" {attributes.get('style:rel-width', '1*').rstrip('*')}"
        elif tag in {"style:font-face", "svg:font-face-uri"}:
            self._face(tag, attributes)
        elif tag == "style:page-layout":
            self._layout = attributes.get("style:name", "")
        elif tag == "style:master-page":
            self.master = attributes.get("style:name", "")
            if self.master in self._styles.masters:
                refuse_second("a kind of page")
            master = Master(
                attributes.get("style:page-layout-name", ""),
                attributes.get("style:next-style-name", ""),
            )
            self._styles.masters[self.master] = master
        else:
            self._paint(tag, attributes)

    def _paint(self, tag: str, attributes: Attributes) -> None:
        styles = self._styles
        if tag == "draw:gradient":
            self._gradient = attributes.get("draw:name", "")
            ends = (attributes.get("draw:start-color", ""), attributes.get("draw:end-color", ""))
            styles.gradients[self._gradient] = list(ends)
        elif tag == "loext:gradient-stop":
            styles.gradients.setdefault(self._gradient, []).append(
                attributes.get("loext:color-value", "")
            )
        elif tag == "draw:fill-image":
            styles.images[attributes.get("draw:name", "")] = attributes.get("xlink:href", "")
        elif tag == "text:list-style":
            self._list = (attributes.get("style:name", ""), 0)
        elif tag.startswith("text:list-level-style"):
            level = attributes.get("text:level", "1")
            self._list = (self._list[0], int(level) if level.isdigit() else 1)
        elif tag == "style:list-level-label-alignment":
            styles.list_indents[self._list] = attributes.get("fo:margin-left", "")
        elif tag in {"style:header-style", "style:footer-style"}:
            self._edge = tag
        elif tag in {"text:user-field-decl", "text:variable-set"}:
            styles.values.append(attributes.get("office:string-value", ""))

    def _face(self, tag: str, attributes: Attributes) -> None:
        if tag == "svg:font-face-uri":
            data = self._styles.package.read(attributes.get("xlink:href", "").removeprefix("./"))
            for one in dict.fromkeys(self._faces):
                self._styles.typefaces.add(one, data)
            return
        name = attributes.get("style:name", "")
        family = attributes.get("svg:font-family", name)
        self._faces = (name, family.strip("'"))
        if attributes.get("style:font-charset") == "x-symbol" or draws_pictures(family):
            self._styles.pictures.add(name)

    def end(self, tag: str) -> None:
        if tag == "style:style" and self._name is not None:
            style = self._styles.properties[self._scope][self._name]
            if self._before not in (None, style):
                style[UNKNOWN] = "name, which is told twice"
            self._name = None
        elif tag == "style:default-style":
            self._default = False
        elif tag in {"style:header-style", "style:footer-style"}:
            self._edge = ""
        elif tag == "style:page-layout":
            self._layout = ""
