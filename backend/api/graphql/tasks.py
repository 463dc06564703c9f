"""Ends the tasks of a connection."""

import asyncio
from typing import Any


async def end_tasks(*tasks: asyncio.Task[Any]) -> None:
    """Cancel them and wait until each has let go of what it held.  What they raised is dropped: the client has gone."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
