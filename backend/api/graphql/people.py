"""Users and keys as the schema shows them."""

import enum
from datetime import datetime
from typing import Annotated, Self

import strawberry
from strawberry import ID, Private, argument, enum_value, field

from backend.api.graphql.context import Info, resolver
from backend.api.graphql.types import time_of, time_or_none
from backend.api.graphql.use_totals import UseTotals, values_of
from backend.domain import ids, keys
from backend.domain.access import Action, Caller, may, oversees
from backend.domain.users import ListedUser, Owner, has_plus, may_call
from backend.errors import NotFound


@strawberry.enum(description="What a user may do.")
class Role(enum.Enum):
    ADMIN = enum_value("admin", description="Everything, for everyone.")
    CLIENT = enum_value("client", description="A program that chats, and makes and removes users of its own.")
    USER = enum_value("user", description="Chats and sees its own conversations.")


@strawberry.type(description="A key of a user.  The key itself was shown once and is not kept.")
class Key:
    id: ID = field(description="Its id, which is no secret.")
    name: str = field(description="Its name.")
    prefix: str = field(description="How it begins, to recognise it by.")
    created_at: datetime = field(description="When it was issued.")
    expires_at: datetime | None = field(description="When it expires; null if it does not.")
    last_used_at: datetime | None = field(description="When it was last used; null if it never was.")
    current: bool = field(
        description="Whether it is the key behind this request, or with which this browser was signed in."
    )
    viewer_can_revoke: bool = field(description="Whether you may revoke it.")

    @classmethod
    def of(cls, key: keys.Key, current: int) -> Self:
        """`current` is the id of the key behind the request."""
        return cls(
            id=ID(ids.show_id(ids.KEY, key.id)),
            name=key.name,
            prefix=key.shown_prefix,
            created_at=time_of(key.created_at),
            expires_at=time_or_none(key.expires_at),
            last_used_at=time_or_none(key.last_used_at),
            current=key.id == current,
            viewer_can_revoke=True,  # whoever is shown a key may revoke it
        )


@strawberry.type(description="A person or program that may call.")
class User:
    id: ID = field(description="The user's id.")
    name: str = field(description="The user's name.")
    role: Role = field(description="The user's role.")
    plus: bool = field(description="Whether it has the right to be answered by built-in Plus accounts.")
    may_use_plus: bool = field(description="Whether they do answer it: its owner must have the right too.")
    external_id: str | None = field(description="The id by which its owner knows it.")
    created_at: datetime = field(description="When it was created.")
    disabled_at: datetime | None = field(description="Since when it is disabled; null if it is not.")
    may_call: bool = field(
        description="Whether its keys work: neither it is disabled nor, where a client made it, that client."
    )
    last_used_at: datetime | None = field(description="When a key of it was last used; null if none ever was.")
    viewer_can_change: bool = field(description="Whether you may change it.")
    viewer_can_remove: bool = field(description="Whether you may remove it.")
    removed_at: datetime | None = field(
        description="When it was removed: no list has it any more, but what it used is still told."
    )
    row: Private[ListedUser]

    @resolver("What it used, by itself, in whole hours.")
    async def use(
        self,
        info: Info,
        from_: Annotated[
            datetime | None, argument(name="from", description="Where the span begins; null for the beginning.")
        ] = None,
        to: Annotated[datetime | None, argument(description="Where it ends; null for now.")] = None,
    ) -> UseTotals:
        counts = await info.context.gateway.use.totals(info.context.caller, self.row, from_, to)
        return UseTotals(**values_of(counts))

    @resolver("The admin or client that made it; null where it was made at the console, or that is not yours to see.")
    async def owner(self, info: Info) -> Self | None:
        owner = self.row.owner
        if owner is None:
            return None
        try:
            shown_id = ids.show_id(ids.USER, owner.id)
            return self.of(await info.context.gateway.users.get(info.context.caller, shown_id), info.context.caller)
        except NotFound:
            return None

    @resolver("Its keys that were not revoked, the newest first: at most 200.")
    async def keys(self, info: Info) -> list[Key]:
        caller, keys = info.context.caller, info.context.gateway.keys
        current = await keys.signed_in_with(caller)
        return [Key.of(key, current) for key in await keys.of_user(caller, self.row)]

    @classmethod
    def of(cls, listed: ListedUser, caller: Caller) -> Self:
        user, owner = listed.user, listed.owner
        above = None if owner is None else Owner(owner.role, owner.plus, owner.disabled_at, owner.removed_at)
        changeable = oversees(caller, user.id, user.owner_id)
        return cls(
            id=ID(ids.show_id(ids.USER, user.id)),
            name=user.name,
            role=Role(user.role),
            plus=user.plus,
            may_use_plus=has_plus(user, above),
            external_id=user.external_id,
            created_at=time_of(user.created_at),
            disabled_at=time_or_none(user.disabled_at),
            may_call=may_call(user, above),
            last_used_at=time_or_none(listed.last_used_at),
            viewer_can_change=changeable,
            viewer_can_remove=changeable,
            removed_at=time_or_none(user.removed_at),
            row=listed,
        )


@strawberry.type(description="The user behind the key that was sent, and what it may do.")
class Viewer:
    id: ID = field(description="The user's id.")
    name: str = field(description="The user's name.")
    role: Role = field(description="The user's role.")
    plus: bool = field(description="Whether built-in Plus accounts may answer this user.")
    viewer_can_issue_keys: bool = field(description="Whether this key may issue keys to new users.")
    viewer_can_issue_client_keys: bool = field(description="Whether this key may issue keys to clients and admins.")
    viewer_can_see_users: bool = field(description="Whether this key may see users other than its own.")
    viewer_can_see_accounts: bool = field(description="Whether this key may see the accounts.")
    viewer_can_manage_accounts: bool = field(description="Whether this key may look after the accounts.")

    @resolver("The user, as others would see it.")
    async def user(self, info: Info) -> User:
        return User.of(await info.context.gateway.users.get(info.context.caller), info.context.caller)

    @resolver("The user's keys that were not revoked, the newest first: at most 200.")
    async def keys(self, info: Info) -> list[Key]:
        context = info.context
        listed = await context.gateway.users.get(context.caller)
        current = await context.gateway.keys.signed_in_with(context.caller)
        return [Key.of(key, current) for key in await context.gateway.keys.of_user(context.caller, listed)]

    @resolver("In how many browsers the user is signed in.")
    async def sessions(self, info: Info) -> int:
        return await info.context.gateway.keys.sessions(info.context.caller)

    @classmethod
    def of(cls, caller: Caller) -> Self:
        return cls(
            id=ID(ids.show_id(ids.USER, caller.user_id)),
            name=caller.name,
            role=Role(caller.role),
            plus=caller.plus,
            viewer_can_issue_keys=may(caller, Action.ISSUE_KEYS),
            viewer_can_issue_client_keys=may(caller, Action.ISSUE_CLIENT_KEYS),
            viewer_can_see_users=may(caller, Action.READ_USERS),
            viewer_can_see_accounts=may(caller, Action.READ_ACCOUNTS),
            viewer_can_manage_accounts=may(caller, Action.MANAGE_ACCOUNTS),
        )
