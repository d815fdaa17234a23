"""Requests and results as files of the Batch API: half the price for those who can wait a day.

A line's ``custom_id`` is the key of its reply, so that imported results are simply kept replies.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ..access import make_folder, write_own
from ..errors import DocumentError, StorageError, UsageError
from ..models.base import Value
from ..models.reading import Usage
from ..pipeline.session import Session
from ..readers.replies import Reply, ReplyStore
from ..readers.wire import InvalidReply, parse_reply
from .sources import BatchSource

MOST_LINES = 50_000
MOST_BYTES = 200_000_000
"""Limits of one file of the Batch API."""


class Exported(Value):
    """What became of an export."""

    files: tuple[Path, ...]
    requests: int
    unreadable: tuple[tuple[str, str], ...]


class Imported(Value):
    """What became of an import."""

    kept: int
    invalid: int
    """Replies without a valid list of items; they will be asked for again."""
    failed: int
    """Lines that the provider marks as failed."""


async def export_requests(
    sources: Sequence[BatchSource], session: Session, output: Path
) -> Exported:
    """Write the requests that reading these resumes would send, as many files as the limits ask for.

    Raises:
        StorageError: a file cannot be written.
    """
    unreadable: list[tuple[str, str]] = []
    files: list[Path] = []
    lines: list[str] = []
    size = count = 0

    def write() -> None:
        nonlocal size
        path = output if not files else output.with_stem(f"{output.stem}-{len(files) + 1}")
        try:
            make_folder(path.parent)
            write_own(path, "".join(lines).encode("utf-8"))
        except OSError as error:
            message = f"{path} cannot be written ({error.strerror})."
            raise StorageError(message, hint="Choose another path with -o.") from error
        files.append(path)
        lines.clear()
        size = 0

    async for line in _lines(sources, session, unreadable):
        length = len(line.encode("utf-8"))
        if lines and (len(lines) == MOST_LINES or size + length > MOST_BYTES):
            write()
        lines.append(line)
        size += length
        count += 1
    if lines:
        write()
    return Exported(files=tuple(files), requests=count, unreadable=tuple(unreadable))


async def _lines(
    sources: Sequence[BatchSource], session: Session, unreadable: list[tuple[str, str]]
) -> AsyncIterator[str]:
    asked: set[str] = set()
    for source in sources:
        try:
            questions = await session.questions(source.load(), github=source.github)
        except DocumentError as error:
            unreadable.append((source.name, str(error)))
            continue
        for key, body in questions:
            if key not in asked:
                asked.add(key)
                request = {
                    "custom_id": key,
                    "method": "POST",
                    "url": "/v1/chat/completions",
                    "body": body,
                }
                yield json.dumps(request, ensure_ascii=False) + "\n"


def import_results(paths: Sequence[Path], store: ReplyStore) -> Imported:
    """Keep the replies of result files; error files may be given too.

    Raises:
        UsageError: a file cannot be read or is not of this form.
    """
    kept = invalid = failed = 0
    for path in paths:
        replies: list[tuple[str, Reply]] = []
        for key, reply in _results(path):
            if reply is None:
                failed += 1
                continue
            try:
                parse_reply(reply.content, truncated=reply.truncated)
            except InvalidReply:
                invalid += 1
            else:
                replies.append((key, reply))
        store.keep(replies)
        kept += len(replies)
    return Imported(kept=kept, invalid=invalid, failed=failed)


class _Said(BaseModel):
    """What others write; fields that nobody reads are left out."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _Details(_Said):
    cached_tokens: int | None = None


class _Used(_Said):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    prompt_tokens_details: _Details | None = None


class _Message(_Said):
    content: str | None = None
    refusal: str | None = None


class _Choice(_Said):
    finish_reason: str | None = None
    message: _Message


class _Completion(_Said):
    choices: tuple[_Choice, ...] = ()
    usage: _Used = _Used()


class _Response(_Said):
    status_code: int
    body: _Completion = _Completion()


class _Result(_Said):
    custom_id: str
    response: _Response | None = None
    error: dict[str, object] | None = None


def _results(path: Path) -> Iterator[tuple[str, Reply | None]]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _result(line, path, number)
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read ({type(error).__name__})."
        raise UsageError(message, hint="Check the path.") from error


def _result(line: str, path: Path, number: int) -> tuple[str, Reply | None]:
    try:
        result = _Result.model_validate_json(line)
    except ValidationError as error:
        message = f"Line {number} of {path} is no result of a batch."
        raise UsageError(message, hint="Give the output file of the batch, unchanged.") from error
    response = result.response
    if response is None or response.status_code != 200 or not response.body.choices:
        return result.custom_id, None
    choice, used = response.body.choices[0], response.body.usage
    if choice.message.refusal or not choice.message.content:
        return result.custom_id, None
    return result.custom_id, Reply(
        content=choice.message.content,
        truncated=choice.finish_reason == "length",
        tier="batch",
        usage=Usage(
            calls=1,
            input_tokens=used.prompt_tokens,
            cached_tokens=used.prompt_tokens_details.cached_tokens
            if used.prompt_tokens_details
            else None,
            output_tokens=used.completion_tokens,
        ),
    )
