"""What a statement shows beside its subject: agency, result, production."""

from __future__ import annotations

from functools import cache

from ...models.vocabulary import Agency, Outcome
from ...text.forms import Finder, Search
from .lexicon import Lexicon, PreparedText

_NUMBER = r"(?<![\w.])(?:\d(?:[\d.,]{0,14}\d)?(?:[ \u00a0\u202f]\d{3}){0,3})"
_SPELLED = r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred|hundreds of|thousands of|millions of|dozens of|zwei|drei|vier|fünf|sechs|acht|zehn|zwölf|dos|tres|cuatro|cinco|seis|ocho|diez|doce|deux|trois|quatre|cinq|dix|douze)\b"
_SCALE = (
    r"users|customers|clients|gpus|nodes|cards|predictions|transactions|events|images|documents|records|rows|services|microservices|engineers|scientists|data scientists|researchers|quants|stores|shops|robots|devices|machines|vehicles|turbines|sensors|cameras|patients|hospitals|warehouses|countries|markets|models|clusters|servers|teams|squads|sites|plants|messages|products|skus|items|stars|downloads|tokens|hours of audio|languages|pipelines|jobs|environments|accounts|regions|citations|loads|payments|pods|tests|deploys|lawyers|people|readers|viewers|cities|promotions|applications|tables|releases|papers|groups|signals|handlers|depots|tb|"
    r"nutzer\w*|kunden|modelle\w*|filialen|maschinen|anlagen|server\w*|teams?|dienste|knoten|sensoren|werke|bestellungen|auslieferungen|etiketten|"
    r"usuarios|clientes|modelos|tiendas|servidores|equipos|nodos|servicios|utilisateurs|clients|modèles|magasins|serveurs|équipes|services|nœuds|contrats|usuários|lojas|equipes|versões|użytkownik\w*|klient\w*|modeli|sklep\w*|serwer\w*|analityk\w*"
)
_QUANTIFIED = (
    rf"{_NUMBER}\s?(?:%|percent|per cent|pp\b|percentage points?|prozent|por ciento|por cento|pour cent|procent)"
    rf"|\b(?:detection|delay|error|errors|latency|score|median|mean|age|fps|hit rate) (?:of |is |now |at )?{_NUMBER}|{_NUMBER}\s?fps|\ba (?:tenth|fifth|quarter|third|half) of the|\b(?:to|by) an? (?:half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|twentieth|hundredth)\b|(?<!\w)(?:\d{{1,4}}|nine|eight|seven|ninety)(?: \w+)? (?:times )?(?:in|out of|of|von|de|sur|em|z) (?:every )?(?:10|100|1[,.]?000|ten|a hundred|one hundred|zehn|hundert|diez|cien|dix|cent|dez|cem)\b|(?<![\w.,])(?!(?:19|20)\d\d)\d{{1,4}}(?: \w+)? (?:times )?(?:out of|of|von|sur|de|em|z) (?!(?:19|20)\d\d)\d{{1,4}}\b(?![.,:/]\d)|(?:{_NUMBER}|{_SPELLED}|\ban?) (?:seconds?|minutes?|hours?|days?|weeks?|months?) (?:earlier|ahead|sooner|in advance|before)\b|\b(?:one|two|three|four) (?:\w+ )?in (?:{_NUMBER}|{_SPELLED}|(?:an?|two|three|five) hundred|a thousand)\b|\bof {_NUMBER} \w+(?: \w+){{0,4}} (?:it|they) \w+ {_NUMBER}|{_NUMBER}(?: [\w,]+){{0,4}}[,;] (?:it|they) (?:was|were|had been|used to be) (?:{_NUMBER}|{_SPELLED}|half)|\b(?:lost|loses|kept|keeps) (?:{_SPELLED}|one|half) (?:tenths?|thirds?|quarters?|fifths?)\b|\btwice as (?:much|many|fast|often|long|good)\b|\ba (?:sixth|seventh|eighth|ninth|tenth|twelfth|twentieth|hundredth) of\b|\b(?:found|finds|caught|catches|spotted|saved|saves|stopped) (?:about |some |over )?(?!(?:19|20)\d\d)\d[\d.,]*(?!\w|[.,]?\d)|(?<!\w)\d[\d.,]* \w+ (?:now |daily )?(?:use|rely on|pay for|go by|trust|work with|depend on) (?:it|them|this)\b|{_NUMBER}\s?[x×](?!\w)|\b(?:doubl|tripl|halv|quadrupl|verdoppel|halbier)\w*|\b(?:by|in|to) half\b|\b(?:a|one|two) (?:third|quarter|fifth|tenth)s?\b(?!-)|\b(?:eine? |fast |rund |knapp )(?:ein |eine )?(?:viertel|drittel|hälfte|fünftel|zehntel)\b|\bun (?:cinquième|quart|tiers|cuarto|tercio|quinto|dixième)\b|\b(?:la )?(?:moitié|mitad|metade)\b|\bum (?:quarto|terço|quinto)\b|\bpołow\w+|\b(?:twofold|threefold|tenfold)\b|{_NUMBER}[- ]fold\b"
    rf"|(?:{_NUMBER}|{_SPELLED}) times (?:smaller|faster|lighter|cheaper|fewer|less|more|better|as)"
    rf"|{_NUMBER}[\w%]*\s*(?:->|→|➔|=>)\s*\$?{_NUMBER}"
    rf"|(?:from|von|de|du|od|z) (?:about |around |over |~|≈|rund |unos |environ )?(?:[$€£]?{_NUMBER}|{_SPELLED}|an?|one|once|monthly|weekly|yearly|months?|weeks?|days?)\s?\S{{0,12}}(?: \S+){{0,5}}? (?:to|auf|zu|a|à|para|do|na|au) (?:about |around |under |below |over |~|≈)?(?:[$€£]?{_NUMBER}|{_SPELLED}|an?|one|none|daily|weekly|hours?|minutes?|days?)\b"
    rf"|(?:{_NUMBER}|{_SPELLED}|\ban?|\bone|\beine[nr]?|\buma?|\bune?|\bun) (?:\w+ )?(?:instead of|statt|anstatt|au lieu de?|en vez de|em vez de|zamiast)\b|\b(?:in stunden|in hours) statt\b|\b(?:instead of|statt|au lieu de|zamiast) (?:{_NUMBER}|{_SPELLED}|an?|yearly|monthly|weekly|wochen|tagen)"
    rf"|\b(?:by|um|en|de) (?:about |around )?{_NUMBER} (?:points?|punkte|puntos)(?!\w)|{_NUMBER} (?:points?|pts|punkte|puntos|pontos) (?:better|lower|higher|worth)?|worth {_NUMBER} (?:pts|points)"
    rf"|\b(?:von|de|du|des|z) (?:tagen|wochen|monaten|stunden|jours|semaines|mois|heures|días|semanas|meses|horas|dias|dni|tygodni|miesięcy|godzin) (?:auf|zu|à|a|para|do) (?:\w+ )?(?:tagen?|wochen|stunden|minuten|sekunden|jours|heures|minutes|secondes|días|horas|minutos|segundos|dias|dni|godzin|minut)\b|[$€£¥₹]\s?{_NUMBER}|{_NUMBER}\s?(?:[kKmM]\b\s?|million |thousand |mil |millones de |millions d[’'])?(?:€|\$|£|EUR|USD|GBP|INR|euros?|dollars?|Euro|zł|PLN|reais|万元|円)(?!\w)"
    rf"|{_NUMBER} ?dB\b|\b(?:auc|auroc|auprc|roc[- ]?auc|sensitivity|specificity|sharpe|psnr|ssim|sdr|eer|cer|f1|accuracy|precision|recall|mape|wape|rmse|mae|map|ndcg|bleu|wer|mrr|iou|perplexity|genauigkeit|dice|mcc|r2|exactitud|précision|p@\S+|mttd|mttr|p99|p95)\b[^.;]{{0,24}}?(?:{_NUMBER}|\.\d+)"
    rf"|{_NUMBER}\s?k?\s?(?:ms|milliseconds?|millisekunden|milisegundos|millisecondes|qps|rps|tps|req/s|requests?|queries|anfragen|peticiones|requêtes)\b"
    rf"|(?:{_NUMBER}|{_SPELLED})[+]?\s?(?:k|m|bn|mio\.?|mrd\.?|mln|tys\.?|thousand|million|billion|millionen|millones|millions|milhões|tausend|mil)?(?: (?:de|d['’]))? ?(?:[\w-]+ ){{0,2}}?(?:{_SCALE})(?!\w)"
    rf"|{_NUMBER}[+]?\s?(?:million|billion|bn|millionen|millones|millions|milhões|mln)(?!\w)"
    rf"|(?:by|to|in|within|under|below|less than|shorter than|takes?|tarda|tardan|dauert|dauern|prend|prennent|leva|trwa|auf|um|unter|en|a|menos de|moins de|à|em|w) (?:about |around |over |~)?(?:{_NUMBER}|{_SPELLED})\s?(?:s|sec|seconds?|minutes?|min|hours?|h|days?|weeks?|months|gb|tb|mb|kb|bits?|sekunden|minuten|stunden|tage[n]?|wochen|segundos|minutos|horas|días|dias|secondes|heures|jours|godzin\w*|minut\w*|dni)(?!\w)"
    rf"|\b(?:en|em|in|w) (?:una|uma|einer?|une) (?:horas?|stunden?|heures?|minut\w+|día|dia|jour|tag|godzin\w*)\b|\b(?:is enough|instead) where there (?:was|were)\b|\b(?:in|within) (?:{_SPELLED}|an?) minutes?\b|\bnow takes nobody\b|\b(?:under|within|in) (?:an?|{_SPELLED}) (?:minutes?|hours?|days?|evening)\b|\bin an hour\b|\btakes an? (?:hour|minute|evening|day)\b"
)
_SIZE = rf"(?:{_NUMBER}|{_SPELLED})[+]?\s?(?:k|m|bn|thousand|million|billion)?(?: de)? ?(?:[\w-]+ ){{0,2}}?(?:{_SCALE})(?!\w)(?! (?:per|a|each|every)\b)"
_ACTIVITY_COUNT = rf"(?:{_NUMBER}|{_SPELLED})\s?(?:\+\s?)?(?:tickets?|commits?|courses?|hours? of (?:training|study|coursework|video)|certificat\w+|years?|pull requests? reviewed|lectures?|meetings?|events|executives|conferences|kurse|cursos|jahre[n]?|años|anos|ans|lat|a/bs)(?!\w)"
_FIRST_WORDS = 40
"""Characters in which a form of being near the work tells of the whole statement."""
_AFTER = 60
"""Characters by which an owned verb may follow a contributed one and still lead the statement."""


@cache
def _activity_counts() -> Finder:
    return Finder([_ACTIVITY_COUNT], "")


@cache
def _sizes() -> Finder:
    return Finder([_SIZE], "")


@cache
def _quantified() -> Search:
    return Search([_QUANTIFIED])


def agency_of(told: PreparedText, lexicon: Lexicon) -> Agency | None:
    """Who did it, or None when nothing is said to have been done."""
    exposed = lexicon.place("exposed", told)
    if exposed is not None and exposed < _FIRST_WORDS:
        return Agency.EXPOSED
    owned, contributed = lexicon.place("owned", told), lexicon.place("contributed", told)
    if owned is not None and (contributed is None or owned <= contributed + _AFTER):
        return Agency.CONTRIBUTED if lexicon.says("shared", told) else Agency.OWNED
    return Agency.CONTRIBUTED if contributed is not None else None


def outcome_of(told: PreparedText, lexicon: Lexicon) -> Outcome:
    """A result in numbers, in words, or none. Counts of activity are no results."""
    if _is_measured(_activity_counts().without(told.text), lexicon):
        return Outcome.QUANTIFIED
    return Outcome.STATED if lexicon.says("stated", told) else Outcome.NONE


def has_effect(told: PreparedText, lexicon: Lexicon) -> bool:
    """Whether a number tells what came of it, and not only how large its subject was."""
    return _is_measured(_sizes().without(_activity_counts().without(told.text)), lexicon)


def _is_measured(text: str, lexicon: Lexicon) -> bool:
    return _quantified().finds(text) or lexicon.says("quantified", PreparedText.of(text))
