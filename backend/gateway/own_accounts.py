"""Callers' own accounts, by access token, which is kept in memory while its account is in use, never in the record."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from backend import errors
from backend.domain.access import Caller
from backend.domain.accounts import Plan
from backend.domain.conversations import Conversation
from backend.gateway.account_pool import AccountPool
from backend.gateway.wishes import Wish
from backend.storage.accounts import Accounts
from backend.upstream.protocol import Upstream

NOT_GIVEN: Final = (
    "This conversation was begun with your own account. Send its access token to go on. Nothing was sent."
)
MOST_KEPT: Final = 200  # own accounts whose connections are kept open


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """`plus` chooses the model.  The token is not shown in a repr."""

    access_token: str = field(repr=False)
    plus: bool = False


class OwnAccounts:
    def __init__(
        self,
        pool: AccountPool,
        accounts: Accounts,
        connect: Callable[[str, bool], Upstream],
        fingerprint: Callable[[str], str | None],
        clock: Callable[[], float],
    ) -> None:
        self._pool = pool
        self._accounts = accounts
        self._connect = connect
        self._fingerprint = fingerprint
        self._clock = clock
        self._kept: OrderedDict[int, None] = OrderedDict()

    async def ready(self, caller: Caller, own: OwnAccount, expected: int | None = None) -> int:
        """The id of the token's account, which the pool now holds.

        `expected` is the account of a conversation that goes on: a token of another account is refused, and so is any
        token where that account is a built-in one.
        """
        if expected is not None:
            known = await self._accounts.by_id(expected)
            if known is None or known.owner_id is None:
                raise errors.AccessTokenNotExpected(
                    "This conversation was begun on a built-in account. Leave the access token out to go on. "
                    "Nothing was sent."
                )
            fingerprint = self._identified(own)
            if known.owner_id != caller.user_id or known.fingerprint != fingerprint:
                raise errors.AccountUnavailable(
                    "This access token belongs to another account than the one that began this conversation. "
                    "Nothing was sent."
                )
            account = known
        else:
            fingerprint = self._identified(own)
            name = f"own-{fingerprint[:8]}"
            account = await self._accounts.ensure(
                name, "chatgpt", own.plus, caller.user_id, fingerprint, int(self._clock() * 1_000_000)
            )
        as_given = f"{own.access_token} {'plus' if own.plus else 'free'}"  # which chooses the model
        if not self._pool.holds(account.id, as_given):
            await self._pool.replace_token(account, self._connect(own.access_token, own.plus), 1, as_given)
        self._kept[account.id] = None
        self._kept.move_to_end(account.id)
        while len(self._kept) > MOST_KEPT and await self._pool.let_go(next(iter(self._kept))):
            self._kept.popitem(last=False)
        return account.id

    async def pinned(self, caller: Caller, conversation: Conversation, plan: Plan, given: OwnAccount | None) -> Wish:
        """The conversation's account, whoever's it is, or the reason why the conversation cannot go on."""
        if conversation.account_id is None:
            if conversation.of_own_account:
                if given is None:
                    raise errors.AccessTokenRequired(NOT_GIVEN)
                # Which account that was, nobody kept: it is the one whose upstream knows the conversation.
                return Wish(account_id=await self.ready(caller, given))
            if conversation.imported_from is not None:
                raise errors.AccountUnavailable(
                    "This conversation was imported, and no account here knows it. It can go on elsewhere: in a new "
                    "conversation that is told what was said. Nothing was sent."
                )
            return Wish(plan, caller.plus)
        if given is not None:
            return Wish(account_id=await self.ready(caller, given, conversation.account_id))
        account = self._pool.account(conversation.account_id)
        if (account is not None and account.owner_id is not None) or (
            account is None and await self._is_one(conversation.account_id)
        ):
            raise errors.AccessTokenRequired(NOT_GIVEN)
        if account is None:
            raise errors.AccountUnavailable(
                "The account that began this conversation is no longer available, and no other one may go on with it. "
                "Nothing was sent."
            )
        return Wish(account_id=account.id)

    async def has_one(self, conversation: Conversation) -> bool:
        """Whether there is an account that may go on with it, or there may be with its token."""
        if conversation.account_id is None:
            return conversation.imported_from is None or conversation.of_own_account
        return self._pool.account(conversation.account_id) is not None or await self._is_one(conversation.account_id)

    def _identified(self, own: OwnAccount) -> str:
        """The fingerprint of what may be a token.  Anything else is refused before an upstream is asked."""
        fingerprint = self._fingerprint(own.access_token)
        if fingerprint is None:
            raise errors.InvalidInput(
                "This is no access token: one has three parts with dots between them and begins with `ey`. Copy it "
                "whole. Nothing was sent.",
                field="accessToken",
                mistake="no_token",
            )
        return fingerprint

    async def _is_one(self, account_id: int) -> bool:
        known = await self._accounts.by_id(account_id)
        return known is not None and known.owner_id is not None
