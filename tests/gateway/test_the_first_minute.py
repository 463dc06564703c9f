"""Without any configuration: the rehearsal upstream answers, and says so."""

from pathlib import Path

from backend.app import first_admin
from backend.domain.ids import CONVERSATION, show_id
from backend.gateway.prompts import Prompt
from tests.driver import serving

REHEARSAL = [{"name": "rehearsal", "kind": "rehearsal"}]


async def test_a_conversation_with_the_rehearsal_upstream_goes_on_after_a_restart(tmp_path: Path) -> None:
    async with serving(tmp_path, REHEARSAL) as server:
        key = await server.key("uma")
        chat, caller = server.house.gateway.chat, await server.house.identity.caller(key)
        first = await chat.send(caller, Prompt("hello"))
        turn = await first.end()
        assert "rehearsal upstream" in turn.reply
        assert first.title
    async with serving(tmp_path, REHEARSAL) as server:
        chat, caller = server.house.gateway.chat, await server.house.identity.caller(key)
        turn = await (await chat.follow_up(caller, show_id(CONVERSATION, first.conversation_id), Prompt("again"))).end()
        assert turn.state == "finished"
        assert "started anew" in turn.reply


async def test_the_first_admins_link_is_offered_until_an_admin_has_come_in(tmp_path: Path) -> None:
    async with serving(tmp_path, REHEARSAL) as server:
        link, again = await first_admin(server.house), await first_admin(server.house)
        assert link is not None
        assert again is not None
        async with server.client() as browser:
            assert (await browser.post("/session", json={"link": link})).status_code == 204
            assert (await browser.post("/session", json={"link": link})).status_code == 401
        assert await first_admin(server.house) is None


async def test_a_stranger_cannot_sign_in_with_a_made_up_link(tmp_path: Path) -> None:
    async with serving(tmp_path, REHEARSAL) as server:
        key = await server.key("uma")
        async with server.client() as browser:
            bodies: list[object] = [{"link": "cas_" + "A" * 44}, {"link": key}, {"key": "nonsense"}, {}, [], "x"]
            for body in bodies:
                answer = await browser.post("/session", json=body)
                assert answer.status_code in (400, 401)
                assert "set-cookie" not in answer.headers
