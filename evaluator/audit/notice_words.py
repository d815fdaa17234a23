"""The fixed texts of notices, in nine languages."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from ..models.base import Value
from ..models.document import FlagKind
from ..models.vocabulary import Axis, Dimension

_TEXTS = files(__package__).joinpath("notices")
LANGUAGES = tuple(sorted(f.name.removesuffix(".toml") for f in _TEXTS.iterdir()))
"""Those whose fixed texts stand in ``notices``."""
DEFAULT = "en"


class Cause(Value):
    """Why a file could not be read, and what to send instead."""

    why: str
    do: tuple[str, ...]
    """Each one step."""


class Words(Value):
    """The fixed texts of one language."""

    title: str
    intro: str
    human: str
    sources: str
    resume: str
    lines: str
    """How the numbers of lines are counted."""
    code: str
    code_nothing: str
    code_unknown: str
    code_off: str
    code_missing: str
    code_unconfirmed: str
    code_other: str
    code_none: str
    rules: str
    model: str
    unused: str
    result: str
    overall: str
    short: str
    """How much of each kind of work there is."""
    borderline: str
    borderline_less: str
    """Where one achievement fewer gives another result."""
    borderline_more: str
    """Where one outcome told more clearly does."""
    borderline_read: str
    """Where several readings disagree."""
    borderline_who: str
    band_line: str
    found: str
    """What is quoted of an axis, by how it counts."""
    found_less: str
    """The same where nothing counts in full."""
    found_beside: str
    """What is shown with the quotes of the other axis."""
    next_steps: tuple[str, str, str, str, str]
    """By the step that was reached, what the next asks for; the first also what was too little for it."""
    months: str
    """How long the work was that counted, where a step asks for years."""
    months_unknown: str
    scale: str
    counted: str
    counted_none: str
    counted_little: str
    """Where nothing counts in full."""
    assumed: str
    """What it means where the page says that the program assumes something."""
    counts_for: str
    counts_code: str
    because_done: str
    because_taken: str
    """Where no word says what was done."""
    because_owned: str
    because_owned_taken: str
    """Where the words themselves do not say it."""
    because_code: str
    because_paper: str
    outcomes: tuple[str, str, str, str]
    """What a passage tells of the result, from nothing to a figure."""
    result_size: str
    """Where a number says how large it was."""
    result_at: str
    """Where another sentence tells the result; ``result_here`` where its line is not known."""
    result_here: str
    result_elsewhere: str
    """Where it is not sure that the other sentence belongs to it."""
    result_taken: str
    """Where no sentence tells it."""
    result_unsure: str
    result_numbers: str
    """Where a change in numbers was not taken as a result."""
    result_later: str
    less_here: str
    """Of words that count in full for another task."""
    lower: str
    lower_both: str
    """Where some of the quotes are about both axes."""
    place: str
    place_code: str
    why_list: str
    why_studies: str
    why_outside: str
    """A sentence that stands in no job and no project."""
    why_no_doing: str
    why_result_only: str
    why_task: str
    """Where words say what was done, and not of which task it is."""
    why_unsure: str
    why_no_result: str
    """Said after :attr:`why_task` and :attr:`why_unsure`."""
    why_course: str
    why_exposed: str
    why_code: str
    why_figure: str
    why_axis: str
    example: str
    missing: str
    missing_line: str
    missing_why: str
    uncounted: str
    denied: str
    """Of what the candidate says is not so."""
    drop_dates: str
    drop_dimensions: str
    drop_repeated: str
    drop_repository: str
    drop_not_named: str
    drop_unsupported: str
    drop_few_readings: str
    passed: str
    """Lines of work in which nothing was found."""
    more: str
    rejected: str
    rest: str
    """Lines of the resume that nothing is quoted from."""
    look: str
    instruction_in_code: str
    too_long: str
    at_line: str
    change: str
    change_true: str
    change_one: str
    change_two: str
    change_levels: tuple[str, str, str]
    """What is to be told for levels 2, 3 and 4."""
    change_ops: str
    change_track: str
    change_band: str
    change_none: str
    correct: str
    step_nothing: str
    step_top: str
    """Of an axis at its highest step."""
    step_lines: str
    step_lines_some: str
    """Where not all of the lines are named."""
    step_models: str
    step_code_again: str
    step_code_missing: str
    step_code_name: str
    step_code_yours: str
    step_hidden: str
    step_look: str
    step_wrong: str
    step_missing: str
    step_want: str
    step_number: str
    step_write: str
    step_nobody: str
    step_else: str
    """Whom to write to who cannot reply."""
    step_again: str
    step_new: str
    step_person: str
    no_deadline: str
    us: str
    """Whom the page means by that."""
    corrected: str
    corrected_struck: str
    corrected_added: str
    corrected_line: str
    corrected_same: str
    made: str
    unread_title: str
    unread_intro: str
    unread_nothing: str
    unread_why: str
    unread_do: str
    unread_forms: str
    unread_test: str
    unread_send: str
    unread_nobody: str
    unread_write: str
    """Where no new file is needed; ``unread_reply`` where nobody is named."""
    unread_reply: str
    unread_person: str
    unread_made: str
    quote: str
    pair: str
    """Two fields together."""
    comma: str
    """Between the members of a list."""
    semicolon: str
    """Between members that hold commas."""
    gap: str
    """Between two sentences."""
    tracks: dict[str, str]
    amounts: dict[str, str]
    """How much of an axis, in a few words."""
    less_because: dict[str, str]
    """Why something counts less, as a clause."""
    axes: dict[Axis, str]
    bands: tuple[str, str, str, str, str]
    band_nothing: str
    """Where nothing at all was found."""
    models_are_ops: str
    ends: dict[str, str]
    """Why a band goes no higher, by the name of its end in lower case."""
    maybe_ml: str
    """Where a system of the kind that is asked for may be told of."""
    levels: tuple[str, str, str, str, str]
    dimensions: dict[Dimension, str]
    examples: dict[Dimension, str]
    """A sentence of each that counts in full."""
    flags: dict[FlagKind, str]
    """What the candidate should know and do, by what was flagged."""
    unread: dict[str, Cause]
    """By what was wrong with the file."""


@cache
def words_of(language: str) -> Words:
    """The texts of a language; one that there is not is English."""
    name = language if language in LANGUAGES else DEFAULT
    text = _TEXTS.joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return Words.model_validate(tomllib.loads(text))
