"""The doors of the legacy contract: bots written for the old server go on working when only the host changes.

Beyond the contract: an `Idempotency-Key` header on `/api/chat`; `/api/recall` takes a client's `user_id` alone; both of
its lists are streamed, so that the whole of them costs no memory.  A conversation that is written to while its list is
being read may be missing from that one answer.
"""

import asyncio
from functools import partial
from typing import Final

from starlette.routing import BaseRoute, Route

from backend.api.authentication import Authenticator
from backend.api.http_errors import status_of
from backend.api.rest_answers import chat_answer, conversation_id, messages, titles
from backend.api.rest_callers import Callers, Speaker
from backend.api.rest_door import HTML, TEXT, Answer, Door, excuse, json_answer
from backend.api.rest_parameters import Parameters
from backend.api.rest_paths import RestPaths
from backend.domain.access import Role
from backend.domain.conversations import derive_title
from backend.domain.ids import CONVERSATION, show_id
from backend.domain.replies import Turn
from backend.errors import InvalidInput, NotAuthenticated, ProductError, WrongPassword, rebuilt
from backend.gateway import Gateway
from backend.gateway.chat import failure_of
from backend.gateway.live_replies import Reply
from backend.gateway.own_accounts import OwnAccount
from backend.gateway.pages import LARGEST_PAGE, Page, write_cursor
from backend.gateway.paths import Slice
from backend.gateway.prompts import Prompt

BLANK_PROMPT: Final = "My message to you was blank. Tell me so in one short sentence and ask what I would like to know."
WRONG_PASSWORD: Final = "Wrong email or password provided"  # noqa: S105  a sentence of the contract
TURNS_AT_ONCE: Final = 50


def routes(
    gateway: Gateway, authenticator: Authenticator, paths: RestPaths, *, keys_in_queries: bool = True
) -> list[BaseRoute]:
    """`keys_in_queries`: whether a GET may bring a key or another secret in its query."""
    door = partial(Door, keys_in_queries=keys_in_queries)
    rest = Rest(gateway, Callers(authenticator))
    user_names = {"externalId": "user_id", "name": "username"}
    new_user_names = {"externalId": "userid", "name": "username"}
    return [
        Route(paths.api_chat, door(rest.chat, chat_excuse, user_names), name="api-chat"),
        Route(paths.api_recall, door(rest.recall), name="api-recall"),
        Route(paths.api_access_token, door(rest.access_token, access_token_excuse), name="api-access-token"),
        Route(paths.api_add_user, door(rest.add_user, names=new_user_names), name="api-add-user"),
        Route(paths.api_remove_conversation, door(rest.remove_conversation), name="api-remove-conversation"),
    ]


class Rest:
    def __init__(self, gateway: Gateway, callers: Callers) -> None:
        self._gateway = gateway
        self._callers = callers

    async def chat(self, parameters: Parameters) -> Answer:
        text_alone, page = bool(parameters.flag("reply_only")), bool(parameters.flag("pretty"))
        prompt, follows = prompt_of(parameters), parameters.text("conversation_id")
        speaker = await self._callers.chatting(parameters)
        if follows is None:
            reply = await self._gateway.chat.send(speaker.caller, prompt)
        else:
            reply = await self._gateway.chat.follow_up(speaker.caller, follows.strip(), prompt)
        turn = await reply.end()
        shown_id = follows.strip() if follows else show_id(CONVERSATION, reply.conversation_id)
        if (failure := failure_of(turn)) is not None:
            raise with_what_was_kept(failure, turn, shown_id)
        if text_alone and page:
            from backend.api import rendering  # what it imports costs a quarter of a second

            whole = await asyncio.to_thread(rendering.page, turn.reply, title_of(reply, turn))
            return Answer(whole, HTML, headers=rendering.headers())
        if text_alone:
            return Answer(turn.reply.encode(), TEXT)
        if follows is None:
            return json_answer(chat_answer(speaker, turn, shown_id, title_of(reply, turn), None))
        return await self._followed_up(speaker, turn, shown_id)

    async def _followed_up(self, speaker: Speaker, turn: Turn, id: str) -> Answer:
        conversation = await self._gateway.conversations.get(speaker.caller, id)
        part = Slice(last=1, before=write_cursor(turn.position))
        before = (await self._gateway.conversations.turns(speaker.caller, conversation, part)).items
        return json_answer(
            chat_answer(speaker, turn, conversation_id(conversation), conversation.title, before[0] if before else None)
        )

    async def recall(self, parameters: Parameters) -> Answer:
        caller, wanted = await self._callers.recalling(parameters), parameters.text("conversation_id")
        conversations = self._gateway.conversations
        if wanted is None:
            next_titles = partial(conversations.page, caller, LARGEST_PAGE)
            return Answer(titles(await next_titles(), next_titles))
        conversation = await conversations.get(caller, wanted.strip())

        async def next_turns(after: str | None = None) -> Page[Turn]:
            return await conversations.turns(caller, conversation, Slice(first=TURNS_AT_ONCE, after=after))

        return Answer(messages(conversation, await next_turns(), next_turns))

    async def access_token(self, parameters: Parameters) -> Answer:
        caller = await self._callers.retrieving(parameters)
        email, password = parameters.needed("email"), parameters.needed("password")
        tokens = await self._gateway.accounts.retrieve_access_token(caller, email.strip(), password)
        return json_answer({"Access Token": tokens.access_token})

    async def add_user(self, parameters: Parameters) -> Answer:
        caller = await self._callers.issuing(parameters)
        role: Role = "client" if parameters.flag("is_client") else "user"
        issued = await self._gateway.keys.issue(
            caller,
            parameters.needed("username"),
            role,
            plus=bool(parameters.flag("plus")),
            external_id=parameters.needed("userid"),
        )
        return json_answer({"status": "success", "message": "User added", "api_key": issued.key})

    async def remove_conversation(self, parameters: Parameters) -> Answer:
        caller, unwanted = await self._callers.removing(parameters), parameters.needed("conversation_id").strip()
        await self._gateway.conversations.remove(caller, unwanted)
        return json_answer({"status": "success", "message": "Conversation removed"})


def prompt_of(parameters: Parameters) -> Prompt:
    token = parameters.text("access_token")
    user_plus = bool(parameters.flag("user_plus"))
    return Prompt(
        text=parameters.text("prompt") or BLANK_PROMPT,
        plan=parameters.plan("plus") or "free",
        own_account=None if token is None else OwnAccount(token.strip(), user_plus),
        idempotency_key=parameters.idempotency_key,
    )


def title_of(reply: Reply, turn: Turn) -> str:
    """A new conversation's title; a reply without a word is never titled by its upstream."""
    return reply.title or derive_title(turn.prompt)


def with_what_was_kept(failure: ProductError, turn: Turn, id: str) -> ProductError:
    if not turn.reply:
        return failure
    return rebuilt(failure.code, f"{failure} The part of the reply that had come is in the conversation {id}.")


def chat_excuse(error: ProductError, sentence: str, parameters: Parameters | None) -> Answer:
    """Whoever asked for the reply's text alone gets the error's text alone."""
    try:
        text_alone = parameters is not None and bool(parameters.flag("reply_only"))
    except ProductError:
        text_alone = False
    if text_alone:
        return Answer(sentence.encode(), TEXT, status_of(error))
    return excuse(error, sentence, parameters)


def access_token_excuse(error: ProductError, sentence: str, _: Parameters | None) -> Answer:
    """The contract has three sentences of its own here, and a shape."""
    if isinstance(error, NotAuthenticated):
        sentence = "Please provide a valid user."
    elif isinstance(error, WrongPassword):
        sentence = WRONG_PASSWORD
    elif isinstance(error, InvalidInput) and error.details.get("field") in ("email", "password"):
        sentence = f"Please provide a valid {error.details['field']}."
    return json_answer({"Error": sentence}, status_of(error))
