"""Whose doing a clause describes: the candidate's, somebody else's, nobody's (denied) or a wish's."""

from __future__ import annotations

import re

_CLAUSE = re.compile(
    r"[;:]\s+|,\s+(?=(?:but|while|whereas|which|who|then|the|our|another|no|not|never|without|although|though|aber|während|die|der|pero|mientras|mais|tandis)\b)"
    r"|\s+(?=(?:but|while|whereas|although|though|aber|während|pero|mientras|mais|tandis que)\b)|\s+[–—]\s+|(?:，|、(?=但))|(?:\.\s+)"
)
_DENIED = re.compile(
    r"\b(?:no|little|limited|lack(?:s|ed|ing)?(?: of)?|zero|minimal|without(?: any)?|not? (?:much|any)|never had|have(?: yet)? to gain)\s+(?:[\w/-]+\s+){0,4}?(?:experience|exposure|knowledge|background|involvement|hands-on|practice)\b"
    r"|\b(?:did|do|does|has|have|had|was|were|is|am|are|could|can|would|will)(?: not|n['’]t)\b"
    r"|\b(?:never|not yet|yet to|not responsible|not involved|nothing to do with|rather than|instead of)\b"
    r"|\bno (?:model|models|machine learning|ml|kubernetes|production|deployment|cloud|ci|monitoring|mlops|on-call|pipeline|training|own)\b"
    r"|\bnot (?:in|part of|on|by|for|used|deployed|trained|production|done)\b"
    r"|\b(?:keine?n?r?|nicht|nie|ohne) (?:\w+ ){0,4}?(?:erfahrung|kenntnisse|produktiv\w*|verantwort\w+|einsatz|beteiligt)"
    r"|\b(?:sin|ninguna?|nunca|no) (?:\w+ ){0,4}?(?:experiencia|conocimiento|producción|participé|trabajé|he)\b"
    r"|\b(?:sans|aucune?|jamais|n['’]ai pas|pas d[e'’])\s?(?:\w+ ){0,4}?(?:expérience|connaissance|production|participé)?\b"
    r"|\b(?:sem|nenhuma?|nunca|não) (?:\w+ ){0,4}?(?:experiência|conhecimento|produção|trabalhei)\b"
    r"|\b(?:bez|brak|nie mam) (?:\w+ ){0,3}?doświadczeni\w+|没有.{0,10}经验|无.{0,8}经验|経験(?:は)?(?:なし|ない|ありません)|未経験|अनुभव नहीं",
    re.I,
)
_WISH = re.compile(
    r"\b(?:keen|eager|excited|hoping|hope|hopes|aim(?:s|ing)?|aspir(?:e|es|ing)|want(?:s|ing)?|wish(?:es)?|would (?:like|love)|plan(?:s|ning)?|intend(?:s|ing)?|willing|ready|motivated|aiming) (?:to|on|for)\b"
    r"|\b(?:looking (?:to|for|forward)|interested in|interest in|passionate about|passion for|curious about|goal is|aim is|objective is|seeking|currently (?:learning|studying|taking|reading)|(?<!machine )(?<!deep )(?<!transfer )(?<!reinforcement )(?<!active )(?<!representation )learning (?:about|the basics|to)|transition(?:ing)? (?:in)?to|open to|next step|would be (?:happy|glad))\b"
    r"|\b(?:möchte|interessiert an|interesse an|strebe|lerne (?:gerade|derzeit)|würde gern)\b|\b(?:me gustaría|quiero|interesad[oa] en|busco|aprendiendo|deseo)\b"
    r"|\b(?:souhaite|intéressé\w* par|désire|j['’]aimerais|en cours d['’]apprentissage)\b|\b(?:gostaria|quero|interessad[oa] em|aprendendo)\b|\b(?:chciał\w*bym|zainteresowan\w+|uczę się)\b"
    r"|希望|想要|正在学习|学习中|感兴趣|したい|目指し|勉強中|興味|चाहता|चाहती|सीख रह",
    re.I,
)
_TEAMS = r"(?:platform|infra(?:structure)?|devops|mlops|ops|operations|sre|data[- ]science|data|ml|science|engineering|research|other|separate|external|another|different|central|it|vendor|partner|sister|backend|product|analytics)"
_OTHERS = re.compile(
    rf"\b(?:by|from) (?:(?:the|an?|our|another|other|my|their|some|an external)\s+)*(?:{_TEAMS}\s+){{1,3}}(?:team|teams|group|department|engineers?|colleagues?|vendor|contractors?|consultan\w+)\b"
    rf"|\b(?:the|our|an?|another|their) (?:{_TEAMS}[\s/-]+){{1,3}}(?:team|group|department|engineers?|colleagues?|people) (?:then |later |also |already )?(?:deploy|buil|own|handl|r[ua]n|manag|maintain|train|operat|took|take|host|monitor|was|were|did|does|set|provid|put|creat|develop|design|automat|look|serve)\w*"
    r"|\b(?:hand(?:ed|ing)?|pass(?:ed|ing)?|gave|given|threw|delivered) (?:\w+ ){0,5}?(?:over|off|on|across) (?:\w+ ){0,2}?to\b"
    r"|\b(?:by|from) (?:a |my |other |another |the )?(?:colleagues?|vendors?|contractors?|consultants?|someone else|others|co-?workers?|managers?)\b"
    r"|\b(?:colleagues?|someone else|others|the vendor|a vendor|an agency|consultants|my manager) (?:\w+ ){0,2}?(?:built|did|trained|deployed|wrote|set|designed|handled|operated|ran|maintained|owned)\b"
    r"|\b(?:observ|shadow|watch|sat in on|attend)(?:ed|ing)? (?:\w+ ){0,4}?(?:team|engineers?|colleagues?|meetings?|deployment|how|talk|webinar|demo|sessions?)\b"
    r"|\b(?:übernahm|übernimmt|übernahmen|erledigte|betreute|betrieb|lief über) (?:das|die|der|ein|eine) (?:\w+[- ]?){0,3}(?:team|abteilung|dienstleister)\b"
    r"|\b(?:lo|la|los|las) (?:desplegó|implementó|hizo|mantiene|opera|gestiona) (?:el|la|otro) (?:\w+ ){0,2}?(?:equipo|área|proveedor)\b"
    r"|\b(?:vom|von der|von einem|durch das|durch die) (?:\w+[- ]?){0,3}(?:team|abteilung|dienstleister|kollegen)\b|\bpor (?:el|otro|la|outra) (?:\w+ ){0,2}?(?:equipo|área|equipe|proveedor)\b|\bpar (?:l['’]|une? |la )(?:\w+ ){0,2}?(?:équipe|prestataire)\b|由.{0,10}(?:团队|同事|部门)|他(?:の)?チーム",
    re.I,
)
_ADVERT = re.compile(
    r"\b(?:you will|you'll|you have|you are|your (?:responsibilities|tasks|profile)|we (?:are looking|offer|expect|seek)|the (?:ideal|successful) candidate|must have|nice to have|the candidate (?:will|should|must)|years of experience (?:required|preferred)|is (?:required|a plus|preferred)|job (?:description|posting|ad)|who we are|requirements? (?:include|are)|(?:sie|du) (?:haben|bringen|bringst|wirst|verfügen|hast)|se requiere|buscamos|nous recherchons|vous (?:avez|serez|êtes))\b|岗位要求|任职要求|応募資格",
    re.I,
)


def own_clauses(sentence: str) -> list[tuple[int, int]]:
    """Spans of the clauses that tell what the candidate did. Empty for wishes and adverts."""
    if _ADVERT.search(sentence):
        return []
    spans: list[tuple[int, int]] = []
    start = 0
    for boundary in [*_CLAUSE.finditer(sentence), None]:
        end = boundary.start() if boundary else len(sentence)
        clause = sentence[start:end]
        if clause.strip() and not (
            _DENIED.search(clause) or _OTHERS.search(clause) or _WISH.search(clause)
        ):
            spans.append((start, end))
        start = boundary.end() if boundary else end
    return spans


def is_wish(sentence: str) -> bool:
    """Whether the sentence as a whole is a wish or a plan."""
    return _WISH.search(sentence) is not None
