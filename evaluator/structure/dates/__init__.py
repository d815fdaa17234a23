"""Dates as resumes write them, in any language that ``months.toml`` and ``words.toml`` know, to months.

From a text to months:

``tokens``: which words and numbers? ``surroundings``: may they be dates? ``one_date_parser``: which way is a date
written? ``dates_in_digits`` and ``dates_with_words`` read it, a year alone in the former. ``one_date``: what comes of
it? ``period_parser``: from when to when? ``period``: how many months?
"""

from .period import Fault, Month, Period, total_months
from .period_parser import date_spans, find_period, find_periods

__all__ = ["Fault", "Month", "Period", "date_spans", "find_period", "find_periods", "total_months"]
