"""Sentences that talk to the reader of a resume instead of about the candidate.

Found ones are flagged and kept from every reader. This list is a tripwire, not the defence: what
escapes it is still only text, from which a verdict needs a verified quote of something done.
"""

from __future__ import annotations

import re

_PATTERNS = (
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:previous|prior|above|earlier|all|any|your|the|these)\b.{0,30}\b(?:instruction|prompt|rule|guideline|rubric|criteria|context)",
    r"\b(?:note|message|instructions?|attention|dear)\b.{0,20}\b(?:to|for)?\b.{0,10}\b(?:ai|llm|language model|assistant|model|parser|ats|screening (?:tool|system)|automated (?:reviewer|screener|system)|evaluator|grader)\b\s*[:,\-]",
    r"\b(?:you are|act as|pretend to be|as) (?:now |an? )?(?:ai|llm|language model|assistant|impartial|evaluator|grader|recruiter bot|helpful)\b",
    r"\b(?:rate|score|rank|grade|classify|mark|label|evaluate|treat|recommend)\b.{0,30}\b(?:this|the) (?:candidate|applicant|resume|cv|profile|person)\b.{0,60}\b(?:as|at|with|top|first|highest|maximum|perfect|10|100|level|band|expert|dual|hire|strong)",
    r"\b(?:assign|give|award|return|output|report|set|respond with|answer with)\b.{0,40}\b(?:maximum|highest|top|perfect|full|level 4|band 4|100|10/10|expert|track)\b.{0,30}\b(?:score|level|mark|rating|points|band|track|dimension|dual|every)",
    r"\b(?:system|developer) (?:prompt|message|override|instruction|note)\b",
    r"<\|?(?:im_start|im_end|system|assistant|endoftext|/?inst)\b|\[/?INST\]|<</?SYS>>",
    r"^\s*(?:system|assistant|user|tool|human)\s*:\s*\S",
    r"={3,}\s*(?:github data|resume|end|begin|system|evaluation|verified)\b",
    r"</?(?:resume|candidate|passage|source|document|data|untrusted)[ >_-]",
    r"\bhidden instruction|\bprompt injection|\bjailbreak",
    r"\b(?:ignoriere|missachte|vergiss)\b.{0,40}\b(?:anweisung|vorgabe|regel)",
    r"\b(?:ignora|ignore|olvida|desconsidere|oublie[rz]?|ignorez)\b.{0,40}\b(?:instruc|consigne|instruç)",
    r"忽略.{0,12}(?:指令|指示|说明|提示)|無視.{0,12}指示|以前の指示",
)
_INSTRUCTION = re.compile("|".join(f"(?:{p})" for p in _PATTERNS), re.I | re.M)


def find_instructions(text: str) -> list[tuple[int, int]]:
    """Spans of ``text`` that address its reader, in order."""
    return [match.span() for match in _INSTRUCTION.finditer(text)]
