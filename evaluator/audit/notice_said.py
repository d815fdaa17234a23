"""What the words of a quote say on their face, for telling a candidate why it counts as it does; it moves no verdict."""

from __future__ import annotations

import re

from ..models.document import RESUME
from ..models.evidence import Evidence
from ..models.vocabulary import Agency, Outcome
from ..readers.rules.lexicon import Hit, Lexicon, PreparedText, Strength, lexicon_for
from ..readers.rules.scope import own_clauses
from ..readers.rules.statements import agency_of, has_effect, outcome_of
from ..report import CandidateReport

_NUMBER = r"(?<![\w.,])\d[\d.,]*(?: \d{3})*"
_ABOUT = r"(?:(?:a |an )?(?:median|mean|average) of |about |around |over |under |below |ca\. ?|rund |etwa |unter |unos |menos de |environ |moins de |cerca de |około |poniżej |~|≈|<|>|[$€£¥]){0,2}"
_UNIT = r"[^\d.;]{0,40}?"
_CHANGES = re.compile(
    rf"{_NUMBER}{_UNIT} ?(?:->|→|➔|=>) ?{_ABOUT}\d"
    rf"|\b(?:from|von|de|du|des|desde|od|z|ze) {_ABOUT}{_NUMBER}{_UNIT} (?:to|auf|zu|à|a|para|do|na) {_ABOUT}\d"
    rf"|{_NUMBER}{_UNIT} (?:auf|down to|up to) {_ABOUT}\d"
    rf"|{_NUMBER}{_UNIT} (?:instead of|statt|anstatt|au lieu de?|contre|en vez de|em vez de|zamiast) "
    rf"|\b(?:instead of|statt|anstatt|au lieu de?|en vez de|em vez de|zamiast) {_ABOUT}\d"
    rf"|{_NUMBER}[^.;]{{0,40}}?\b(?:before|previously|earlier|was|were|vorher|zuvor|davor|früher|bisher|avant|auparavant|partait|antes|anteriormente|przedtem|wcześniej|poprzednio)\b[^.;]{{0,24}}?\d"
    rf"|\b(?:fell|fall|gained|gains|won|rose|grew|dropped|improved|cut|reduced|increased|lowered|raised|shortened|halved|down|up|fewer|less|more|faster|cheaper|smaller|saved|saves|gesunken|gesenkt|gestiegen|sank\w*|stieg\w*|senk\w*|reduzier\w*|verkürz\w*|weniger|schneller|baiss\w*|rédui\w*|augment\w*|diminu\w*|moins|baj\w*|redu[jc]\w*|aument\w*|subi\w*|menos|ca[ií]\w*|reduz\w*|spad\w*|zmniejsz\w*|skróc\w*|wzros\w*|mniej)\b[^.;]{{0,60}}?\d"
    rf"|(?<![\d.,])\d[\d.,]* ?%? ?(?:better|faster|fewer|less|more|lower|higher|cheaper|smaller|weniger|mehr|schneller|günstiger|percent better|percent lower|percent higher|de moins|de plus|menos|más|mais|mniej|szybciej)\b"
    rf"|(?<![\d.,])\d[\d.,]*\s?\S{{0,8}}?(?:から|より|से)[^。।]{{0,12}}?\d|(?:从|由)[^。]{{0,12}}?\d[^。]{{0,16}}?(?:到|至|为)[^。]{{0,6}}?\d"
    rf"|(?:短縮|削減|減|増|向上|改善|下がり|上がり|降低|减少|提高|提升|缩短|下降|增长|घट|कम |बढ़)",
    re.I,
)
"""A number beside another of the same thing, or beside a word for more or less."""
_BY = re.compile(r"\b(?:by|um) \d[\d.,]* ?(?:%|percent\b|prozent\b)", re.I)
_VERSIONS = re.compile(r"(?<!\d)\d+\.\d+\s*(?:->|→|➔|=>)\s*\d+\.\d+(?![\d.]*\s?[%\w])")
"""What stands beside a version is the next one, and no change of a quantity."""
_MEASURED = re.compile(
    rf"\b(?:auc|auroc|mape|f1|accuracy|precision|recall|wape|rmse|mae|wer|bleu|iou|genauigkeit|exactitud|précision|acurácia|dokładność)\b[^.;]{{0,24}}?(?:{_NUMBER}|\.\d)|(?<![\d.,])\d[\d.,]* ?(?:mAP|AUC|F1)\b",
    re.I,
)
_NOT_BEFORE = re.compile(
    r"(?:(?:^|[^\w])(?:no|not|never|without|neither|nor|kein\w{0,2}|nicht|nie|ohne|weder|sans|pas d[e'’]|aucune?|jamais|ni|sin|nunca|ning[uú]n\w{0,2}|sem|nem|nunca|nenhum\w?|bez|brak|nie|żadn\w{1,4})(?! (?:only|nur|solo|sólo|só|seulement|tylko)\b) ?(?:(?:an?|any|yet|de|d['’]|un|une|el|la|o|a)? ?)|(?:没有|沒有|没|无|未)(?:使用|用过|用)?)$",
    re.I,
)
"""A word that denies, directly before what is named."""
_NOT_AFTER = re.compile(
    r"\s?(?:は|も|を|の)?(?:なし|使っていない|未使用|未経験)|\s?(?:नहीं|nahin?\b)"
)
_OR = re.compile(r",?\s*(?:or|and|nor|oder|und|noch|ou|et|ni|o|y|e|nem|i|lub|ani|、|或)\s*", re.I)
"""What goes on with a denial."""
_ACCELERATORS = re.compile(r"(?<![^\W\d_])(?:GPU|TPU|CUDA)s?(?![^\W\d_])")
_FIRST = 20
"""Characters at the beginning of a quote in which a word of doing has the candidate as who did it."""
_MOST_CHARACTERS = 1000
"""Of a line that is looked at for a change; a longer one is no sentence."""
_PLENTY = 0.5
"""Share of a quote that words of its task fill where it names that task."""


class Said:
    """The quotes of one report, read with the words of its language."""

    def __init__(self, report: CandidateReport, text: str | None = None) -> None:
        """``text`` is the document's, to look at the line after a quote; None knows no such line."""
        quotes = (item.quote for item in report.evidence if item.source == RESUME)
        self._lines = text.split("\n") if text is not None else []
        self._lexicon: Lexicon = lexicon_for(report.document.language, "\n".join(quotes))

    def has_result(self, text: str) -> bool:
        """Whether some words tell what came of it, and not only how large it was."""
        outcome = self.outcome_of(text)
        is_size = outcome is Outcome.QUANTIFIED and not self.has_effect(text)
        return outcome is not Outcome.NONE and not is_size

    def outcome_of(self, text: str) -> Outcome:
        """What some words say came of it."""
        return outcome_of(PreparedText.of(text), self._lexicon)

    def tells_change(self, text: str) -> bool:
        """Whether a number in some words is that of a change or of a measured quality."""
        told = _VERSIONS.sub("", text[:_MOST_CHARACTERS].replace("\n", " "))
        has_number = any(map(str.isdigit, told))
        return has_number and bool(
            _CHANGES.search(told) or _BY.search(told) or _MEASURED.search(told)
        )

    def later_result(self, item: Evidence) -> int | None:
        """The number of the next line where it tells what came of something and nobody's doing."""
        first = item.location.line
        if first is None:
            return None
        after = first + item.quote.count("\n")
        line = self._lines[after] if after < len(self._lines) else ""
        doing = agency_of(PreparedText.of(line), self._lexicon)
        return after + 1 if doing is None and self.tells_change(line) else None

    def hits(self, item: Evidence) -> list[Hit]:
        """Words of its quote that belong to its task."""
        found = self._lexicon.find(PreparedText.of(item.quote))
        return [hit for hit in found if hit.dimension is item.dimension]

    def names_task(self, item: Evidence) -> bool:
        """Whether its words name a tool or a task of its dimension; a fragment must be filled by it, an amount is none."""
        found = self.hits(item)
        if any(hit.strength is Strength.NAME for hit in found):
            return True
        if item.quote[:1].isdigit():
            return False
        said = [hit for hit in found if hit.strength is Strength.SAYS]
        filled = max((hit.end - hit.start for hit in said), default=0) / max(1, len(item.quote))
        return bool(said) and (not item.quote[:1].islower() or filled >= _PLENTY)

    def has_effect(self, text: str) -> bool:
        """Whether a number in some words tells what came of it, and not only how large it was."""
        return has_effect(PreparedText.of(text), self._lexicon)

    def doing(self, item: Evidence) -> Agency | None:
        """Who its words say did it; None where they name nobody's doing."""
        return agency_of(PreparedText.of(item.quote), self._lexicon)

    def tells_doing(self, item: Evidence) -> bool:
        """Whether its words begin with what was done, or say whose it was: then it was the candidate's."""
        told = PreparedText.of(item.quote)
        places = [self._lexicon.place(kind, told) for kind in ("owned", "contributed")]
        is_first = any(place is not None and place < _FIRST for place in places)
        return is_first or self.doing(item) is Agency.OWNED

    def is_denied(self, text: str) -> bool:
        """Whether some words, without any that are the candidate's own, say that something was not done."""
        told = PreparedText.of(text)
        return self._lexicon.says("denied", told) and not own_clauses(told, self._lexicon)

    def denies(self, item: Evidence) -> bool:
        """Whether its words say of all that they name for its task that it is not there."""
        told = PreparedText.of(item.quote)
        denied_to = -1
        hits = sorted(self.hits(item), key=lambda hit: (hit.start, -hit.end))
        for hit in hits:
            if hit.start < denied_to:
                continue
            before = told.text[: hit.start]
            goes_on = denied_to >= 0 and _OR.fullmatch(told.text[denied_to : hit.start])
            after = _NOT_AFTER.match(told.text, hit.end)
            if not (goes_on or after or _NOT_BEFORE.search(before)):
                return False
            denied_to = hit.end
        return bool(hits)

    def is_help(self, item: Evidence) -> bool:
        """Whether its words say that the candidate was there or helped."""
        return self.doing(item) is Agency.EXPOSED

    def speaks_of_models(self, item: Evidence) -> bool:
        """Whether a word of machine learning, or of the hardware on which models run, stands in it."""
        told = PreparedText.of(item.quote)
        return self._lexicon.says("ml", told) or bool(_ACCELERATORS.search(item.quote))
