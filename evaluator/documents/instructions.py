"""Sentences that talk to the reader of a resume instead of about the candidate.

Found ones are flagged and kept from every reader. This list is a tripwire, not the defence: what
escapes it is still only text, from which a verdict needs a verified quote of something done.
"""

from __future__ import annotations

import re

_PATTERNS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        (
            "ignore",
            "disregard",
            "forget",
            "override",
        ),
        r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:previous|prior|above|earlier|all|any|your|the|these)\b.{0,30}\b(?:instruction|prompt|rule|guideline|rubric|criteria|context)",
    ),
    (
        (
            "note",
            "message",
            "instruction",
            "attention",
            "dear",
        ),
        r"\b(?:note|message|instructions?|attention|dear)\b.{0,20}\b(?:to|for)?\b.{0,10}\b(?:ai|llm|language model|assistant|model|parser|ats|screening (?:tool|system)|automated (?:reviewer|screener|system)|evaluator|grader)\b\s*[:,\-]",
    ),
    (
        (
            " ai",
            "llm",
            "language model",
            "assistant",
            "impartial",
            "evaluator",
            "grader",
            "recruiter bot",
            "helpful",
        ),
        r"\b(?:you are|act as|pretend to be|as) (?:now |an? )?(?:ai|llm|language model|assistant|impartial|evaluator|grader|recruiter bot|helpful)\b",
    ),
    (
        (
            "this candidate",
            "this applicant",
            "this resume",
            "this cv",
            "this profile",
            "this person",
            "the candidate",
            "the applicant",
            "the resume",
            "the cv",
            "the profile",
            "the person",
        ),
        r"\b(?:rate|score|rank|grade|classify|mark|label|evaluate|treat|recommend)\b.{0,30}\b(?:this|the) (?:candidate|applicant|resume|cv|profile|person)\b.{0,60}\b(?:as|at|with|top|first|highest|maximum|perfect|10|100|level|band|expert|dual|hire|strong)",
    ),
    (
        (
            "maximum",
            "highest",
            "top",
            "perfect",
            "full",
            "level 4",
            "band 4",
            "100",
            "10/10",
            "expert",
            "track",
        ),
        r"\b(?:assign|give|award|return|output|report|set|respond with|answer with)\b.{0,40}\b(?:maximum|highest|top|perfect|full|level 4|band 4|100|10/10|expert|track)\b.{0,30}\b(?:score|level|mark|rating|points|band|track|dimension|dual|every)",
    ),
    (
        (
            "system ",
            "developer ",
        ),
        r"\b(?:system|developer) (?:prompt|message|override|instruction|note)\b",
    ),
    (
        (
            "<",
            "[inst",
            "[/inst",
        ),
        r"<\|?(?:im_start|im_end|system|assistant|endoftext|/?inst)\b|\[/?INST\]|<</?SYS>>",
    ),
    (("begin data", "end data", "]]>"), r"^\s*(?:BEGIN|END) DATA\b|\]\]>"),
    ((":",), r"^\s*(?:system|assistant|user|tool|human)\s*:\s*\S"),
    (("===",), r"={3,}\s*(?:github data|resume|end|begin|system|evaluation|verified)\b"),
    (("<",), r"</?(?:resume|candidate|passage|source|document|data|untrusted)[ >_-]"),
    (
        (
            "hidden instruction",
            "prompt injection",
            "jailbreak",
        ),
        r"\bhidden instruction|\bprompt injection|\bjailbreak",
    ),
    (
        (
            "ignoriere",
            "missachte",
            "vergiss",
        ),
        r"\b(?:ignoriere|missachte|vergiss)\b.{0,40}\b(?:anweisung|vorgabe|regel)",
    ),
    (
        (
            "ignor",
            "olvida",
            "desconsidere",
            "oublie",
        ),
        r"\b(?:ignora|ignore|olvida|desconsidere|oublie[rz]?|ignorez)\b.{0,40}\b(?:instruc|consigne|instruç)",
    ),
    (
        (
            "忽略",
            "無視",
            "以前の指示",
        ),
        r"忽略.{0,12}(?:指令|指示|说明|提示)|無視.{0,12}指示|以前の指示",
    ),
)
"""Fragments of which one stands in every match, in small letters, and the pattern."""
_INSTRUCTIONS = tuple((signs, re.compile(pattern, re.I | re.M)) for signs, pattern in _PATTERNS)


def find_instructions(text: str) -> list[tuple[int, int]]:
    """Spans of ``text`` that address its reader, in order and apart."""
    small = text.lower()
    spans = sorted(
        match.span()
        for signs, pattern in _INSTRUCTIONS
        if any(sign in small for sign in signs)
        for match in pattern.finditer(text)
    )
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart
