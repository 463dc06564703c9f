"""The whole product on either database: three turns, a restart, and what a stranger cannot see."""

from pathlib import Path

import pytest

from backend import errors
from backend.domain.ids import CONVERSATION, show_id
from backend.gateway.paths import Slice
from backend.gateway.prompts import Prompt
from backend.upstream.rehearsal import RehearsalServer
from tests.driver import chatgpt_accounts, serving


async def test_a_conversation_is_kept_and_goes_on_after_a_restart(
    url: str, tmp_path: Path, fake: RehearsalServer
) -> None:
    accounts = chatgpt_accounts(fake)
    async with serving(tmp_path, accounts, fake=fake, database=url) as server:
        key, strangers = await server.key("uma"), await server.key("sam")
        caller = await server.house.identity.caller(key)
        first = await server.house.gateway.chat.send(caller, Prompt("one"))
        await first.end()
        conversation_id = show_id(CONVERSATION, first.conversation_id)
        await (await server.house.gateway.chat.follow_up(caller, conversation_id, Prompt("two"))).end()
    async with serving(tmp_path, accounts, fake=fake, database=url) as server:
        gateway = server.house.gateway
        caller = await server.house.identity.caller(key)
        await (await gateway.chat.follow_up(caller, conversation_id, Prompt("three"))).end()
        conversation = await gateway.conversations.get(caller, conversation_id)
        turns = (await gateway.conversations.turns(caller, conversation, Slice())).items
        assert [(turn.prompt, turn.state) for turn in turns] == [(text, "finished") for text in ("one", "two", "three")]
        stranger = await server.house.identity.caller(strangers)
        with pytest.raises(errors.NotFound):
            await gateway.conversations.get(stranger, conversation_id)
        with pytest.raises(errors.NotFound):
            await gateway.chat.follow_up(stranger, conversation_id, Prompt("mine now"))
    assert not fake.violations


async def test_a_second_server_on_the_same_record_is_refused(url: str, tmp_path: Path, fake: RehearsalServer) -> None:
    accounts = chatgpt_accounts(fake)
    async with serving(tmp_path, accounts, fake=fake, database=url):
        with pytest.raises(errors.RecordUnusable):
            async with serving(tmp_path, accounts, fake=fake, database=url):
                pass
