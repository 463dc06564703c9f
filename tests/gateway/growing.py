"""A conversation that branches, as tests grow it, and what its account was told of it."""

from backend.domain.access import Caller
from backend.domain.conversations import Conversation
from backend.domain.ids import CONVERSATION, TURN, show_id
from backend.domain.replies import Turn
from backend.gateway.live_replies import Reply
from backend.gateway.paths import PathPage, Slice
from backend.gateway.prompts import Prompt
from backend.upstream.rehearsal import RehearsalServer
from tests.driver import Running


def shown(turn: Turn) -> str:
    return show_id(TURN, turn.id)


class Growing:
    """One conversation of `caller`'s; prompts in tests are all different."""

    def __init__(self, server: Running, caller: Caller, first: Reply) -> None:
        self._house, self._caller = server.house, caller
        self.id, self.shown_id = first.conversation_id, show_id(CONVERSATION, first.conversation_id)

    @classmethod
    async def begun(cls, server: Running, key: str, text: str) -> tuple["Growing", Turn]:
        caller = await server.house.identity.caller(key)
        reply = await server.house.gateway.chat.send(caller, Prompt(text))
        return cls(server, caller, reply), await reply.end()

    async def follow_up(self, text: str, after: Turn | None = None) -> Reply:
        place, chat = None if after is None else shown(after), self._house.gateway.chat
        return await chat.follow_up(self._caller, self.shown_id, Prompt(text), place)

    async def ask_again(self, turn: Turn, text: str | None = None, key: str | None = None) -> Reply:
        prompt = Prompt(text or "", idempotency_key=key)
        return await self._house.gateway.chat.ask_again(self._caller, shown(turn), prompt, same=text is None)

    async def stop(self, turn: Turn) -> Turn:
        return await self._house.gateway.chat.stop(self._caller, shown(turn))

    async def conversation(self) -> Conversation:
        return await self._house.gateway.conversations.get(self._caller, self.shown_id)

    async def page(self, part: Slice) -> PathPage:
        return await self._house.gateway.conversations.turns(self._caller, await self.conversation(), part)

    async def path(self, through: Turn | None = None) -> list[str]:
        """The prompts on it."""
        page = await self.page(Slice(first=200, through=None if through is None else shown(through)))
        return [turn.prompt for turn in page.items]

    async def versions(self, turn: Turn) -> list[int]:
        """The positions of all versions of a turn."""
        place = await self._house.gateway.conversations.place(self._caller, turn)
        return [version.position for version in place.versions]

    async def proven(self) -> bool:
        kept = await self._house.record.receipts.kept(self.id, 1000)
        assert kept is not None
        return self._house.record.receipts.verified(kept).proven


async def three_turns(server: Running, key: str) -> tuple[Growing, list[Turn]]:
    talk, first = await Growing.begun(server, key, "one")
    return talk, [first, *[await (await talk.follow_up(text)).end() for text in ("two", "three")]]


async def finished(reply: Reply) -> Turn:
    turn = await reply.end()
    assert turn.state == "finished", turn.error_sentence
    return turn


def asked(fake: RehearsalServer) -> list[str]:
    """The prompts that upstreams got, in the order in which they came."""
    return [request.prompt or "" for request in fake.requests if request.endpoint == "chat"]


def way_to(fake: RehearsalServer, turn: Turn) -> list[str]:
    """The prompts on the way to a turn's own, first of all first, as the fake keeps them in one conversation."""
    [kept] = [each for each in fake.conversations.values() if any(n.id == turn.upstream_prompt_id for n in each.nodes)]
    by_id = {node.id: node for node in kept.nodes}
    prompts, node = [], by_id.get(turn.upstream_prompt_id)
    while node is not None:
        prompts += [node.text] if node.role == "user" else []
        node = by_id.get(node.parent_id)
    return prompts[::-1]
