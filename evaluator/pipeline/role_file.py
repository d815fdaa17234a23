"""An advert to a role file: the same documents, the same endpoint and the same kept replies as for resumes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from ..documents.sandbox import read_in_worker
from ..errors import UsageError
from ..models.document import Document
from ..pacing import WaitTracker
from ..readers.advert_wire import ADVERT, parse_advert
from ..readers.prices import load_prices
from ..readers.replies import ReplyStore
from ..roles.adverts import role_of_advert
from ..roles.asking import messages_for, role_of_answers, shown
from ..roles.model import RoleProfile
from ..rubric import load_rubric
from ..settings import Settings
from ..structure.dates import Month
from ..transport import RetryPolicy
from .connecting import model_reader, spending_of
from .inputs import Input

if TYPE_CHECKING:
    import httpx2


async def role_of(
    loaded: Input,
    settings: Settings,
    *,
    transport: httpx2.AsyncBaseTransport | None = None,
    read: Callable[[bytes, str], Awaitable[Document]] = read_in_worker,
) -> RoleProfile:
    """The role that an advert asks for, read by the model or by the embedded words.

    Args:
        loaded: the advert.
        settings: who reads, as for resumes.
        transport: for tests: answers instead of the model endpoint.
        read: reads the document; a process of its own unless there are some already.

    Raises:
        DocumentError: the advert cannot be read.
        ModelError: the model gave no usable reply.
        UsageError: it asks for nothing that could be checked.
    """
    document = await read(loaded.data, loaded.name)
    present = Month.parse(settings.as_of) if settings.as_of else Month.now()
    year = present.index // 12
    retries = RetryPolicy()
    reader = model_reader(
        settings,
        rubric=load_rubric(settings.rubric).key,
        replies=ReplyStore(settings.replies),
        transport=transport,
        waits=WaitTracker("the model's limit", retries.sleep),
        spending=spending_of(settings, load_prices(settings.prices)),
        limits=None,
    )
    if reader is None:
        role = role_of_advert(document, year)
    else:
        try:
            passages = shown(document)
            reply = await reader.reply_to(messages_for(passages), ADVERT, parse_advert)
        finally:
            await reader.aclose()
        items = parse_advert(reply.content, truncated=reply.truncated)
        role = role_of_answers(document, passages, items, year)
    if role is None:
        message = f"{loaded.name} asks for nothing that could be checked."
        raise UsageError(
            message,
            hint="Is it a job advert? A role file can be written by hand: prompts/roles/dual.toml shows one.",
        )
    return role
