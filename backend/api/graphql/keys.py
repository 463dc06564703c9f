"""What can be done with keys."""

from datetime import datetime
from typing import Annotated, cast

import strawberry
from strawberry import ID, UNSET, argument, field

from backend.api.graphql.context import Info, resolver
from backend.api.graphql.people import Key, Role, User
from backend.domain import access
from backend.domain.ids import USER, show_id
from backend.errors import InvalidInput

EXPIRES_AT = "When the key expires, with its offset from UTC; null if it does not."
KEY_NAME = "The key's name, 1 to 100 characters."


@strawberry.input(description="The user to create, who gets the key.")
class IssueKeyInput:
    name: str = field(description="The user's name, 1 to 200 characters.")
    role: Role = field(default=Role.USER, description="The user's role; clients and admins are made by admins alone.")
    plus: bool = field(
        default=False, description="Whether built-in Plus accounts may answer it; your own key must include them."
    )
    external_id: str | None = field(default=None, description="Your own id for the user, 1 to 200 characters.")
    key_name: str = field(default="first key", description=KEY_NAME)
    expires_at: datetime | None = field(default=None, description=EXPIRES_AT)


@strawberry.input(description="One more key of a user.")
class AddKeyInput:
    user_id: ID | None = field(default=None, description="The user's id; null for your own user.")
    name: str = field(description=KEY_NAME)
    expires_at: datetime | None = field(
        default=None, description=EXPIRES_AT + "  For yourself no later than the key that you use now."
    )


@strawberry.input(description="What to change of a key; what is not sent stays as it is.")
class RenameKeyInput:
    id: ID = field(description="The key's id.")
    name: str | None = field(default=None, description=KEY_NAME)
    expires_at: datetime | None = field(default=UNSET, description=EXPIRES_AT)


@strawberry.input(description="Which key to revoke.")
class RevokeKeyInput:
    id: ID = field(description="The key's id.")


@strawberry.type(description="A new user and its key.")
class IssueKeyPayload:
    key: str = field(description="The key.  It is shown this once and not kept.")
    user: User = field(description="The user.")
    issued: Key = field(description="What is kept of the key.")


@strawberry.type(description="A new key.")
class AddKeyPayload:
    key: str = field(description="The key.  It is shown this once and not kept.")
    issued: Key = field(description="What is kept of it.")


@strawberry.type(description="A key as it now is.")
class RenameKeyPayload:
    key: Key = field(description="The key.")


@strawberry.type(description="A key that was revoked.")
class RevokeKeyPayload:
    id: ID = field(description="The id that was sent.")


@strawberry.type(description="What came of signing out everywhere.")
class SignOutEverywherePayload:
    sessions: int = field(description="In how many browsers you were signed in.")


@strawberry.type(description="What can be done with keys.")
class KeyMutations:
    @resolver("Create a user of yours and issue its first key.  For admins and clients.")
    async def issue_key(
        self, info: Info, input: Annotated[IssueKeyInput, argument(description="The user.")]
    ) -> IssueKeyPayload:
        caller, gateway = info.context.caller, info.context.gateway
        issued = await gateway.keys.issue(
            caller,
            input.name,
            cast(access.Role, input.role.value),
            plus=input.plus,
            external_id=input.external_id,
            key_name=input.key_name,
            expires_at=micros_of(input.expires_at),
        )
        listed = await gateway.users.get(caller, show_id(USER, issued.user.id))
        return IssueKeyPayload(key=issued.key, user=User.of(listed, caller), issued=Key.of(issued.kept, caller.key_id))

    @resolver("Issue one more key: to yourself, or to a user that you may change.")
    async def add_key(
        self, info: Info, input: Annotated[AddKeyInput, argument(description="The key.")]
    ) -> AddKeyPayload:
        caller = info.context.caller
        issued = await info.context.gateway.keys.add(caller, input.user_id, input.name, micros_of(input.expires_at))
        return AddKeyPayload(key=issued.key, issued=Key.of(issued.kept, caller.key_id))

    @resolver("Change a key's name, or when it expires: of your own, or of a user that you may change.")
    async def rename_key(
        self, info: Info, input: Annotated[RenameKeyInput, argument(description="The key and what to change.")]
    ) -> RenameKeyPayload:
        expiry = input.expires_at is not UNSET
        expires_at = micros_of(input.expires_at) if expiry else None
        caller = info.context.caller
        key = await info.context.gateway.keys.rename(caller, input.id, input.name, expires_at, expiry=expiry)
        return RenameKeyPayload(key=Key.of(key, await info.context.gateway.keys.signed_in_with(caller)))

    @resolver(
        "Revoke a key of your own, or of a user that you may change.  It stops to work at once, the browsers that were "
        "signed in with it are signed out, and what goes on by it ends."
    )
    async def revoke_key(
        self, info: Info, input: Annotated[RevokeKeyInput, argument(description="The key.")]
    ) -> RevokeKeyPayload:
        await info.context.gateway.keys.revoke(info.context.caller, input.id)
        return RevokeKeyPayload(id=input.id)

    @resolver("Sign yourself out in every browser, this one with them.  Your keys go on working.")
    async def sign_out_everywhere(self, info: Info) -> SignOutEverywherePayload:
        return SignOutEverywherePayload(
            sessions=await info.context.gateway.keys.sign_out_everywhere(info.context.caller)
        )


def micros_of(moment: datetime | None) -> int | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise InvalidInput("`expiresAt` needs an offset from UTC, as in 2030-01-31T18:00:00Z.", field="expiresAt")
    return int(moment.timestamp() * 1_000_000)
