"""Settings, read once at the edge."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import unquote, urlsplit

from pydantic import (
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from .access import Access
from .config_file import ConfigFile, find_config, read_config, without_environment
from .environment import (
    LONGEST_RETENTION,
    cache_folder,
    model_address,
    operator_of_runs,
    passwords_of_proxies,
    price_file,
    retention,
    secret_of,
    text_of,
)
from .errors import ConfigurationError, UsageError
from .models.base import Value
from .models.vocabulary import Stage
from .plugins import READERS, installed
from .readers.address import ModelAddress, unquoted
from .readers.parameters import Effort, Tier
from .secret_masking import apart, keys_in, learn
from .structure.dates import Month

OWN_READERS = ("auto", "model", "rules")
DEFAULT_MODEL_URL = "https://api.openai.com/v1"
DEFAULT_GITHUB_URL = "https://api.github.com"


class Settings(Value):
    """How candidates are evaluated. Fields that are not given come from the environment."""

    model_config = ConfigDict(hide_input_in_errors=True)

    reader: str = Field(default="auto", min_length=1)
    """``auto``, ``model``, ``rules``, or the name of an installed reader."""
    model: str | None = Field(default_factory=lambda: text_of("EVALUATOR_MODEL"))
    base_url: str | None = Field(default_factory=model_address)
    api_key: SecretStr | None = Field(default_factory=lambda: secret_of("OPENAI_API_KEY"))
    base_url_login: SecretStr | None = None
    """User and password, ``user:password``; taken out of the address where they stand there."""
    model_seconds: float = Field(default=120.0, gt=0)
    """Longest one model call may take; the flex tier gets at least fifteen minutes."""
    model_wait: float = Field(default=300.0, ge=0)
    """Longest total wait between the tries of one call, in seconds."""
    requests_per_minute: int | None = Field(default=None, ge=1)
    tokens_per_minute: int | None = Field(default=None, ge=1)
    effort: Effort | None = None
    """Reasoning effort; sent only when set, as are the temperature and the tier."""
    temperature: float | None = Field(default=None, ge=0, le=2)
    service_tier: Tier | None = None
    budget: float | None = Field(default=None, ge=0)
    """US dollars after which no model call starts."""
    replies: Path = Field(default_factory=lambda: cache_folder() / "replies.sqlite")
    """Where the model's replies are kept."""
    refresh: bool = False
    """Ask the model again although its reply is kept, and GitHub although a snapshot is fresh."""
    samples: Annotated[int, Field(ge=1, le=25)] | Literal["auto"] = "auto"
    """Independent readings; ``auto`` is one, and more where they could change the verdict."""
    fallback: Literal["none", "rules"] = "none"
    """What becomes of a candidate that the model cannot read: a failed row, or a reading by the rules."""
    rubric: Path | None = None
    """A rubric of the user's own; None is the one that ships."""
    github: str | None = None
    """A login, ``@login``, a profile's address, ``none`` for no portfolio, or None for the account the resume names."""
    github_proof: str | None = Field(default=None, min_length=8)
    """A code that the candidate was asked to put into the account's bio; there it proves the account."""
    github_token: SecretStr | None = Field(default_factory=lambda: secret_of("GITHUB_TOKEN"))
    github_url: str = Field(
        default_factory=lambda: text_of("EVALUATOR_GITHUB_URL") or DEFAULT_GITHUB_URL
    )
    github_url_login: SecretStr | None = None
    """As that of the model's address."""
    github_wait: float = Field(default=60.0, ge=0)
    """Longest total wait for GitHub's limits, in seconds, for one candidate."""
    offline: bool = False
    snapshots: Path = Field(default_factory=lambda: cache_folder() / "portfolios")
    role: str = "dual"
    stage: Stage | None = None
    as_of: str | None = Field(
        default_factory=lambda: text_of("EVALUATOR_AS_OF"), validate_default=True
    )
    """The month that "present" means, ``YYYY-MM``; None is the month in which the evaluator is made."""
    jobs: int = Field(default_factory=lambda: max(1, os.cpu_count() or 1), ge=1, le=256)
    """Documents read in parallel, each in its own process."""
    concurrency: int = Field(default=8, ge=1, le=256)
    """Model calls at the same time."""
    document_seconds: float = Field(default=20.0, gt=0)
    """Longest that one document may be worked on in each stage of this machine: reading, structure, judging."""
    render: Literal["auto", "never"] = "auto"
    """Whether Chromium or LibreOffice draws a document whose file alone does not tell what is seen; ``auto`` is where
    the extra ``render`` and the program are there."""
    deadline: float = Field(default=1800.0, gt=0)
    """Longest that one candidate may take in any stage, in seconds: one question to the model and its tries,
    the portfolio; stages of this machine take the shorter of this and ``document_seconds``."""
    access: Access | None = None
    """Who may read what is written; None leaves it to the run folder, and to the owner alone in a new one."""
    prices: Path | None = Field(default_factory=price_file)
    retention_days: Annotated[float, Field(gt=0, lt=LONGEST_RETENTION)] | None = Field(
        default_factory=retention
    )
    """Days after which candidates should go; it is told when they are past, and nothing is deleted unasked."""
    operator: str = Field(default_factory=operator_of_runs)
    """Who lets reports be made, for the record of use; the account of the system where nobody is named."""

    @field_validator("reader")
    @classmethod
    def _is_there(cls, value: str) -> str:
        if value not in OWN_READERS and value not in installed(READERS):
            every = (*OWN_READERS, *installed(READERS))
            message = f"there is no reader “{value}”, only {', '.join(every)}"
            raise ValueError(message)
        return value

    @field_validator("as_of")
    @classmethod
    def _is_month(cls, value: str | None) -> str | None:
        if value is not None:
            Month.parse(value)
        return value

    @field_validator("base_url")
    @classmethod
    def _is_model_address(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                ModelAddress.parse(value)
            except ConfigurationError as error:
                message = str(error).rstrip(".")
                raise ValueError(message) from error
            value = unquoted(value)
        return value

    @field_validator("github_url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        try:
            parts = urlsplit(value)
            is_sound = parts.scheme in {"http", "https"} and bool(parts.hostname)
        except ValueError:
            is_sound = False
        if not is_sound:
            message = f"{apart(value)[0]!r} is no http or https address"
            raise ValueError(message)
        return value

    @model_validator(mode="after")
    def _secrets_are_known(self) -> Settings:
        for name in ("base_url", "github_url"):
            address = getattr(self, name)
            plain, login = apart(address) if address else (address, None)
            if login:
                # Frozen for everybody else; this is still the making of it.
                self.__dict__.update({name: plain, f"{name}_login": SecretStr(login)})
        self.learn_secrets()
        return self

    if not TYPE_CHECKING:  # so that type checkers know the fields

        def __init__(self, **values: object) -> None:
            try:
                super().__init__(**values)
            except ValidationError as error:
                raise UsageError(_first_of(error)) from error

    def learn_secrets(self) -> None:
        """Have every secret of these settings masked in this process, whatever is said from now on."""
        for secret in (self.api_key, self.github_token):
            learn(secret.get_secret_value() if secret else None)
        for secret in (self.base_url_login, self.github_url_login):
            if secret:
                learn(
                    secret.get_secret_value(), unquote(secret.get_secret_value().partition(":")[2])
                )
        learn(*passwords_of_proxies())
        for address in (self.base_url, self.github_url):
            learn(*keys_in(address or ""))

    @property
    def snapshot_age(self) -> timedelta:
        """Age at which a portfolio is fetched again."""
        return timedelta(0) if self.refresh else timedelta(hours=24)

    @property
    def endpoint(self) -> str | None:
        """The model's address as runs remember it: without a slash at its end, a login or a key."""
        return ModelAddress.parse(self.base_url).identity if self.base_url else None

    @property
    def stage_seconds(self) -> float:
        """That a stage of this machine may take for one candidate."""
        return min(self.document_seconds, self.deadline)

    @property
    def portfolio_seconds(self) -> float:
        """That a portfolio may take, waits included: accounts are asked about one after the other."""
        return min(240.0 + self.github_wait, self.deadline)

    @property
    def most_samples(self) -> int:
        """Readings of one candidate at most; numbers of samples that belong to one verdict lie this far apart."""
        return 5 if self.samples == "auto" else self.samples

    @property
    def reader_in_use(self) -> Literal["model", "rules"]:
        """What ``auto`` means here: the model when one is named, or a key or an address is configured.

        A reader that is installed is to everything else what a model is.
        """
        if self.reader == "auto":
            reachable = (self.api_key or self.base_url) and not self.offline
            # Who named a model gets no other reader for want of a network: kept replies, or a reason.
            return "model" if reachable or self.model else "rules"
        return "rules" if self.reader == "rules" else "model"

    @property
    def installed_reader(self) -> str | None:
        """The name of the reader where it is none of ours."""
        return None if self.reader in OWN_READERS else self.reader

    def require_model(self) -> str:
        """The model's name.

        Raises:
            ConfigurationError: the model reader has no name or no endpoint, or its address is none.
        """
        if not self.offline and not self.api_key and not self.base_url:
            message = "The model reader has no endpoint."
            raise ConfigurationError(
                message, hint="Set OPENAI_API_KEY or --base-url, or use --reader rules."
            )
        if not self.model:
            message = "No model is set."
            raise ConfigurationError(message, hint="Give --model NAME or set EVALUATOR_MODEL.")
        ModelAddress.parse(self.base_url or DEFAULT_MODEL_URL)
        return self.model


VARIABLES = {
    "model": "EVALUATOR_MODEL",
    "base_url": "OPENAI_BASE_URL",
    "github_url": "EVALUATOR_GITHUB_URL",
    "as_of": "EVALUATOR_AS_OF",
    "prices": "EVALUATOR_PRICES",
}
"""Settings that the environment may hold, each with its variable; ``EVALUATOR_CACHE_DIR`` only moves usual places."""


def config_file(named: Path | None = None) -> ConfigFile | None:
    """The file of settings: the one that is named, that of ``EVALUATOR_CONFIG``, or the nearest ``evaluator.toml``.

    Raises:
        ConfigurationError: a secret stands in it.
        UsageError: it cannot be read, or something in it is no setting.
    """
    path = named
    if path is None:
        variable = text_of("EVALUATOR_CONFIG")
        path = Path(variable) if variable else _nearest_config()
    if path is None:
        return None
    found = read_config(path, Settings.model_fields)
    try:
        Settings.model_validate(found.values)
    except UsageError as error:
        message = f"{path}: {error.message}"
        raise UsageError(message, hint=error.hint) from error.__cause__
    return found


def _nearest_config() -> Path | None:
    """The file that the working folder is under, unless it belongs to somebody else: it says where resumes are sent.

    Raises:
        UsageError: it does.
    """
    try:
        path = find_config(Path.cwd(), _home())
        owner = path.stat().st_uid if path else None
    except OSError:  # the working folder is gone
        return None
    if owner is not None and sys.platform != "win32" and owner not in {0, os.getuid()}:
        message = f"{path} belongs to another user."
        raise UsageError(message, hint="Name it with --config if its settings are to be used.")
    return path


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:
        return None


def make_settings(config: ConfigFile | None = None, /, **values: object) -> Settings:
    """Settings from options, then the environment, then a file; options that are None were not given.

    Raises:
        UsageError: a value does not fit, in one line.
    """
    given = {name: value for name, value in values.items() if value is not None}
    if config is not None:
        is_set = [name for name in VARIABLES.values() if text_of(name)]
        given = {**without_environment(config, VARIABLES, is_set), **given}
    try:
        return Settings.model_validate(given)
    except UsageError as error:
        name, _, rest = error.message.partition(":")
        message = f"--{name.replace('_', '-')}:{rest}"
        raise UsageError(message) from error.__cause__


def _first_of(error: ValidationError) -> str:
    first = error.errors()[0]
    name = first["loc"][0] if first["loc"] else "settings"
    said = first["msg"].removeprefix("Value error, ").rstrip(".")
    return f"{name}: {said}."
