"""Why a passage counts as it does, told so that it is true of the very quote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..models.document import RESUME
from ..models.evidence import Evidence, LowerReason
from ..models.vocabulary import Agency, Context, Outcome
from ..report import CandidateReport
from .notice_lines import at_lines, is_work
from .notice_said import Said
from .notice_words import Words

_WHY = {
    LowerReason.LIST: "why_list",
    LowerReason.FIGURE: "why_figure",
    LowerReason.AXIS: "why_axis",
}
_BARE = frozenset({Context.LISTED, Context.COURSEWORK, Context.CREDENTIAL})
_CLAUSES = {
    "why_no_doing": "doing",
    "why_result_only": "doing",
    "why_unsure": "you",
}
"""Names of reasons to those of their clauses where these are not the same."""
_OUTCOMES = tuple(Outcome)
_TOLD = frozenset({Outcome.STATED, Outcome.QUANTIFIED})
_MOST_WORDS_OF_A_NAME = 4
_FEWEST_OF_A_LIST = 4
_MOST_WORDS_OF_A_MEMBER = 3.0
_BETWEEN = re.compile(r"[,;·|、，；/]")
_OPINION = re.compile(
    r"\b(?:is|are|ist|sind|est|sont|es|son|é|são|jest|są)\b (?:how|what|why|when|wie|was|wenn|comment|ce que|cómo|como|lo que|o que|jak|to)\b",
    re.I,
)
"""What something is said to be, not what was done."""
_CERTIFICATE = re.compile(r"certif|zertif|certyfik|सर्टिफ|प्रमाणप|認定|資格|认证|证书", re.I)


def is_clear(item: Evidence) -> bool:
    """Whether an item tells what was done and what came of it, or is none of the resume's."""
    is_told = item.context not in _BARE and item.agency is not Agency.EXPOSED
    is_full = is_told and not item.lower_reasons and item.outcome is not Outcome.NONE
    return is_full or item.source != RESUME


def is_list(words: str) -> bool:
    """Whether words are names side by side, and no sentence."""
    members = [one.split() for one in _BETWEEN.split(words) if one.strip()]
    many = len(members) >= _FEWEST_OF_A_LIST
    return many and sum(map(len, members)) / len(members) <= _MOST_WORDS_OF_A_MEMBER


def is_told(item: Evidence, report: CandidateReport) -> bool:
    """Whether the passage stands where the resume tells of work."""
    start = item.location.start
    return item.source == RESUME and start is not None and is_work(report, start)


def reasons(item: Evidence, report: CandidateReport, words: Words, said: Said) -> tuple[str, ...]:
    """Why an item counts less than it could; nothing where it counts in full."""
    return tuple(getattr(words, name) for name in reason_names(item, report, said))


def reason_names(item: Evidence, report: CandidateReport, said: Said) -> tuple[str, ...]:
    """The names of the reasons among the words of a notice, in their order."""
    is_bare = item.context in _BARE or item.agency is Agency.EXPOSED
    if item.source != RESUME and is_bare:
        return ("why_code",)
    found = [_WHY[reason] for reason in item.lower_reasons]
    if item.context in _BARE and not found:
        told = is_told(item, report)
        found += _why_in_work(item, said) if told else [_why_beside_work(item, said)]
    if item.agency is Agency.EXPOSED and item.context not in _BARE:
        found.append("why_exposed")
    return tuple(dict.fromkeys(found))


def because_less(names: Sequence[str], words: Words) -> str:
    """The first of some reasons as a clause."""
    name = names[0]
    return words.less_because[_CLAUSES.get(name, name.removeprefix("why_"))]


def _why_in_work(item: Evidence, said: Said) -> Iterator[str]:
    """What the program missed in words that stand in a job or a project."""
    is_learned = item.context is Context.CREDENTIAL or _CERTIFICATE.search(item.quote)
    if _is_skills(item):
        yield "why_list"
    elif is_learned and item.agency is Agency.EXPOSED:
        yield "why_studies"
    elif item.context is Context.COURSEWORK:
        yield "why_course"
    elif _is_bare(item, said):
        yield "why_list"
    elif said.is_help(item):
        yield "why_exposed"
    elif said.doing(item) is not None:
        yield "why_task" if said.tells_doing(item) else "why_unsure"
        if said.outcome_of(item.quote) is Outcome.NONE and not said.tells_change(item.quote):
            yield "why_no_result"
    elif said.has_result(item.quote) or said.tells_change(item.quote):
        yield "why_result_only"
    else:
        yield "why_no_doing"


def _why_beside_work(item: Evidence, said: Said) -> str:
    """What words are that stand in no job and no project."""
    if _is_skills(item):
        return "why_list"
    if item.context is Context.CREDENTIAL:
        return "why_studies"
    if item.context is Context.COURSEWORK:
        return "why_studies" if item.agency is Agency.EXPOSED else "why_course"
    is_named = _is_name(item) or is_list(item.quote)
    is_sentence = said.doing(item) is not None and not is_named
    return "why_outside" if is_sentence else "why_list"


def _is_skills(item: Evidence) -> bool:
    """Whether it is a list of names, and none of them a certificate's."""
    return is_list(item.quote) and not _CERTIFICATE.search(item.quote)


def _is_bare(item: Evidence, said: Said) -> bool:
    """Whether it is a list, a name or an opinion, of which nobody can say what was done."""
    if said.tells_change(item.quote):
        return False
    is_said_of = _is_name(item) or _OPINION.search(item.quote)
    return is_list(item.quote) or (said.doing(item) is None and bool(is_said_of))


def _is_name(item: Evidence) -> bool:
    return len(item.quote.split()) <= _MOST_WORDS_OF_A_NAME


def because(same: Sequence[Evidence], words: Words, said: Said) -> Iterator[str]:
    """Why a passage counts as it does: what its words say, and apart from it what the program took from elsewhere.

    Args:
        same: items of one quote.
        words: of the notice.
        said: what the quotes say on their face.
    """
    own = [item for item in same if item.source == RESUME]
    if len(own) < len(same):
        yield words.because_code
    if not own:
        return
    if all(item.context is Context.PUBLICATION for item in own):
        yield words.because_paper
        return
    yield _because_done(own, words, said)
    yield from _because_of_outcome(own, words, said)


def _because_done(own: Sequence[Evidence], words: Words, said: Said) -> str:
    face = said.doing(own[0])
    if any(item.agency is Agency.OWNED for item in own):
        return words.because_owned if face is Agency.OWNED else words.because_owned_taken
    return words.because_taken if face is None else words.because_done


def _because_of_outcome(own: Sequence[Evidence], words: Words, said: Said) -> Iterator[str]:
    best = max(own, key=lambda item: _OUTCOMES.index(item.outcome))
    face = said.outcome_of(best.quote)
    changes = said.tells_change(best.quote)
    is_told = said.has_result(best.quote)
    if best.outcome not in _TOLD:
        later = said.later_result(best)
        if changes:
            yield words.result_numbers
        elif later is not None and not is_told:
            yield words.result_later.format(line=later)
        else:
            yield words.result_unsure if is_told else words.outcomes[_scope_of(best)]
        return
    elsewhere = {
        i.result_quote: i
        for i in own
        if i.result_quote and i.result_quote != i.quote and i.outcome in _TOLD
    }
    if changes:
        yield words.outcomes[_OUTCOMES.index(Outcome.QUANTIFIED)]
    elif face is Outcome.QUANTIFIED and any(map(str.isdigit, best.quote)):
        yield words.result_size
    elif is_told:
        # A level that takes no figure into account must not make the page deny one that is there.
        yield words.outcomes[_OUTCOMES.index(Outcome.STATED)]
    elif not elsewhere:
        yield words.result_taken
    for quote, item in elsewhere.items():
        place = item.result_location and at_lines(item.result_location, quote)
        form = words.result_at if place else words.result_here
        if place and not is_near(item):
            form = words.result_elsewhere
        yield form.format(line=place, quote=words.quote.format(quote=quote))


def is_near(item: Evidence) -> bool:
    """Whether the sentence that tells the result stands where the passage does."""
    place = item.result_location
    first = item.location.line
    if place is None or place.line is None or first is None:
        return True
    return first <= place.line <= first + item.quote.count("\n")


def _scope_of(item: Evidence) -> int:
    """Which of the words for outcomes is true where none was told: only a number says how large something was."""
    is_large = item.outcome is Outcome.SCOPE and any(map(str.isdigit, item.quote))
    return _OUTCOMES.index(Outcome.SCOPE if is_large else Outcome.NONE)
