"""Foundations: described, never scored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..models.base import Value
from ..models.document import Document
from .outline import Outline
from .sections import Section

_LANGUAGES: dict[str, tuple[str, str] | None] = {
    # None is the name itself as a word; a form is looked for where one of the words before it stands.
    "Python": None,
    "C++": ("C", r"\bC\+\+"),
    "C#": ("C", r"\bC#"),
    "Java": ("Java", r"\bJava\b(?!\s*Script)"),
    "JavaScript": None,
    "TypeScript": None,
    "Go": (
        "Golang Go",
        r"\bGolang\b|\bGo\b(?=\s*[,;/|)\n]|\s+(?:and|services?|microservices?|code)\b)",
    ),
    "Rust": None,
    "Scala": None,
    "R": ("R", r"(?:(?<=[,;/|(:]\s)|(?<=[,;/|(:]))R(?=\s*[,;/|)\n]|\s*$)"),
    "Julia": ("Julia", r"\bJulia\b(?=\s*[,;/|)]|\s+(?:code|language))"),
    "SQL": None,
    "Bash": ("Bash shell", r"\bBash\b|\bshell script"),
    "C": ("C", r"(?:(?<=[,;/|(:]\s)|(?<=[,;/|(:]))C(?=\s*[,;/|)\n]|\s*$)"),
    "Kotlin": None,
    "Ruby": None,
    "PHP": None,
    "Swift": None,
    "MATLAB": None,
    "CUDA": None,
    "Haskell": None,
    "Perl": None,
}
_CLOUDS: dict[str, tuple[str, str]] = {
    # A form is looked for where one of the words before it stands, or a word begins or ends so.
    "AWS": (
        "AWS Amazon SageMaker EC2 EKS S3",
        r"\bAWS\b|Amazon Web Services|\bSageMaker\b|\bEC2\b|\bEKS\b|\bS3\b",
    ),
    "GCP": (
        "GCP Google Vertex GKE BigQuery",
        r"\bGCP\b|Google Cloud|\bVertex AI\b|\bGKE\b|\bBigQuery\b",
    ),
    "Azure": ("Azure AKS", r"\bAzure\b|\bAKS\b"),
    "Oracle Cloud": ("Oracle OCI", r"\bOracle Cloud\b|\bOCI\b"),
    "Alibaba Cloud": ("Alibaba Aliyun 阿里云", r"\bAlibaba Cloud\b|\bAliyun\b|阿里云"),
    "on-premise": (
        "prem bare own",
        r"\bon[- ]prem(?:ise|ises)?\b|\bbare[- ]metal\b|\bown data cent(?:er|re)",
    ),
}
_COMPILED_LANGUAGES = tuple(
    (name, told[0].split(), re.compile(told[1], re.M)) if told else (name, [name], None)
    for name, told in _LANGUAGES.items()
)
_WORD = re.compile(r"\w+")
_COMPILED_CLOUDS = tuple(
    (name, words.split(), re.compile(form)) for name, (words, form) in _CLOUDS.items()
)
_DEGREES: tuple[tuple[str, str], ...] = (
    (
        "doctorate",
        r"\bPh\.?\s?D\b\.?|\bDr\.[- ](?:Ing|rer)|\bdoctorate\b|\bdoctoral\b|\bDPhil\b|\bPromotion\b|\bDoctorado\b|\bDoctorat\b|\bDoutorado\b|博士",
    ),
    (
        "master",
        r"\bM\.?\s?Sc\b\.?|\bM\.?S\.(?=[ ,])|\bMS\b(?= in)|\bMaster\b|\bMaster'?s\b|\bM\.?Eng\b|\bM\.?Tech\b|\bMBA\b|\bMáster\b|\bMestrado\b|\bDiplom(?:-|\b)|\bmagister\b|\bDiplôme d.ingénieur\b|硕士|修士",
    ),
    (
        "bachelor",
        r"\bB\.?\s?Sc\b\.?|\bB\.?S\.(?=[ ,])|\bBS\b(?= in)|\bB\.?A\.(?=[ ,])|\bBA\b(?= in)|\bBachelor\b|\bBachelor'?s\b|\bB\.?Eng\b|\bB\.?Tech\b|\bLicence\b|\bGrado\b|\bLicenciatura\b|\bBacharelado\b|\binżynier\b|本科|学士",
    ),
    (
        "vocational",
        r"\bAusbildung\b|\bFachinformatiker\w*|\b[Aa]pprenticeship\b|\bassociate degree\b|\bBTS\b|\bDUT\b|\bHND\b|\b[Bb]ootcamp\b",
    ),
)
_FIELDS = re.compile(
    r"\b(computer science|machine learning|artificial intelligence|data science|statistics|mathematics|applied math\w*|physics|"
    r"electrical engineering|software engineering|informatik|informatics|computational linguistics|robotics|bioinformatics|"
    r"information systems|economics|econometrics|operations research|computer engineering|mechanical engineering|"
    r"informática|informatique|matemáticas|mathématiques|ciencia de datos|ciência da computação|wirtschaftsinformatik|"
    r"mathematik|statistik|physik|automation|chemistry|biology|linguistics|psychology|计算机科学|人工智能|情報工学)\b",
    re.I,
)
_KNOWN_CERTIFICATES = re.compile(
    r"\b(CKA[DS]?\b|Certified Kubernetes \w+(?: \w+)?|AWS Certified [\w –-]{4,50}|Google Cloud (?:Certified|Professional) [\w ]{4,40}|"
    r"Professional (?:Machine Learning|Cloud DevOps|Data|Cloud) (?:Engineer|Architect)|Azure [\w ]{3,30} Associate|"
    r"HashiCorp Certified[\w: ]{3,40}|Terraform Associate|TensorFlow Developer(?: Certificate)?|AZ-\d{3}|DP-\d{3}|AI-\d{3}|RHC[SE]A?|ITIL\b[\w ]{0,12}|Databricks Certified [\w ]{4,40})",
)
_SIGNS_OF_CERTIFICATES = (
    "CKA", "Certified", "Certificate", "Professional ", "Associate", "TensorFlow Developer", "AZ-", "DP-", "AI-", "RHC", "ITIL",
)  # fmt: skip
"""Without one of them no known certificate stands in a text."""


class Foundations(Value):
    """What a recruiter asks beside the axes. Years come from judged evidence, not from here."""

    languages: tuple[str, ...] = ()
    clouds: tuple[str, ...] = ()
    education: tuple[str, ...] = ()
    """Degrees with their field. Schools are left out: they must never move a verdict."""
    certifications: tuple[str, ...] = ()


def foundations(
    document: Document, parts: Outline, named: Sequence[tuple[int, int]] = ()
) -> Foundations:
    """Read the foundations of a resume.

    Args:
        document: the resume.
        parts: its outline.
        named: where the person is named: no language is known for being somebody's name.
    """
    text = _without(document.text, named)
    shown = "\n".join(
        text[p.start : p.end]
        for p in parts.passages
        if not p.quarantined and p.section is not Section.ADVERT
    )
    return Foundations(
        languages=tuple(_languages(shown)),
        clouds=tuple(
            name
            for name, words, form in _COMPILED_CLOUDS
            if any(word in shown for word in words) and form.search(shown)
        ),
        education=_education(document, parts),
        certifications=_certifications(document, parts, shown),
    )


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with spaces for what stands in ``spans``; places stay."""
    kept, position = [], 0
    for start, end in sorted(spans):
        kept += [text[position:start], " " * (end - max(start, position))]
        position = max(position, end)
    return "".join([*kept, text[position:]])


def _languages(shown: str) -> Iterator[str]:
    stand = frozenset(_WORD.findall(shown))
    for name, words, form in _COMPILED_LANGUAGES:
        if not stand.isdisjoint(words) and (form is None or form.search(shown)):
            yield name


def _education(document: Document, parts: Outline) -> tuple[str, ...]:
    found: list[str] = []
    for passage in parts.passages:
        if passage.section is not Section.EDUCATION:
            continue
        text = document.text[passage.start : passage.end]
        for degree, form in _DEGREES:
            if re.search(form, text):
                field = _FIELDS.search(text)
                found.append(f"{degree}, {field.group().lower()}" if field else degree)
                break
    return tuple(dict.fromkeys(found))


def _certifications(document: Document, parts: Outline, shown: str) -> tuple[str, ...]:
    may_name = any(sign in shown for sign in _SIGNS_OF_CERTIFICATES)
    found = [match.strip() for match in _KNOWN_CERTIFICATES.findall(shown)] if may_name else []
    for passage in parts.passages:
        if passage.section is Section.CERTIFICATIONS and not passage.quarantined:
            text = " ".join(document.text[passage.start : passage.end].split())
            if len(text) <= 100 and not any(name in text for name in found):
                found.append(text)
    return tuple(dict.fromkeys(found))
