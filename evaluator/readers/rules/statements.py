"""What a statement shows beside its subject: agency, result, production."""

from __future__ import annotations

import re

from ...models.vocabulary import Agency, Outcome

_OWNED = re.compile(
    r"(?<!\w)(?:own(?:ed|er|s|ing)?|led|leads?|leading|headed|design(?:ed|s|ing)?|architect(?:ed|s|ing)?|buil[dt]s?|building|creat(?:ed|es|ing|or of)|found(?:ed|er)|launch(?:ed|es)|introduc(?:ed|es|ing)|"
    r"establish(?:ed|es|ing)|decid(?:ed|es)|set (?:the|a|an|our)|defin(?:ed|es)|propos(?:ed|es)|pre-?trained|responsible for|in charge of|accountable for|end[- ]to[- ]end|from scratch|from zero|from the ground up|invent(?:ed|or)|devis(?:ed|ing)|initiat(?:ed|or)|drove|driv(?:es|ing)|ship(?:ped|s)|"
    r"develop(?:ed|s)|deliver(?:ed|s)|migrat(?:ed|es)|rewrote|re-?architected|redesign(?:ed)?|rebuilt|replac(?:ed|es)|automat(?:ed|es)|wrote|set up|sets up|stood up|put in place|took over|made|cut|reduc(?:ed|es)|brought|moved|turned|"
    r"run(?:s)?|ran|operat(?:e|es|ed)|published|proved|first author|maintainer|maintain(?:s|ed)? the|standardi[sz]ed|consolidated|spun up|scal(?:ed|es)|invented|pioneered|conceiv(?:ed|ing)|"
    r"entwickelte|entwarf|konzipier\w+|leitete|verantwort\w+|baute|aufgebaut|aufbau|einführ\w+|eingeführt|entworfen|entwickelt|automatisiert\w*|"
    r"diseñ[óé]|diseñé|lider[óé]|constru[íy][óe]?\w*|desarroll[óé]|cre[óé]|implant[óé]|responsable de|encargad[oa] de|automatic[óé]|introdu\w+|migr[óé]|dirigí|dirigió|"
    r"conçu\w*|développé\w*|mis en place|piloté\w*|dirigé\w*|créé\w*|responsable d\w+|bâti\w*|automatisé\w*|conception|"
    r"projet[eo]i|projetou|desenvolv[ei]\w*|liderei|liderou|criei|criou|constru[ií]\w*|respons[áa]vel por|automatize?i\w*|zaprojektowa\w+|zbudowa\w+|stworzy\w+|kierowa\w+|odpowiada\w+ za|wdroży\w+|opracowa\w+)(?!\w)"
    r"|主导|负责|设计|搭建|构建|带领|独立(?:完成|开发)|主持|開発|設計|構築|主導|リード|担当|立ち上げ|बनाया|नेतृत्व|विकसित|डिज़ाइन",
    re.I,
)
_CONTRIBUTED = re.compile(
    r"(?<!\w)(?:implement(?:ed|s|ing)|train(?:ed|s|ing)|contribut\w+|work(?:ed|s|ing)? (?:on|with|in|as)|add(?:ed|s|ing)|improv(?:ed|es|ing)|us(?:ed|ing|es)|appl(?:ied|ies|ying)|configur\w+|deploy(?:ed|s|ing)|fine-?tun(?:ed|ing)|test(?:ed|ing)|"
    r"integrat\w+|maintain(?:ed|s|ing)|port(?:ed|ing)|evaluat(?:ed|es|ing)|analy[sz](?:ed|es|ing)|support(?:ed|s|ing)|cleaned|clean(?:ing|s)|prepared|label(?:l?ed|ling)|collect(?:ed|ing)|wrote|writ(?:es|ing)|mentor\w*|taught|teach\w*|coach\w*|"
    r"conduct\w*|perform(?:ed|s|ing)|monitor\w*|tun(?:ed|ing)|extend\w*|refactor\w*|manag(?:ed|es|ing)|optimi[sz](?:ed|es|ing)|compar(?:ed|es|ing)|measur(?:ed|es|ing)|ran|run(?:ning)?|reproduc\w+|quanti[sz]ed|prun(?:ed|ing)|distill\w+|"
    r"containeri[sz]\w+|instrument\w*|investigat\w+|debugg?\w*|handl(?:ed|es|ing)|fix(?:ed|es)|review(?:ed|s|ing)?|research(?:ed|ing)?|explor(?:ed|ing)|experiment(?:ed|ing)|prototyp(?:ed|ing)|derived|studied|benchmark(?:ed|ing)|validat(?:ed|ing)|version(?:ed|ing)|"
    r"presented|organi[sz]ed|helped (?:to )?(?:build|design|develop|define|write|migrate)|defin(?:ed|es|ing)|creat(?:e|ing)|develop(?:ing)?|build|serv(?:ed|es|ing)|processed|kept|onboard\w*|enabl\w+|work|built|trainier\w+|trainiert\w*|"
    r"implementier\w+|betreut\w*|betrieb(?:en)?|betreib\w+|umgesetzt|optimiert\w*|unterstütz\w+|mitgewirkt|gepflegt|verbesser\w+|entwicklung|durchgeführt|analysiert\w*|überwach\w+|"
    r"implement[óéa]\w*|entren[óéa]\w*|colabor\w+|particip\w+ en|mejor[óé]\w*|mantuv\w+|utiliz\w+|optimic?[óéz]\w*|despleg\w+|redu\w+|"
    r"implémenté\w*|entraîné\w*|contribué|amélioré\w*|maintenu|déployé\w*|réalisé\w*|optimisé\w*|réduit\w*|participé|développement|"
    r"implement[eo]\w*|trein[eo]\w*|colabor\w+|melhor[eo]\w*|mantive|utilizei|reduz\w+|trenowa\w+|wytrenowa\w+|utrzymywa\w+|ulepszy\w+|zaimplementowa\w+|wdraża\w+|optymalizowa\w+)(?!\w)"
    r"|实现|训练|优化|参与|使用|开发|部署|维护|改进|実装|学習|改善|運用|導入|利用|प्रशिक्षित|लागू|किया",
    re.I,
)
_EXPOSED = re.compile(
    r"(?<!\w)(?:familiar(?:ity)? with|exposure to|exposed to|assist(?:ed|ing|s)?|was (?:a )?part of|part of (?:a|the) team|helped(?! (?:to )?(?:build|design|develop|define|write|migrate))|basic(?:s)?|knowledge of|awareness of|introduct\w+ to|attended|(?<!machine )(?<!deep )(?<!active )learn(?:ed|t|ing) (?:about|how|to|the)|understanding of|worked alongside|"
    r"involved in|contact with|used to|grundkenntnisse|kenntnisse in|vertraut mit|unterstützung bei|conocimientos? (?:de|en|básicos)|familiarizad[oa]|nociones|apoyé|connaissances? (?:de|en)|notions|assisté|conhecimentos? (?:de|em|básico)|noções|znajomość|podstawy)(?!\w)"
    r"|了解|熟悉|协助|参加过|基礎知識|補助|जानकारी",
    re.I,
)
_NUMBER = r"(?<!\d)(?:\d(?:[\d.,]{0,14}\d)?(?:[ \u00a0\u202f]\d{3}){0,3})"
_QUANTIFIED = re.compile(
    rf"{_NUMBER}\s?(?:%|percent|per cent|pp\b|percentage points?|prozent|por ciento|pour cent|procent)"
    rf"|\b{_NUMBER}\s?[x×](?!\w)|\b(?:doubl|tripl|halv|quadrupl|verdoppel|halbier)\w*|\b(?:twofold|threefold|tenfold)\b|\b{_NUMBER}[- ]fold\b"
    rf"|(?:from|von|de|du|od) (?:about |around |over |~|≈|rund |unos |environ )?[$€£]?{_NUMBER}\s?\S{{0,12}}(?: \S+){{0,3}}? (?:to|auf|zu|a|à|para|do|na) (?:about |around |under |below |over |~|≈)?[$€£]?{_NUMBER}"
    rf"|\b(?:by|um|en|de) (?:about |around )?{_NUMBER} (?:points?|punkte|puntos)(?!\w)"
    rf"|[$€£¥₹]\s?{_NUMBER}|{_NUMBER}\s?(?:[kKmM]\b\s?)?(?:€|\$|£|EUR|USD|GBP|INR|euros?|dollars?|Euro|zł|PLN|万元|円)(?!\w)"
    rf"|\b(?:auc|roc[- ]?auc|f1|accuracy|precision|recall|mape|wape|rmse|mae|map|ndcg|bleu|wer|mrr|iou|perplexity|genauigkeit|dice|mcc|r2|exactitud|précision)\b[^.;]{{0,24}}?{_NUMBER}"
    rf"|\b{_NUMBER}\s?(?:ms|milliseconds?|millisekunden|qps|rps|tps|req/s|requests?|queries|anfragen|peticiones|requêtes)\b"
    rf"|(?:{_NUMBER}|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred|hundreds of|thousands of|millions of|dozens of|zwei|drei|vier|fünf|sechs|acht|zehn|zwölf|dos|tres|cuatro|cinco|seis|ocho|diez|doce|deux|trois|quatre|cinq|dix|douze)\b)[+]?\s?(?:k|m|bn|mio\.?|mrd\.?|mln|tys\.?|thousand|million|billion|millionen|millones|millions|milhões|tausend|mil)?(?: (?:de|d['’]))? ?(?:[\w-]+ ){{0,2}}?"
    r"(?:users|customers|clients|gpus|nodes|predictions|transactions|events|images|documents|records|rows|services|microservices|engineers|scientists|data scientists|stores|shops|robots|devices|machines|vehicles|turbines|sensors|cameras|patients|hospitals|warehouses|countries|markets|models|clusters|servers|teams|squads|sites|plants|messages|products|skus|items|stars|downloads|tokens|hours of audio|languages|pipelines|jobs|environments|accounts|regions|citations|"
    r"nutzer\w*|kunden|modelle\w*|filialen|maschinen|anlagen|server\w*|teams?|dienste|knoten|sensoren|werke|"
    r"usuarios|clientes|modelos|tiendas|servidores|equipos|nodos|servicios|utilisateurs|clients|modèles|magasins|serveurs|équipes|services|nœuds|usuários|lojas|equipes|użytkownik\w*|klient\w*|modeli|sklep\w*|serwer\w*)(?!\w)"
    rf"|{_NUMBER}\s?(?:万|億|亿|千|百)?(?:用户|个模型|台|张卡|次|条|名|人|件|倍|毫秒|ユーザー|モデル|店舗|リクエスト|拠点)"
    rf"|(?:by|to|in|within|under|below|less than|auf|um|unter|en|a|menos de|moins de|à) (?:about |around |over |~)?{_NUMBER}\s?(?:s|sec|seconds?|minutes?|min|hours?|h|days?|weeks?|gb|tb|mb|sekunden|minuten|stunden|tage[n]?|wochen|segundos|minutos|horas|días|secondes|heures|jours|godzin\w*|minut\w*|dni)(?!\w)",
    re.I,
)
_ACTIVITY_COUNT = re.compile(
    rf"{_NUMBER}\s?(?:\+\s?)?(?:tickets?|commits?|courses?|hours? of (?:training|study|coursework|video)|certificat\w+|years?|pull requests? reviewed|lectures?|meetings?|kurse|cursos|jahre|años|ans|lat)(?!\w)",
    re.I,
)
_STATED = re.compile(
    r"(?<!\w)(?:reduc\w+|improv\w+|increas\w+|decreas\w+|cut(?:ting)?|sav(?:ed|es|ing)|lower(?:ed|ing)|rais(?:ed|ing)|boost\w*|speed(?:s|ing)? up|sped up|accelerat\w+|eliminat\w+|remov\w+ the need|replac\w+|enabl\w+|allow\w+|so that|result\w* in|led to|leading to|which (?:now|made|let|lets|cut)|"
    r"now (?:runs?|serves?|used|handles?|covers?)|adopted|used by|still (?:in use|used|running|runs)|in daily use|in use (?:by|at|in|across)|won|awarded|accepted|published|best paper|outperform\w*|beat(?:ing|s)?|exceed\w*|"
    r"passed (?:the |an |its )?(?:audit|inspection|review)|approved by|without (?:downtime|incident|interruption|outage|data loss)|zero[- ]downtime|caught|prevent\w+|avoid\w+|faster|cheaper|fewer|halved|doubled|became the|the default|standard (?:for|across)|went live|in production|shipped|released|rolled out|"
    r"reduzier\w+|senkte|gesenkt|verbesser\w+|steiger\w+|erhöht\w*|beschleunig\w+|verkürz\w+|eingespart|ersetzt\w*|im einsatz|produktiv|ermöglicht\w*|"
    r"redu[cj]\w+|mejor\w+|aument\w+|ahorr\w+|logr\w+|permit\w+|en producción|usado por|réduit\w*|réduis\w+|amélior\w+|augment\w+|permis|permet\w*|en production|utilisé\w* par|gain\w*|"
    r"reduz\w+|melhor\w+|economi\w+|em produção|zmniejsz\w+|skróc\w+|popraw\w+|oszczędn\w+|zwiększ\w+)(?!\w)"
    r"|提升|降低|减少|提高|节省|缩短|削減|向上|短縮|改善|達成|कम|सुधार|बढ़",
    re.I,
)
_PRODUCTION = re.compile(
    r"(?<!\w)(?:production|prod|live|in use|customers?|clients|users?|patients|clinicians|shoppers|visitors|merchants|passengers|drivers|sellers|traffic|serv(?:es|ed|ing)|on[- ]call|rolled out|roll-?out|shipped|launched|went live|sla|slo|uptime|daily use|nightly|stores|shops|warehouses|plants|factor(?:y|ies)|hospitals?|turbines|fleet|requests?|qps|rps|revenue|"
    r"deployed (?:to|in|on|at|across)|now runs?|runs? (?:in|on|at|across|every|daily|nightly)|millions? of|incidents?|outages?|teams? (?:use|rely)|used by|adopted by|transactions|orders|claims|"
    r"produktiv\w*|produktion|im einsatz|kunden|nutzer\w*|filialen|werk(?:e|en)?|producción|clientes|usuarios|tiendas|en production|utilisateurs|magasins|produção|usuários|lojas|produkcyjn\w+|użytkownik\w*|sklep\w*)(?!\w)"
    r"|线上|上线|生产|用户|客户|本番|ユーザー|稼働|店舗|प्रोडक्शन|ग्राहक",
    re.I,
)
_NOT_PRODUCTION = re.compile(
    r"(?<!\w)(?:proofs?[- ]of[- ]concepts?|poc|prototyp\w+|never (?:went|reached|made)|not (?:in|used in|deployed)|toy|demo|kaggle|tutorial|synthetic (?:users|traffic)|offline only|pilot|hackathon|coursework|assignment|capstone|simulat\w+)(?!\w)",
    re.I,
)


def agency_of(text: str) -> Agency | None:
    """Who did it, or None when nothing is said to have been done."""
    exposed = _EXPOSED.search(text)
    if exposed and exposed.start() < 40:
        return Agency.EXPOSED
    owned, contributed = _OWNED.search(text), _CONTRIBUTED.search(text)
    if owned and (not contributed or owned.start() <= contributed.start() + 60):
        return Agency.OWNED
    return Agency.CONTRIBUTED if contributed else None


def outcome_of(text: str) -> Outcome:
    """A result in numbers, in words, or none. Counts of activity are no results."""
    without_activity = _ACTIVITY_COUNT.sub(" ", text)
    if _QUANTIFIED.search(without_activity):
        return Outcome.QUANTIFIED
    return Outcome.STATED if _STATED.search(text) else Outcome.NONE


def in_production(text: str) -> bool:
    """Whether it ran for real users or a real business."""
    return bool(_PRODUCTION.search(text)) and not _NOT_PRODUCTION.search(text)
