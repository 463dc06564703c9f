"""`/v1/responses` as tests speak it on the wire."""

import asyncio
import json
from typing import Any

import httpx

from tests.driver import Running

PATH = "/v1/responses"
OPENING = [
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.content_part.added",
]
CLOSING = [
    "response.output_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.completed",
]


def events(body: str) -> list[dict[str, Any]]:
    """The data of each event, whose name is its type and whose number is greater than the one before."""
    read = []
    for block in body.split("\n\n")[:-1]:
        name, data = block.split("\n")
        event = json.loads(data.removeprefix("data: "))
        assert name == f"event: {event['type']}"
        read.append(event)
    numbers = [event["sequence_number"] for event in read]
    assert numbers == sorted(set(numbers))
    return read


def text_of(read: list[dict[str, Any]]) -> str:
    return "".join(event["delta"] for event in read if event["type"] == "response.output_text.delta")


async def ended(http: httpx.AsyncClient, id: str) -> dict[str, Any]:
    """The response, once it is neither queued nor in progress."""
    async with asyncio.timeout(10):
        while True:
            body: dict[str, Any] = (await http.get(f"{PATH}/{id}")).json()
            if body["status"] not in ("queued", "in_progress"):
                return body
            await asyncio.sleep(0.02)


def prompts(server: Running) -> list[Any]:
    assert server.fake is not None
    return [seen for seen in server.fake.requests if seen.endpoint == "chat"]
