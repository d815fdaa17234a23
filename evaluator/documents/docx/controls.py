"""Content controls of Word that show a value of another part in place of the text that is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from posixpath import dirname

from ..markup import squashed
from ..office.kept_results import Kept, Said
from ..office.package import Attributes, OfficePackage

_STORES = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": "docProps/core.xml",
    "{6668398D-A668-4E3E-A75B-62EB855F1EEB}": "docProps/app.xml",
}
"""Parts that every document may have, by the names that bindings give them."""
_STEP = re.compile(r"/(?:[\w.-]+:)?([\w.-]+)(?:\[(\d{1,4})\])?")
_PATH = re.compile(r"(?:/(?:[\w.-]+:)?[\w.-]+(?:\[\d{1,4}\])?)+")


@dataclass
class Stores:
    """Parts that hold the values of content controls."""

    package: OfficePackage
    parts: dict[str, str] = field(default_factory=dict)
    _values: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parts = dict(_STORES)
        for name in self.package.names:
            if name.startswith("customXml/itemProps"):
                part = f"{dirname(name)}/item{name.removeprefix('customXml/itemProps')}"
                self.package.parse(name, self._names(part), None, None)

    def _names(self, part: str) -> Callable[[str, Attributes], None]:
        def start(_: str, attributes: Attributes) -> None:
            for name, value in attributes.items():
                if name.rpartition(":")[2] == "itemID":
                    self.parts.setdefault(value.upper(), part)

        return start

    def value(self, store: str, path: str) -> str | None:
        """What a control shows; None where it shows what it keeps."""
        part = self.parts.get(store.upper(), "")
        if part not in self.package.names:
            return None
        if not _PATH.fullmatch(path):
            return ""
        wanted = "".join(f"/{name}[{number or 1}]" for name, number in _STEP.findall(path))
        if part not in self._values:
            self._values[part] = self._read(part)
        return self._values[part].get(wanted)

    def properties(self) -> list[Said]:
        """What the document's properties say, which fields are filled from."""
        return [
            Said(path.rpartition("/")[2].partition("[")[0], squashed(value))
            for part in (*_STORES.values(), "docProps/custom.xml")
            for path, value in self._read(part).items()
            if value.strip()
        ]

    def _read(self, part: str) -> dict[str, str]:
        values: dict[str, str] = {}
        path = [""]
        counts: list[dict[str, int]] = [{}]

        def start(tag: str, _: Attributes) -> None:
            name = tag.rpartition(":")[2]
            counts[-1][name] = counts[-1].get(name, 0) + 1
            path.append(f"{path[-1]}/{name}[{counts[-1][name]}]")
            counts.append({})
            values[path[-1]] = ""

        def end(_: str) -> None:
            path.pop()
            counts.pop()

        def data(text: str) -> None:
            values[path[-1]] += text

        self.package.parse(part, start, end, data)
        return values


@dataclass
class _Control:
    store: str | None = None
    path: str = ""
    kept: Kept | None = None


@dataclass
class Controls:
    """The open content controls of one part."""

    stores: Stores | None = None
    _open: list[_Control] = field(default_factory=list)

    def open(self) -> None:
        self._open.append(_Control())

    def close(self) -> None:
        if self._open:
            self._open.pop()

    def property(self, tag: str, attributes: Attributes) -> None:
        """One property of the innermost control."""
        if self._open and tag in {"w:dataBinding", "w15:dataBinding"}:
            self._open[-1].store = attributes.get("w:storeItemID", "")
            self._open[-1].path = attributes.get("w:xpath", "")

    def kept(self) -> Kept | None:
        """The innermost open control that shows a value of another part."""
        for control in reversed(self._open):
            if control.store is not None and self.stores is not None:
                if control.kept is None:
                    value = self.stores.value(control.store, control.path)
                    kind = "SDT" if value is None else "BOUND"
                    control.kept = Kept(kind, squashed(value or ""))
                if control.kept.kind == "BOUND":
                    return control.kept
        return None
