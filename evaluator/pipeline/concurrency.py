"""Many candidates at once, so many in flight and no more waiting behind them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


async def in_parallel(
    items: Iterable[T],
    one: Callable[[T], Awaitable[None]],
    *,
    width: int,
    is_over: Callable[[], bool] = lambda: False,
) -> None:
    """Do ``one`` for each item, ``width`` at a time; items are drawn as room is there.

    What is in flight when ``is_over`` turns true still ends in order; nothing is begun after it.

    Raises:
        BaseExceptionGroup: what ``one`` raised.
    """
    room = asyncio.Semaphore(width)

    async def in_room(item: T) -> None:
        try:
            await one(item)
        finally:
            room.release()

    async with asyncio.TaskGroup() as tasks:
        for item in items:
            await room.acquire()
            if is_over():
                break
            tasks.create_task(in_room(item))
