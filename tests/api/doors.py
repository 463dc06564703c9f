"""One prompt through any of the doors, and what comes back, in the same words for all of them."""

import json
from dataclasses import dataclass
from typing import Any, Final

from tests.api.graphql_client import event_stream, execute
from tests.driver import Running

DOORS: Final = ("graphql", "graphql stream", "rest", "v1", "v1 stream")
FIELDS: Final = "{ turn { id reply } conversation { id } }"
CHAT: Final = f"mutation ($input: ChatInput!) {{ answer: chat(input: $input) {FIELDS} }}"
FOLLOW_UP: Final = f"mutation ($input: FollowUpInput!) {{ answer: followUp(input: $input) {FIELDS} }}"
REPLY: Final = """subscription ($turnId: ID!) { reply(turnId: $turnId) {
  ... on ReplyTextAdded { text } ... on ReplyTextReplaced { text } ... on ReplyEnded { turn { error { code } } } } }"""


@dataclass
class Heard:
    """`code` is None for a whole reply; `text` is what the door showed of the reply, None where it shows none;
    `retry_after` in seconds where the door said so."""

    status: int
    code: str | None
    text: str | None
    message: str = ""
    conversation_id: str = ""
    retry_after: str | None = None


async def through(door: str, server: Running, key: str, prompt: str, conversation_id: str | None = None) -> Heard:
    if door.startswith("graphql"):
        return await graphql(server, key, prompt, conversation_id, stream=door.endswith("stream"))
    if door == "rest":
        return await rest(server, key, prompt, conversation_id)
    return await v1(server, key, prompt, conversation_id, stream=door.endswith("stream"))


async def graphql(server: Running, key: str, prompt: str, conversation_id: str | None, *, stream: bool) -> Heard:
    sent: dict[str, Any] = {"prompt": prompt, "wait": not stream}
    if conversation_id is not None:
        sent["conversationId"] = conversation_id
    body = await execute(server, key, CHAT if conversation_id is None else FOLLOW_UP, input=sent)
    if "errors" in body:
        [error] = body["errors"]
        return Heard(200, error["extensions"]["code"], None, error["message"])
    turn, conversation = body["data"]["answer"]["turn"], body["data"]["answer"]["conversation"]["id"]
    if not stream:
        return Heard(200, None, turn["reply"], conversation_id=conversation)
    text, code = "", None
    async for name, said in event_stream(server, key, REPLY, turnId=turn["id"]):
        if name == "next":
            event = said["data"]["reply"]
            text += event.get("text", "")
            code = ((event.get("turn") or {}).get("error") or {}).get("code")
    return Heard(200, code, text, conversation_id=conversation)


async def rest(server: Running, key: str, prompt: str, conversation_id: str | None) -> Heard:
    sent = {"prompt": prompt} | ({} if conversation_id is None else {"conversation_id": conversation_id})
    async with server.client(key) as http:
        answer = await http.post("/api/chat", json=sent)
    body, retry_after = answer.json(), answer.headers.get("retry-after")
    if body["status"] == "error":
        return Heard(answer.status_code, body["code"], None, body["message"], retry_after=retry_after)
    [text] = body["message"]["content"]["parts"]
    return Heard(answer.status_code, None, text, conversation_id=body["conversation_id"])


async def v1(server: Running, key: str, prompt: str, conversation_id: str | None, *, stream: bool) -> Heard:
    sent = {"model": "auto", "stream": stream, "messages": [{"role": "user", "content": prompt}]}
    headers = {} if conversation_id is None else {"X-Conversation-Id": conversation_id}
    async with server.client(key) as http:
        answer = await http.post("/v1/chat/completions", json=sent, headers=headers)
    retry_after = answer.headers.get("retry-after")
    if answer.headers["content-type"].startswith("application/json"):
        body = answer.json()
        if "error" in body:
            error = body["error"]
            return Heard(answer.status_code, error["code"], None, error["message"], retry_after=retry_after)
        conversation = answer.headers["x-conversation-id"]
        return Heard(answer.status_code, None, body["choices"][0]["message"]["content"], conversation_id=conversation)
    *lines, last = [line.removeprefix("data: ") for line in answer.text.split("\n\n") if line]
    chunks = [json.loads(line) for line in lines]
    text = "".join(choice["delta"].get("content", "") for chunk in chunks for choice in chunk["choices"])
    error = None if last == "[DONE]" else json.loads(last)["error"]
    return Heard(
        answer.status_code,
        error and error["code"],
        text,
        error["message"] if error else "",
        answer.headers["x-conversation-id"],
    )
