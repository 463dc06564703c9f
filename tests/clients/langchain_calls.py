"""What `langchain-openai` does against a server: run in its own environment, with the server's address and a key.

Prints one JSON object: what came back of each call.
"""

import asyncio
import json
import sys
from typing import Any

import openai
from langchain_core.messages import AIMessageChunk, HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI


def model(url: str, key: str, **more: Any) -> ChatOpenAI:
    return ChatOpenAI(base_url=url, api_key=key, model="auto", max_retries=0, **more)


def plain(url: str, key: str) -> dict[str, Any]:
    chat = model(url, key)
    said = [SystemMessage("Be brief."), HumanMessage("Hello")]
    whole = chat.invoke(said)
    pieces = list(chat.stream(said))
    last = AIMessageChunk("")
    for piece in pieces:
        last += piece
    return {
        "invoke": whole.text,
        "usage": whole.usage_metadata,
        "stream": last.text,
        "pieces": len(pieces),
        "stopped": chat.invoke(said, stop=["> Hello", "never"]).text,
        "streamed_stop": "".join(piece.text for piece in chat.stream(said, stop=["> Hello"])),
        "after": chat.invoke([*said, whole, HumanMessage("And now?")]).text,
    }


async def at_once(url: str, key: str) -> dict[str, Any]:
    chat = model(url, key)
    one, two = await asyncio.gather(chat.ainvoke("One"), chat.ainvoke("Two"))
    streamed = [piece.text async for piece in chat.astream("Three")]
    return {"ainvoke": [one.text, two.text], "astream": "".join(streamed)}


def responses(url: str, key: str) -> dict[str, Any]:
    chat = model(url, key, use_responses_api=True, use_previous_response_id=True)
    first = chat.invoke([HumanMessage("One")])
    second = chat.invoke([HumanMessage("One"), first, HumanMessage("Two")])
    return {
        "first": first.text,
        "second": second.text,
        "id": first.response_metadata["id"],
        "usage": first.usage_metadata,
        "stream": "".join(piece.text for piece in chat.stream("Three")),
    }


def refused(url: str) -> str:
    try:
        return model(url, "wrong").invoke("Hello").text
    except openai.APIError as error:
        return type(error).__name__


if __name__ == "__main__":
    url, key = sys.argv[1:]
    said = (
        plain(url, key) | asyncio.run(at_once(url, key)) | {"responses": responses(url, key), "refused": refused(url)}
    )
    print(json.dumps(said))
