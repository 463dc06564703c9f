"""What can be done."""

from datetime import UTC, datetime
from typing import Annotated, cast

import strawberry
from strawberry import ID, Private, argument, field

from backend.api.graphql.accounts import AccountMutations
from backend.api.graphql.context import Info, resolver
from backend.api.graphql.keys import KeyMutations
from backend.api.graphql.organizing import OrganizingMutations
from backend.api.graphql.types import Conversation, Plan, Turn
from backend.api.graphql.users import UserMutations
from backend.domain import accounts, ids, replies
from backend.gateway.chat import failure_of
from backend.gateway.live_replies import Reply
from backend.gateway.own_accounts import OwnAccount
from backend.gateway.prompts import Prompt

WAIT = (
    "Whether to answer when the reply has ended.  With false the turn is answered as it was kept; follow it with the "
    "subscription `reply`."
)
IDEMPOTENCY_KEY = (
    "A text of yours, 1 to 200 characters: sending it again never asks an account twice and gives the first turn."
)


@strawberry.input(description="A prompt that begins a conversation.")
class ChatInput:
    prompt: str = field(description="What to ask.")
    plan: Plan = field(default=Plan.ANY, description="Which of the built-in accounts may answer.")
    model: str | None = field(default=None, description="The model to ask; the account's own choice if unset.")
    access_token: str | None = field(
        default=None,
        description="The access token of a ChatGPT account of your own, which then answers.  It is not kept.",
    )
    access_token_plus: bool = field(
        default=False, description="Whether the account of `accessToken` is a Plus account."
    )
    idempotency_key: str | None = field(default=None, description=IDEMPOTENCY_KEY)
    wait: bool = field(default=True, description=WAIT)


@strawberry.input(description="A prompt that goes on with a conversation, on the account that began it.")
class FollowUpInput:
    conversation_id: ID = field(description="The conversation's id, or the id it had on an older server.")
    prompt: str = field(description="What to ask.")
    model: str | None = field(default=None, description="The model to ask; the account's own choice if unset.")
    access_token: str | None = field(
        default=None,
        description="The access token of your own account, where one began the conversation.  It is not kept.",
    )
    idempotency_key: str | None = field(default=None, description=IDEMPOTENCY_KEY)
    wait: bool = field(default=True, description=WAIT)
    after_turn_id: ID | None = field(
        default=None, description="The turn of that conversation to go on behind; the newest one if unset."
    )


@strawberry.input(description="A turn to ask again: another version of it, which follows the same turn.")
class AskAgainInput:
    turn_id: ID = field(description="The turn's id; it must have ended.")
    prompt: str | None = field(default=None, description="What to ask instead; the same as before if unset.")
    model: str | None = field(default=None, description="The model to ask; the account's own choice if unset.")
    access_token: str | None = field(
        default=None,
        description="The access token of your own account, where one began the conversation.  It is not kept.",
    )
    idempotency_key: str | None = field(default=None, description=IDEMPOTENCY_KEY)
    wait: bool = field(default=True, description=WAIT)


@strawberry.input(
    description="A prompt that goes on with a conversation on another account than the one that began it."
)
class ContinueElsewhereInput:
    conversation_id: ID = field(description="The conversation's id, or the id it had on an older server.")
    prompt: str = field(description="What to ask.")
    plan: Plan = field(default=Plan.ANY, description="Which of the other built-in accounts may answer.")
    idempotency_key: str | None = field(default=None, description=IDEMPOTENCY_KEY)
    wait: bool = field(default=True, description=WAIT)


@strawberry.input(description="Which reply to stop.")
class StopInput:
    turn_id: ID = field(description="The turn's id.")


@strawberry.input(description="Which conversation to remove.")
class RemoveConversationInput:
    id: ID = field(description="The conversation's id, or the id it had on an older server.")


@strawberry.input(description="A sign-in at ChatGPT.  Neither of the two is kept.")
class RetrieveAccessTokenInput:
    email: str = field(description="The account's e-mail address.")
    password: str = field(description="The account's password.")


@strawberry.type(description="A prompt that was kept, and its reply as far as it was waited for.")
class ChatPayload:
    turn: Turn = field(description="The turn.")
    conversation_id: Private[str]

    @resolver("The conversation it belongs to.")
    async def conversation(self, info: Info) -> Conversation:
        return Conversation.of(await info.context.gateway.conversations.get(info.context.caller, self.conversation_id))


@strawberry.type(description="A reply that was stopped.")
class StopPayload:
    turn: Turn = field(description="The turn with what was written.")


@strawberry.type(description="A conversation that was removed.")
class RemoveConversationPayload:
    id: ID = field(description="The id that was sent.")


@strawberry.type(description="The access token of a ChatGPT account.")
class RetrieveAccessTokenPayload:
    access_token: str = field(description="The access token.  It is not kept.")
    expires_at: datetime | None = field(description="When it expires, where that is known.")


@strawberry.type(description="What can be done.")
class Mutation(AccountMutations, UserMutations, KeyMutations, OrganizingMutations):
    @resolver("Begin a conversation.  The reply goes on whether or not you wait for it.")
    async def chat(self, info: Info, input: Annotated[ChatInput, argument(description="The prompt.")]) -> ChatPayload:
        prompt = Prompt(
            input.prompt,
            cast(accounts.Plan, input.plan.value),
            own_account(input.access_token, plus=input.access_token_plus),
            input.model,
            idempotency_key=input.idempotency_key,
        )
        reply = await info.context.gateway.chat.send(info.context.caller, prompt)
        return await payload_of(reply, wait=input.wait)

    @resolver("Go on with a conversation.  Prompts that come while a reply is being written wait their turn.")
    async def follow_up(
        self, info: Info, input: Annotated[FollowUpInput, argument(description="The prompt.")]
    ) -> ChatPayload:
        prompt = Prompt(
            input.prompt,
            own_account=own_account(input.access_token),
            model=input.model,
            idempotency_key=input.idempotency_key,
        )
        chat, caller = info.context.gateway.chat, info.context.caller
        reply = await chat.follow_up(caller, input.conversation_id, prompt, input.after_turn_id)
        return await payload_of(reply, wait=input.wait)

    @resolver(
        "Ask one of your turns again, on its conversation's account, with another prompt or the same.  The turn stays, "
        "and so does what comes of it; the new version stands beside it."
    )
    async def ask_again(
        self, info: Info, input: Annotated[AskAgainInput, argument(description="The turn.")]
    ) -> ChatPayload:
        prompt = Prompt(
            input.prompt or "",
            own_account=own_account(input.access_token),
            model=input.model,
            idempotency_key=input.idempotency_key,
        )
        chat, caller = info.context.gateway.chat, info.context.caller
        reply = await chat.ask_again(caller, input.turn_id, prompt, same=input.prompt is None)
        return await payload_of(reply, wait=input.wait)

    @resolver(
        "Go on with a conversation on another account: a new conversation, which is told what was said before.  The "
        "old one stays as it is."
    )
    async def continue_elsewhere(
        self, info: Info, input: Annotated[ContinueElsewhereInput, argument(description="The prompt.")]
    ) -> ChatPayload:
        plan = cast(accounts.Plan, input.plan.value)
        prompt = Prompt(input.prompt, plan, idempotency_key=input.idempotency_key)
        reply = await info.context.gateway.elsewhere.go_on(info.context.caller, input.conversation_id, prompt)
        return await payload_of(reply, wait=input.wait)

    @resolver("End a reply where it is; what was written stays.  A reply that has ended stays as it is.")
    async def stop(self, info: Info, input: Annotated[StopInput, argument(description="The reply.")]) -> StopPayload:
        return StopPayload(turn=Turn.of(await info.context.gateway.chat.stop(info.context.caller, input.turn_id)))

    @resolver(
        "Remove a conversation.  A reply that is being written in it is stopped.  `restoreConversation` undoes it."
    )
    async def remove_conversation(
        self, info: Info, input: Annotated[RemoveConversationInput, argument(description="The conversation.")]
    ) -> RemoveConversationPayload:
        await info.context.gateway.conversations.remove(info.context.caller, input.id)
        return RemoveConversationPayload(id=input.id)

    @resolver("Sign in to ChatGPT with an account of your own and get its access token.")
    async def retrieve_access_token(
        self, info: Info, input: Annotated[RetrieveAccessTokenInput, argument(description="The sign-in.")]
    ) -> RetrieveAccessTokenPayload:
        tokens = await info.context.gateway.accounts.retrieve_access_token(
            info.context.caller, input.email, input.password
        )
        expires_at = None if tokens.expires_at is None else datetime.fromtimestamp(tokens.expires_at, UTC)
        return RetrieveAccessTokenPayload(access_token=tokens.access_token, expires_at=expires_at)


def own_account(access_token: str | None, *, plus: bool = False) -> OwnAccount | None:
    return OwnAccount(access_token, plus) if access_token else None


async def payload_of(reply: Reply, *, wait: bool) -> ChatPayload:
    """The turn as it was kept, or its end; raises the error of a failed one, with the ids by which it can be found."""
    turn: replies.Turn = await reply.end() if wait else reply.turn
    conversation_id = ids.show_id(ids.CONVERSATION, reply.conversation_id)
    failure = failure_of(turn) if wait else None
    if failure is not None:
        failure.details |= {"turn_id": ids.show_id(ids.TURN, turn.id), "conversation_id": conversation_id}
        raise failure
    return ChatPayload(turn=Turn.of(turn), conversation_id=conversation_id)
