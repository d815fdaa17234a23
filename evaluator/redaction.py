"""Identity stays here: what a reader is shown holds no name, contact, address, school or link.

Known values of this person go first, in every spelling; then patterns. Each redacted passage keeps a
map of its characters, so that what a reader cites is found again in the true text. When a known value
would still get through, nothing is shown (:class:`~evaluator.errors.InternalError`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from .errors import InternalError
from .models.base import Value
from .models.document import Document
from .models.shown import Piece, ShownText
from .models.vocabulary import Context
from .structure.contact import (
    EMAIL,
    Contact,
    fold,
    host_and_path,
    is_common_word,
    phones_in,
)
from .structure.dates import find_period
from .structure.outline import Outline, Passage
from .structure.sections import CONTEXT_OF, Section

WITHHELD = frozenset({Section.OTHER, Section.INTERESTS, Section.ADVERT})
"""Sections no reader is shown: personal details, hobbies, wishes, text about somebody else."""

_TECHNICAL_NAMES = frozenset(
    [
        "ada",
        "adam",
        "ai",
        "alan",
        "alex",
        "argo",
        "arrow",
        "beam",
        "bert",
        "bloom",
        "caffe",
        "chef",
        "clair",
        "clara",
        "claude",
        "cuda",
        "dagster",
        "dask",
        "delta",
        "elmo",
        "ernie",
        "falcon",
        "flink",
        "flux",
        "gemini",
        "gin",
        "go",
        "grace",
        "grafana",
        "hadoop",
        "haskell",
        "helm",
        "hugo",
        "ivy",
        "jax",
        "jenkins",
        "julia",
        "kafka",
        "keras",
        "kong",
        "lambda",
        "llama",
        "loki",
        "luigi",
        "mercury",
        "mistral",
        "mojo",
        "nix",
        "numba",
        "oracle",
        "otto",
        "owl",
        "pandas",
        "pascal",
        "pearl",
        "perl",
        "phoenix",
        "polly",
        "puppet",
        "python",
        "ray",
        "redis",
        "ross",
        "ruby",
        "rust",
        "sage",
        "sam",
        "scala",
        "scout",
        "seldon",
        "sonnet",
        "spark",
        "splunk",
        "swift",
        "tecton",
        "terra",
        "thanos",
        "triton",
        "turing",
        "vault",
        "vega",
        "viola",
        "will",
        "max",
        "may",
        "mark",
        "june",
        "april",
        "august",
        "art",
        "bill",
        "rich",
        "grant",
        "data",
    ]
)
_URL = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w@.-])(?:[\w-]{1,63}\.){0,4}(?:github|gitlab|linkedin|bitbucket|twitter|x|medium|kaggle|huggingface|stackoverflow|scholar\.google|orcid|researchgate|facebook|instagram|xing)\.(?:com|co|org|io|net)(?:/\S*)?"
    r"|(?<![\w@.-])[\w-]{1,63}\.github\.io\S*",
    re.I,
)
_HANDLE = re.compile(r"(?<![\w.])@[A-Za-z][\w-]{2,38}\b")
_PERSONAL = re.compile(
    r"\b(?:date of birth|d\.?o\.?b\.?|place of birth|nationality|citizenship|marital status|gender|sex|religion|age|children|visa status|"
    r"geburtsdatum|geburtsort|staatsangehörigkeit|familienstand|fecha de nacimiento|nacionalidad|estado civil|date de naissance|nationalité|situation familiale|data de nascimento|nacionalidade|estado civil)\s*[:：]\s*[^\n;|]{1,60}"
    r"|\b(?:born|geboren|nacid[oa]|née?) (?:on|in|am|el|en|le|à)\b[^\n;|,]{1,40}"
    r"|\b\d{2}[- ]?(?:years?[- ]old|jahre alt|años de edad)\b|\b(?:he|she|they|ze|xe|sie)/(?:him|her|them|hir|zir|xem)(?:/\w+)?\b",
    re.I,
)
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Herr|Frau|Monsieur|Madame|Señora?)\b\.?(?= [A-Z])")
_STREET = re.compile(
    r"\b\d{1,5}[a-z]?,? (?:[A-Z][\w.'-]+ ){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Court|Ct|Place|Square|Terrace)\b\.?(?:,[^|\n;]{0,50})?"
    r"|\b[A-ZÄÖÜ][\wäöüß.-]+(?:straße|strasse|str\.|weg|platz|allee|gasse) ?\d{1,4}\w?\b"
    r"|\b(?:Calle|Avenida|Av\.|Rua|Rue|Via|ul\.|Avenue|Boulevard|Plaza) (?:[\w'’.-]+ ?){1,5},? ?\d{1,4}\w?\b|\b\d{1,4},? (?:bis |ter )?(?:rue|avenue|boulevard|place) (?:[\w'’-]+ ?){1,5}",
)
_SCHOOL_WORD = (
    r"(?:University|Universities|Institute of Technology|Institutes?|Colleges?|Schools?|Academy|Academies|Polytechnic|Universität|Hochschule|Fachhochschule|Technische|Université|École|Ecole|Universidad|Universidade|"
    r"Universitat|Università|Politecnico|Politécnica|Politechnika|Uniwersytet|Instituto|Institut|Lycée|Gymnasium|Akademie|Akademia|Faculty|Escuela|Faculdade|IIT|NIT|BITS)"
)
_SCHOOL = re.compile(
    rf"(?:\b[A-ZÀ-Ý][\w.&'’-]*\s+(?:of\s+)?){{0,4}}\b{_SCHOOL_WORD}\b(?:\s+(?:of|de|der|des|für|for|at|do|da|di|du|la|in|and|y|e|w|we|im)\b)*(?:\s+[A-ZÀ-Ý][\w.'’-]*){{0,4}}(?:\s+(?:of|de|do|da|di|du)\s+[A-ZÀ-Ý][\w-]*)?"
    r"|\b(?:MIT|ETH(?: Z[üu]rich)?|EPFL|KIT|TUM|RWTH(?: Aachen)?|LMU|TU [A-Z][\w-]+|FH [A-Z][\w-]+|UCLA|UCL|USC|CMU|KAIST|NUS|NTU|HKUST|USP|UNAM|UPM|UPC|UPV|AGH|ENS|INRIA|Caltech|Stanford|Harvard|Oxford|Cambridge|Princeton|Yale|Berkeley|Tsinghua)\b"
    r"|[\u4e00-\u9fff]{2,10}(?:大学|学院|大學)",
)
_SCHOOL_LOWER = re.compile(r"institutes?$|school$", re.I)
_DEGREE_OR_FIELD = re.compile(
    r"\b(?:b\.?\s?sc|m\.?\s?sc|b\.?\s?eng|m\.?\s?eng|b\.?\s?tech|m\.?\s?tech|bachelor\w*|master\w*|ph\.?\s?d|doctor\w*|diplom\w*|degree|magister|licen\w+|grado|máster|mestrado|bacharelado|ingenier\w+|ingénieur|"
    r"computer|science|machine|learning|artificial|intelligence|statistics|mathemati\w+|physics|informati\w+|engineering|data|economics|robotics|thesis|dissertation|coursework|courses|modules|gpa|minor|major|"
    r"specializ\w+|specialis\w+|studies|estadística|matemáticas|informática|physik|mathematik|statistik|linguistics|biology|chemistry|certificate|bootcamp|ausbildung|fachinformatiker\w*)\b|硕士|本科|学士|博士|修士|专业|学部",
    re.I,
)
_ABOUT_STUDIES = re.compile(
    r"\b(?:thesis|dissertation|coursework|courses?|modules|project|tesis|mémoire|abschlussarbeit|masterarbeit|bachelorarbeit|trabajo de fin|arbeit über)\b|论文|課程",
    re.I,
)
_LINKING = re.compile(r"in|of|and|with|the|der|des|in|und|de|en|y|e|et|-|–|&|/", re.I)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]")
_THIRD_PERSON = re.compile(r"\b(?:she|he|hers?|his|him|herself|himself)\b", re.I)
_SHORT_HEADER_WORDS = 12


class KnownValues(Value):
    """Strings that identify this person, folded, longest first."""

    strings: tuple[tuple[str, str], ...]
    """(value, placeholder)."""

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """Where one of the values stands in ``text``, in any case, accents and spacing."""
        if not self.strings:
            return []
        choices = "|".join(f"(?:{_spelling(value)})" for value, _ in self.strings)
        marks = {_squeeze(fold(value)): mark for value, mark in self.strings}
        folded, places = _folded(text)
        return [
            (places[m.start()], places[m.end() - 1] + 1, marks.get(_squeeze(m.group()), "[NAME]"))
            for m in re.finditer(rf"(?<![^\W_])(?:{choices})(?![^\W_])", folded)
        ]


def known_values(contact: Contact, extra: Iterable[str] = ()) -> KnownValues:
    """Everything known to be this person's: name and its parts, mail, phones, links, handles.

    Args:
        contact: from the resume.
        extra: account names and the account's public name, mail and address.
    """
    found: dict[str, str] = {}

    def add(value: str, placeholder: str) -> None:
        if len(value.strip()) >= 3:
            found.setdefault(value.strip(), placeholder)

    for value in [*contact.links, *extra]:
        _add_link(value, add)
    for mail in contact.emails:
        add(mail, "[EMAIL]")
        add(mail.split("@")[0], "[NAME]")
        for part in re.split(r"[._+%-]|\d+", mail.split("@")[0]):
            if len(part) >= 4 and not is_common_word(part):
                _add_part(part, add)
    for phone in contact.phones:
        add(phone, "[PHONE]")
    if contact.name:
        _add_name(contact.name, add)
    ordered = sorted(found.items(), key=lambda item: (-len(item[0]), item[0]))
    return KnownValues(strings=tuple(ordered))


_Add = Callable[[str, str], None]


def _add_name(name: str, add: _Add) -> None:
    add(name, "[NAME]")
    parts = [part for part in re.split(r"[\s,]+", name) if part]
    if len(parts) > 1:
        add(" ".join(reversed(parts)), "[NAME]")
        add(f"{parts[-1]}, {' '.join(parts[:-1])}", "[NAME]")
        add("".join(parts), "[NAME]")
        add(f"{parts[0][0]}. {parts[-1]}", "[NAME]")
        add(f"{parts[-1]}, {parts[0][0]}.", "[NAME]")
        add(f"{parts[-1]} {parts[0][0]}", "[NAME]")
        add(f"{' '.join(parts[1:])} {parts[0][0]}", "[NAME]")
        add(f"{parts[0][0]} {' '.join(parts[1:])}", "[NAME]")
    for part in parts:
        _add_part(part, add)


def _add_part(part: str, add: _Add) -> None:
    if fold(part).strip(".") not in _TECHNICAL_NAMES and len(part) >= 3:
        add(part, "[NAME]")


def _add_link(value: str, add: _Add) -> None:
    if "/" in value or "." in value or ":" in value:
        add(value, "[LINK]")
        host, path = host_and_path(value)
        if host.endswith(("github.com", "gitlab.com", "linkedin.com")):
            for part in path.strip("/").split("/"):
                if part not in {"in", "pub", "company"} and fold(part) not in _TECHNICAL_NAMES:
                    add(part, "[NAME]")
                    break
        elif host.endswith(".github.io"):
            add(host.removesuffix(".github.io"), "[NAME]")
        elif value.startswith("mailto:"):
            add(value.removeprefix("mailto:").split("?")[0], "[EMAIL]")
        elif value.startswith("tel:"):
            add(value.removeprefix("tel:"), "[PHONE]")
    else:
        add(value, "[NAME]")


def redact_resume(document: Document, parts: Outline, known: KnownValues) -> tuple[ShownText, ...]:
    """The passages a reader may see, redacted.

    Raises:
        InternalError: a known value would still be shown.
    """
    schools = _schools(document, parts)
    shown = [
        redact_text(
            document.text[p.start : p.end],
            known,
            offset=p.start,
            number=number,
            section=p.section,
            schools=schools,
            heading=_heading(parts, p, known, schools),
        )
        # Numbered as shown: how many lines a name and an address took must not be seen.
        for number, p in enumerate((p for p in parts.passages if _may_show(document, p)), start=1)
    ]
    _fail_closed([t for text in shown for t in (text.text, text.heading)], known)
    return tuple(shown)


def _may_show(document: Document, passage: Passage) -> bool:
    if passage.quarantined or passage.section in WITHHELD:
        return False
    if passage.is_header and passage.section not in {Section.EDUCATION, Section.PUBLICATIONS}:
        return False  # a title line shows nothing done; it is the heading of its passages
    if passage.section is Section.HEADER:
        text = document.text[passage.start : passage.end]
        return (
            len(text.split()) > _SHORT_HEADER_WORDS
            and not EMAIL.search(text)
            and not phones_in(text)
        )
    return True


def _heading(parts: Outline, passage: Passage, known: KnownValues, schools: frozenset[str]) -> str:
    entry = parts.entry_of(passage)
    if entry is None or passage.is_header:
        return ""
    title = entry.title
    while found := find_period(title):
        start, end = found[1]
        title = (
            f"{title[:start]}{title[end:]}"  # code counts the years; a reader could guess an age
        )
    shown = redact_text(title, known, section=passage.section, schools=schools).text
    return _EMPTY.sub("", _YEAR.sub("", shown)).strip(" ,;|–—-·")


def redact_text(
    text: str,
    known: KnownValues,
    *,
    offset: int = 0,
    number: int = 0,
    section: Section = Section.PROJECTS,
    schools: frozenset[str] = frozenset(),
    heading: str = "",
    context: Context | None = None,
) -> ShownText:
    """Redact one text; ``offset`` is where it starts in its source."""
    cuts = known.spans(text)
    cuts += [(m.start(), m.end(), "[LINK]") for m in _URL.finditer(text)]
    cuts += [(m.start(), m.end(), "[EMAIL]") for m in EMAIL.finditer(text)]
    cuts += [(m.start(), m.end(), "[NAME]") for m in _HANDLE.finditer(text)]
    cuts += [(m.start(), m.end(), "[PERSONAL]") for m in _PERSONAL.finditer(text)]
    cuts += [(m.start(), m.end(), "[PERSONAL]") for m in _TITLE.finditer(text)]
    cuts += [(m.start(), m.end(), "[THEY]") for m in _THIRD_PERSON.finditer(text)]
    cuts += [(m.start(), m.end(), "[ADDRESS]") for m in _STREET.finditer(text)]
    cuts += [
        (m.start(), m.end(), "[SCHOOL]")
        for m in _SCHOOL.finditer(text)
        if not _SCHOOL_LOWER.fullmatch(m.group())
    ]
    for phone in phones_in(text):
        start = text.find(phone)
        cuts.append((start, start + len(phone), "[PHONE]"))
    cuts += [
        (m.start(), m.end(), "[SCHOOL]")
        for school in schools
        for m in re.finditer(re.escape(school), text, re.I)
    ]
    if section in {Section.EDUCATION, Section.CERTIFICATIONS, Section.COURSES}:
        cuts += [(m.start(), m.end(), "[YEAR]") for m in _YEAR.finditer(text)]
    if section is Section.EDUCATION and len(text.split()) <= 25:
        cuts += _foreign_words(text)
    shown, pieces = _cut(text, cuts, offset)
    return ShownText(
        number=number,
        section=section.value,
        context=context or CONTEXT_OF[section],
        heading=heading,
        text=shown,
        pieces=pieces,
    )


def _foreign_words(text: str) -> list[tuple[int, int, str]]:
    """Words of a study's title line that are neither a degree nor a field: school, place, grade."""
    if _ABOUT_STUDIES.search(text):
        return []
    return [
        (match.start(), match.end(), "[SCHOOL]")
        for match in re.finditer(r"[^\s,|;()•·–—]+", text)
        if not _DEGREE_OR_FIELD.search(match.group()) and not _LINKING.fullmatch(match.group())
    ]


def _schools(document: Document, parts: Outline) -> frozenset[str]:
    """School names of the education section, to be cut wherever they stand."""
    found: set[str] = set()
    for passage in parts.passages:
        if passage.section is Section.EDUCATION:
            for match in _SCHOOL.finditer(document.text[passage.start : passage.end]):
                name = " ".join(match.group().split())
                if len(name) >= 3 and not _SCHOOL_LOWER.fullmatch(name):
                    found.add(name)
    return frozenset(found)


def _cut(text: str, cuts: list[tuple[int, int, str]], offset: int) -> tuple[str, tuple[Piece, ...]]:
    merged: list[tuple[int, int, str]] = []
    for start, end, mark in sorted(cuts, key=lambda c: (c[0], -c[1])):
        if merged and start < merged[-1][1]:
            last = merged[-1]
            merged[-1] = (last[0], max(last[1], end), last[2])
        elif start < end:
            merged.append((start, end, mark))
    shown: list[str] = []
    pieces: list[Piece] = []
    position, length = 0, 0

    def add(piece: str, start: int, end: int, verbatim: bool) -> None:
        nonlocal length
        if piece:
            shown.append(piece)
            pieces.append(
                Piece(
                    shown_start=length,
                    shown_end=length + len(piece),
                    source_start=offset + start,
                    source_end=offset + end,
                    verbatim=verbatim,
                )
            )
            length += len(piece)

    for start, end, mark in merged:
        add(text[position:start], position, start, True)
        add(mark, start, end, False)
        position = end
    add(text[position:], position, len(text), True)
    return "".join(shown), tuple(pieces)


def _spelling(value: str) -> str:
    """A pattern for a folded value with any spaces, hyphens, dots or underscores between its parts."""
    parts = [re.escape(part) for part in re.split(r"[\s\-_.,]+", fold(value)) if part]
    return r"[\s\-_.,]*".join(parts)


def _folded(text: str) -> tuple[str, list[int]]:
    """Text without case and accents, and for each of its characters the index it came from."""
    letters: list[str] = []
    places: list[int] = []
    for index, character in enumerate(text):
        for letter in fold(character):
            letters.append(letter)
            places.append(index)
    return "".join(letters), places


def _squeeze(value: str) -> str:
    return re.sub(r"[\s\-_.,]+", "", value)


def _fail_closed(texts: list[str], known: KnownValues) -> None:
    for text in texts:
        if known.spans(_without_marks(text)) or EMAIL.search(text):
            message = "Redaction left a known value in place, so nothing was sent to a reader."
            raise InternalError(message)


def _without_marks(text: str) -> str:
    return re.sub(r"\[[A-Z]+\]", " ", text)
