"""Who the resume is about: the strings that are known to be this person's.

Used to redact them before any reader and to name the candidate in the report after judging.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from ..models.base import Value
from ..models.document import Document
from .outline import Outline
from .sections import Section, heading_section

EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}")
PHONE = re.compile(
    r"(?<![\w.,/:-])(?:\+|00)?\(?\d{1,4}\)?(?:[\s./()-]{0,2}\d{2,5}){2,5}(?![\w%]|[.,]\d)"
)
_LABEL = re.compile(
    r"^\s*(?:name|full name|nom|nombre|nome|imię i nazwisko|姓名|氏名|名前|नाम)\s*[:：]\s*(.+)$",
    re.I,
)
_NOT_NAMES = frozenset(
    [
        "engineer",
        "developer",
        "scientist",
        "resume",
        "résumé",
        "cv",
        "curriculum",
        "vitae",
        "lebenslauf",
        "lebenslauf.",
        "machine",
        "learning",
        "data",
        "devops",
        "mlops",
        "senior",
        "junior",
        "lead",
        "principal",
        "staff",
        "manager",
        "analyst",
        "architect",
        "consultant",
        "student",
        "researcher",
        "intern",
        "professor",
        "specialist",
        "administrator",
        "director",
        "head",
        "technician",
        "coordinator",
        "ingenieur",
        "ingénieur",
        "ingeniero",
        "ingeniera",
        "desarrollador",
        "entwickler",
        "software",
        "hoja",
        "de",
        "vida",
        "personal",
        "profile",
        "summary",
        "contact",
        "phd",
        "msc",
        "bsc",
        "python",
        "email",
        "e-mail",
        "phone",
        "tel",
        "address",
        "city",
        "street",
        "site",
        "reliability",
        "platform",
        "cloud",
        "ai",
        "ml",
        "github",
        "linkedin",
    ]
)
_TITLE_WORDS = re.compile(
    r"^(?:r[ée]sum[ée]|cv|c\.v\.|curriculum vitae|lebenslauf|hoja de vida)(?: of| von| de)?\s+",
    re.I,
)
# A typeface that lacks a letter of the name puts a box or a replacement character there.
_WORD = re.compile(r"^[^\W\d_][\w'’.■□\ufffd-]*$")
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_HEADER_LINES = 12
_SEARCHED_LINES = 150
_LARGE = 1.3
"""Times the usual line's height."""
_MAILBOXES = frozenset(
    [
        "mail",
        "info",
        "contact",
        "hello",
        "work",
        "jobs",
        "career",
        "team",
        "office",
        "admin",
        "home",
        "code",
        "hire",
        "hiring",
        "apply",
        "cloud",
        "models",
        "model",
        "training",
    ]
)


class Contact(Value):
    """What the header of a resume says about the person."""

    name: str | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """Targets and visible addresses of the document's links."""
    header: tuple[str, ...] = ()
    """Lines before the first section, as they stand."""


def contact(document: Document, parts: Outline) -> Contact:
    """Collect the strings that identify the candidate."""
    header = tuple(
        document.text[p.start : p.end] for p in parts.passages if p.section is Section.HEADER
    )
    return Contact(
        name=_name(document),
        emails=tuple(dict.fromkeys(EMAIL.findall(document.text))),
        phones=tuple(dict.fromkeys(phones_in(document.text))),
        links=tuple(dict.fromkeys(link.target for link in document.links)),
        header=header,
    )


def phones_in(text: str) -> list[str]:
    """Phone numbers: seven to fifteen digits that are no dates and no version numbers."""
    found = []
    for match in PHONE.finditer(text):
        number = match.group().strip()
        digits = re.sub(r"\D", "", number)
        years = re.fullmatch(r"(?:19|20)\d\d\s*[-–/.]\s*(?:19|20)\d\d", number)
        dotted = re.fullmatch(r"\d{1,3}(?:\.\d{1,3}){2,3}", number)
        date = re.fullmatch(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}", number)
        if 7 <= len(digits) <= 15 and not (years or dotted or date):
            found.append(number)
    return found


def _name(document: Document) -> str | None:
    """The line that most looks like the person's name; a label wins.

    Resumes say it first, or largest where a sidebar comes first, and mail addresses often repeat it.
    """
    handles = fold(
        " ".join(EMAIL.findall(document.text) + [link.target for link in document.links])
    )
    usual = _usual_height(document)
    best: tuple[int, str] | None = None
    leading, headed = True, False
    for line in document.lines[:_SEARCHED_LINES]:
        text = document.text[line.start : line.end].strip()
        first = leading and line.number <= _HEADER_LINES
        label = _LABEL.match(text) if line.number <= _HEADER_LINES else None
        if label:
            return label.group(1).strip()
        name = _name_in(text)
        if name is None:
            headed = headed or heading_section(text) is not None
            leading = leading and (best is None or not headed)
            continue
        if headed and name != text:
            first = False  # a piece of a line below a heading is an employer or a degree
        height = line.box.y1 - line.box.y0 if line.box else 0.0
        large = line.page == 1 and usual > 0 and height > _LARGE * usual
        known = any(len(word) > 2 and fold(word) in handles for word in name.split())
        score = 3 * large + 2 * known + first
        if score and (best is None or score > best[0]) and (large or first or (known and usual)):
            best = (score, name)
    return best[1] if best else None


def _name_in(text: str) -> str | None:
    for piece in re.split(r"\t|\s[|•·–—-]\s|,|:", text):
        name = _TITLE_WORDS.sub("", piece.strip()).strip()
        if _looks_like_name(name):
            return name
    return None


def _usual_height(document: Document) -> float:
    """The height of the middle line, points; 0 where lines have no boxes."""
    heights = sorted(line.box.y1 - line.box.y0 for line in document.lines if line.box)
    return heights[len(heights) // 2] if heights else 0.0


def _looks_like_name(text: str) -> bool:
    if "@" in text or any(c.isdigit() for c in text) or heading_section(text):
        return False
    if _CJK.search(text):
        return 2 <= len(text.replace(" ", "")) <= 8
    words = text.split()
    if not 2 <= len(words) <= 5:
        return False
    particles = {
        "de",
        "da",
        "di",
        "del",
        "della",
        "von",
        "van",
        "der",
        "den",
        "la",
        "le",
        "bin",
        "al",
        "el",
        "dos",
        "y",
        "e",
    }
    return (
        all(
            _WORD.match(word)
            and (word[0].isupper() or word.lower() in particles or not word[0].islower())
            for word in words
        )
        and not {fold(word).replace(".", "") for word in words} & _NOT_NAMES
    )


def is_common_word(word: str) -> bool:
    """Words that stand in headlines and mail addresses without being anybody's name."""
    return fold(word) in _NOT_NAMES or fold(word) in _MAILBOXES


def fold(text: str) -> str:
    """Case and accents removed, for comparing names and handles."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def host_and_path(target: str) -> tuple[str, str]:
    """Lower-case host and path of a link target, also without a scheme; empty when it has none."""
    address = target if "://" in target else f"//{target}"
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").lower(), parts.path
    except ValueError:
        return "", ""
