"""What the environment says. The only module that reads it."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from urllib.parse import unquote

from pydantic import SecretStr

from .errors import ConfigurationError
from .readers.address import unquoted
from .secret_masking import apart

LONGEST_RETENTION = 36_525.0
"""A century, in days."""


def text_of(name: str) -> str | None:
    """A variable that is set to something."""
    return os.environ.get(name, "").strip() or None


def secret_of(name: str) -> SecretStr | None:
    """A variable that no log or error may show."""
    value = text_of(name)
    return SecretStr(value) if value else None


def model_address() -> str | None:
    """Whether it is one is seen where it is used: many commands need none."""
    return unquoted(text_of("OPENAI_BASE_URL") or "") or None


def passwords_of_proxies() -> list[str]:
    """Those that stand in the addresses of proxies, so that they can be masked."""
    names = [f"{kind}_PROXY" for kind in ("HTTP", "HTTPS", "ALL")]
    addresses = [
        os.environ.get(form, "").strip() for name in names for form in (name, name.lower())
    ]
    # Most people leave out the scheme.
    whole = [address if "://" in address else f"http://{address}" for address in addresses]
    logins = [apart(address)[1] for address in whole if "@" in address]
    return [unquote(login.partition(":")[2]) for login in logins if login]


def cache_folder() -> Path:
    """Where replies and snapshots are kept."""
    named = text_of("EVALUATOR_CACHE_DIR")
    if named:
        return Path(named)
    base = text_of("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "evaluator"


def price_file() -> Path | None:
    """Prices of models of the user's own."""
    named = text_of("EVALUATOR_PRICES")
    return Path(named) if named else None


def retention() -> float | None:
    """Days for which candidates are kept.

    Raises:
        ConfigurationError: it is no number of days.
    """
    text = text_of("EVALUATOR_RETENTION_DAYS")
    try:
        days = float(text) if text else None
    except ValueError:
        days = -1
    if days is not None and not 0 < days < LONGEST_RETENTION:
        message = f"EVALUATOR_RETENTION_DAYS is “{text}”, which is not a number of days."
        raise ConfigurationError(message, hint="Give a number above 0, such as 180, or unset it.")
    return days


def operator_of_runs() -> str:
    """Who evaluates, for the record of use."""
    named = text_of("EVALUATOR_OPERATOR")
    if named:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no account of that number, as in some containers
        return "unknown"


def colour_is_wanted() -> bool:
    """False where NO_COLOR is set (no-color.org) or the terminal is a dumb one."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def password_of_the_service() -> SecretStr | None:
    """What lets people from other machines in (``evaluator serve --host``)."""
    return secret_of("EVALUATOR_PASSWORD")


def key_of_records() -> SecretStr | None:
    """What the hashes of a run's records are made with; from the environment alone, since it must not lie beside them."""
    return secret_of("EVALUATOR_RECORD_KEY")


def database_address() -> SecretStr | None:
    """The PostgreSQL server in which new runs keep their rows; None is a SQLite file in each run's folder."""
    return secret_of("EVALUATOR_DATABASE")


def secret_of_webhooks() -> SecretStr | None:
    """What signs the ends of jobs that are told to other servers (``evaluator serve --webhook-to``)."""
    return secret_of("EVALUATOR_WEBHOOK_SECRET")


def quiet_ray() -> None:
    """Before Ray is imported: no report of usage to its makers, no log of its own on our standard error."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
