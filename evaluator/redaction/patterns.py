"""Identity by its form: addresses, dates of birth, pronouns, schools and links of anybody."""

from __future__ import annotations

import re

from ..models.document import Document
from ..structure.contact import EMAIL, phones_in
from ..structure.dates import date_spans
from ..structure.outline import Outline
from ..structure.sections import Section

Cut = tuple[int, int, str]
"""Start and end in a text, and the mark that stands for it."""

URL = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w@.-])(?:[\w-]{1,63}\.){0,4}(?:github|gitlab|linkedin|bitbucket|twitter|x|medium|kaggle|huggingface|stackoverflow|scholar\.google|orcid|researchgate|facebook|instagram|xing)\.(?:com|co|org|io|net)(?:/\S*)?"
    r"|(?<![\w@.-])[\w-]{1,63}\.github\.io\S*",
    re.I,
)
HANDLE = re.compile(r"(?<![\w.])@[A-Za-z][\w-]{2,38}\b")
PERSONAL = re.compile(
    r"\b(?:date of birth|d\.?o\.?b\.?|place of birth|nationality|citizenship|marital status|gender|sex|religion|age|children|visa status|"
    r"geburtsdatum|geburtsort|staatsangehörigkeit|familienstand|fecha de nacimiento|nacionalidad|estado civil|date de naissance|nationalité|situation familiale|data de nascimento|nacionalidade|estado civil)\s*[:：]\s*[^\n;|]{1,60}"
    r"|\b(?:born|geboren|nacid[oa]|née?) (?:on|in|am|el|en|le|à)\b[^\n;|,]{1,40}"
    r"|\b\d{2}[- ]?(?:years?[- ]old|jahre alt|años de edad)\b|\b(?:he|she|they|ze|xe|sie)/(?:him|her|them|hir|zir|xem)(?:/\w+)?\b",
    re.I,
)
TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Herr|Frau|Monsieur|Madame|Señora?)\b\.?(?= [A-Z])")
STREET = re.compile(
    r"\b\d{1,5}[a-z]?,? (?:[A-Z][\w.'-]+ ){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Court|Ct|Place|Square|Terrace)\b\.?(?:,[^|\n;]{0,50})?"
    r"|\b[A-ZÄÖÜ][\wäöüß.-]+(?:straße|strasse|str\.|weg|platz|allee|gasse) ?\d{1,4}\w?\b"
    r"|\b(?:Calle|Avenida|Av\.|Rua|Rue|Via|ul\.|Avenue|Boulevard|Plaza) (?:[\w'’.-]+ ?){1,5},? ?\d{1,4}\w?\b|\b\d{1,4},? (?:bis |ter )?(?:rue|avenue|boulevard|place) (?:[\w'’-]+ ?){1,5}",
)
SCHOOL_WORD = (
    r"(?:University|Universities|Institute of Technology|Institutes?|Colleges?|Schools?|Academy|Academies|Polytechnic|Universität|Hochschule|Fachhochschule|Technische|Université|École|Ecole|Universidad|Universidade|"
    r"Universitat|Università|Politecnico|Politécnica|Politechnika|Uniwersytet|Instituto|Institut|Lycée|Gymnasium|Akademie|Akademia|Faculty|Escuela|Faculdade|IIT|NIT|BITS)"
)
SCHOOL = re.compile(
    rf"(?:\b[A-ZÀ-Ý][\w.&'’-]*\s+(?:of\s+)?){{0,4}}\b{SCHOOL_WORD}\b(?:\s+(?:of|de|der|des|für|for|at|do|da|di|du|la|in|and|y|e|w|we|im)\b)*(?:\s+[A-ZÀ-Ý][\w.'’-]*){{0,4}}(?:\s+(?:of|de|do|da|di|du)\s+[A-ZÀ-Ý][\w-]*)?"
    r"|\b(?:MIT|ETH(?: Z[üu]rich)?|EPFL|KIT|TUM|RWTH(?: Aachen)?|LMU|TU [A-Z][\w-]+|FH [A-Z][\w-]+|UCLA|UCL|USC|CMU|KAIST|NUS|NTU|HKUST|USP|UNAM|UPM|UPC|UPV|AGH|ENS|INRIA|Caltech|Stanford|Harvard|Oxford|Cambridge|Princeton|Yale|Berkeley|Tsinghua)\b"
    r"|[\u4e00-\u9fff]{2,10}(?:大学|学院|大學)",
)
SCHOOL_LOWER = re.compile(r"institutes?$|school$", re.I)
DEGREE_OR_FIELD = re.compile(
    r"\b(?:b\.?\s?sc|m\.?\s?sc|b\.?\s?eng|m\.?\s?eng|b\.?\s?tech|m\.?\s?tech|bachelor\w*|master\w*|ph\.?\s?d|doctor\w*|diplom\w*|degree|magister|licen\w+|grado|máster|mestrado|bacharelado|ingenier\w+|ingénieur|"
    r"comput\w+|sciences?|machine|learning|artificial|intelligence|statisti\w+|mathemati\w+|physi\w+|informati\w+|engineering|data|econom\w+|econometric\w*|finance|actuarial|business|administration|management|nursing|law|history|philosophy|psychology|design|arts?|music|education|agri\w+|civil|mechanical|electrical|electronic\w*|chemical|industrial|systems?|software|network\w*|telecom\w*|communications?|information|security|operations|research|neuroscience|bioinformatics|genetics|medicine|geography|marketing|accounting|logistics|robotics|thesis|dissertation|coursework|courses|modules|gpa|minor|major|"
    r"specializ\w+|specialis\w+|studies|estadística|matemáticas|informática|physik|mathematik|statistik|linguistics|biology|chemistry|certificate|bootcamp|ausbildung|fachinformatiker\w*)\b|硕士|本科|学士|博士|修士|专业|学部",
    re.I,
)
ABOUT_STUDIES = re.compile(
    r"\b(?:thesis|dissertation|coursework|courses?|modules|project|tesis|mémoire|abschlussarbeit|masterarbeit|bachelorarbeit|trabajo de fin|arbeit über)\b|论文|課程",
    re.I,
)
DEGREE = re.compile(
    r"\b(?:b\.?\s?sc|m\.?\s?sc|b\.?\s?eng|m\.?\s?eng|b\.?\s?tech|m\.?\s?tech|b\.?a|m\.?a|m\.?s|b\.?s|bachelor\w*|master\w*|ph\.?\s?d|doctor\w*|diplom\w*|degree|magister|licen\w+|grado|máster|mestrado|bacharelado|"
    r"ingénieur|abitur|bac|baccalauréat|gcse|a-levels?|hnd|mphys|mphil|mba)\b|硕士|本科|学士|博士|修士",
    re.I,
)
LINKING = re.compile(r"in|of|and|with|the|der|des|in|und|de|en|y|e|et|-|–|&|/", re.I)
LEADS_TO_SCHOOL = re.compile(r"at|from|an|der|bei|à|@", re.I)
GRADE = re.compile(r"\d")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
THIRD_PERSON = re.compile(r"\b(?:she|he|hers?|his|him|herself|himself)\b", re.I)

_TITLE_WORDS = 18
_NAMES = 6
_MARKS = (
    ("[LINK]", URL), ("[EMAIL]", EMAIL), ("[NAME]", HANDLE), ("[PERSONAL]", PERSONAL), ("[PERSONAL]", TITLE),
    ("[THEY]", THIRD_PERSON), ("[ADDRESS]", STREET),
)  # fmt: skip


def patterns_in(text: str, section: Section, schools: frozenset[str]) -> list[Cut]:
    """Everything in ``text`` that would tell who, where from or how old.

    Args:
        text: of one passage or title.
        section: years and foreign words are identity in studies only.
        schools: names found elsewhere in the document.
    """
    cuts = [(m.start(), m.end(), mark) for mark, form in _MARKS for m in form.finditer(text)]
    cuts += [
        (m.start(), m.end(), "[SCHOOL]")
        for m in SCHOOL.finditer(text)
        if not SCHOOL_LOWER.fullmatch(m.group())
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
        cuts += [(m.start(), m.end(), "[YEAR]") for m in YEAR.finditer(text)]
        cuts += [(start, end, "[YEAR]") for start, end in date_spans(text, bare=True)]
    if section is Section.EDUCATION and _is_title_of_studies(text):
        cuts += _foreign_words(text)
    return cuts


def _is_title_of_studies(text: str) -> bool:
    """A line that names a degree, a school or a year, or little but proper names; not a sentence."""
    words = re.findall(r"[^\W\d_]{3,}", text)
    if len(text.split()) > _TITLE_WORDS or not words:
        return False
    if DEGREE.search(text) or SCHOOL.search(text) or (YEAR.search(text) and len(words) <= _NAMES):
        return True
    return len(words) <= _NAMES and all(word[0].isupper() for word in words)


def _foreign_words(text: str) -> list[Cut]:
    """Words of a study's title line that name a school, a place or a grade; degree and subject stay."""
    if ABOUT_STUDIES.search(text):
        return []
    cuts: list[Cut] = []
    for segment in re.finditer(r"[^,|;()•·–—\t\"“”„]+", text):
        is_quoted = (
            text[segment.start() - 1 : segment.start()] in {'"', "“", "„"} and segment.start()
        )
        if not is_quoted:
            cuts += _foreign_in(segment.group(), segment.start())
    return cuts


def _foreign_in(segment: str, offset: int) -> list[Cut]:
    """The same for one segment between commas: what follows *in* or *of* a degree is its subject."""
    has_degree = DEGREE.search(segment) is not None
    cuts: list[Cut] = []
    is_subject = False
    for match in re.finditer(r"\S+", segment):
        word = match.group()
        if DEGREE_OR_FIELD.search(word):
            is_subject = is_subject or not has_degree
        elif LEADS_TO_SCHOOL.fullmatch(word):
            is_subject = False
        elif LINKING.fullmatch(word):
            is_subject = is_subject or has_degree
        elif not is_subject and (GRADE.search(word) or not word[0].islower()):
            cuts.append((offset + match.start(), offset + match.end(), "[SCHOOL]"))
    return cuts


def schools_of(document: Document, parts: Outline) -> frozenset[str]:
    """School names of the education section, to be cut wherever they stand."""
    found: set[str] = set()
    for passage in parts.passages:
        if passage.section is Section.EDUCATION:
            for match in SCHOOL.finditer(document.text[passage.start : passage.end]):
                name = " ".join(match.group().split())
                if len(name) >= 3 and not SCHOOL_LOWER.fullmatch(name):
                    found.add(name)
    return frozenset(found)
