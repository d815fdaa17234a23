"""Dates as resumes write them, in any language that ``months.toml`` and ``words.toml`` know, to months."""

from .period import Fault, Month, Period, total_months
from .period_parser import date_spans, find_period, find_periods

__all__ = ["Fault", "Month", "Period", "date_spans", "find_period", "find_periods", "total_months"]
