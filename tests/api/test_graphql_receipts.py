"""Receipts as their owner gets them, and a conversation verified on demand."""

import base64
import hashlib
import json
from pathlib import Path

import apsw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from backend.domain.ids import TURN, parse_id
from tests.api.graphql_client import Json, chat, data, execute, follow_up
from tests.driver import Cast, Running

RECEIPTS = """query ($id: ID!) { conversation(id: $id) { turns { edges { node {
  id prompt reply receipt { text signature key account prompt reply previous } } } } } }"""
INTEGRITY = """query ($id: ID!) { conversation(id: $id) {
  integrity { proven complete turns unsigned unfinished problems { code position message } } } }"""


async def three_turns(server: Running, key: str) -> str:
    id: str = (await chat(server, key, "one"))["conversation"]["id"]
    for text in ("two", "three"):
        await follow_up(server, key, id, text)
    return id


async def turns_of(server: Running, key: str, id: str) -> list[Json]:
    found = await data(server, key, RECEIPTS, id=id)
    return [edge["node"] for edge in found["conversation"]["turns"]["edges"]]


async def integrity(server: Running, key: str, id: str) -> Json:
    found: Json = (await data(server, key, INTEGRITY, id=id))["conversation"]["integrity"]
    return found


async def test_others_can_verify_a_receipt_with_the_public_key_alone(server: Running, cast: Cast) -> None:
    turns = await turns_of(server, cast.user, await three_turns(server, cast.user))
    keys = server.house.record.signing.public_keys()
    previous = None
    for position, turn in enumerate(turns, 1):
        receipt = turn["receipt"]
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(keys[receipt["key"]]))
        public.verify(base64.b64decode(receipt["signature"]), receipt["text"].encode())
        says = json.loads(receipt["text"])
        assert says["prompt"] == receipt["prompt"] == hashlib.sha256(turn["prompt"].encode()).hexdigest()
        assert says["reply"] == receipt["reply"] == hashlib.sha256(turn["reply"].encode()).hexdigest()
        assert (says["turn"], says["position"], says["previous"]) == (turn["id"], position, previous)
        previous = hashlib.sha256(receipt["text"].encode()).hexdigest()
    assert len({turn["receipt"]["account"] for turn in turns}) == 1
    assert not any("example.org" in turn["receipt"]["text"] for turn in turns)


async def test_stopped_and_failed_turns_have_receipts_too(server: Running, cast: Cast) -> None:
    [error] = (await execute(server, cast.user, 'mutation { chat(input: {prompt: "/rehearse cut"}) { turn { id } } }'))[
        "errors"
    ]
    id = error["extensions"]["conversationId"]
    [turn] = await turns_of(server, cast.user, id)
    assert json.loads(turn["receipt"]["text"])["state"] == "failed"
    assert (await integrity(server, cast.user, id))["proven"]


async def test_a_turn_that_is_being_written_has_no_receipt_yet(server: Running, cast: Cast) -> None:
    payload = await chat(server, cast.user, "/rehearse hang-mid", wait=False)
    id = payload["conversation"]["id"]
    assert [turn["receipt"] for turn in await turns_of(server, cast.user, id)] == [None]
    assert await integrity(server, cast.user, id) == {
        "proven": True, "complete": True, "turns": 1, "unsigned": 0, "unfinished": 1, "problems": [],
    }  # fmt: skip
    await data(
        server, cast.user, f'mutation {{ stop(input: {{turnId: "{payload["turn"]["id"]}"}}) {{ turn {{ id }} }} }}'
    )
    assert (await integrity(server, cast.user, id))["unfinished"] == 0
    assert (await turns_of(server, cast.user, id))[0]["receipt"]


async def test_a_change_behind_the_servers_back_is_shown(server: Running, cast: Cast, tmp_path: Path) -> None:
    id = await three_turns(server, cast.user)
    assert (await integrity(server, cast.user, id))["proven"]
    second = parse_id(TURN, (await turns_of(server, cast.user, id))[1]["id"])
    apsw.Connection(str(tmp_path / "record.db")).execute("UPDATE turns SET reply = 'Mine' WHERE id = ?", (second,))
    found = await integrity(server, cast.user, id)
    assert not found["proven"]
    [problem] = found["problems"]
    assert (problem["code"], problem["position"]) == ("EDITED_REPLY", 2)
    assert problem["message"]


async def test_many_conversations_at_once_are_refused(server: Running, cast: Cast) -> None:
    [error] = (
        await execute(server, cast.user, "{ conversations(first: 200) { edges { node { integrity { proven } } } } }")
    )["errors"]
    assert error["extensions"]["code"] == "document_refused"


async def test_a_stranger_sees_no_receipt_and_not_even_an_admin_one_of_others(server: Running, cast: Cast) -> None:
    id = await three_turns(server, cast.user)
    for key in (cast.admin, cast.client):
        assert [turn["receipt"] for turn in await turns_of(server, key, id)] == [None] * 3
    turn_id = (await turns_of(server, cast.user, id))[0]["id"]
    query = (
        "query ($id: ID!, $t: ID!) { conversation(id: $id) { integrity { proven } } turn(id: $t) { receipt { text } } }"
    )
    assert await data(server, cast.stranger, query, id=id, t=turn_id) == {"conversation": None, "turn": None}
