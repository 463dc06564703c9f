"""What can be read of users, and done with them."""

from typing import Annotated, cast

import strawberry
from strawberry import ID, argument, field

from backend.api.graphql.context import Info, resolver
from backend.api.graphql.people import Role, User, Viewer
from backend.api.graphql.types import After, Connection, First, edges_of
from backend.domain import access
from backend.domain.users import UserChange
from backend.errors import NotFound
from backend.gateway.users import UserSearch


def role_of(role: Role | None) -> access.Role | None:
    return None if role is None else cast(access.Role, role.value)


@strawberry.input(description="Which users; what is null says nothing.")
class UserFilter:
    text: str | None = field(
        default=None,
        description="What the name or the external id has in it, in any case; those that begin with it come first.",
    )
    role: Role | None = field(default=None, description="The role.")
    owner_id: ID | None = field(default=None, description="The id of the admin or client that made them.")
    disabled: bool | None = field(default=None, description="Whether they are disabled.")


@strawberry.input(description="What to change of a user; what is null stays as it is.")
class ChangeUserInput:
    id: ID = field(description="The user's id.")
    name: str | None = field(default=None, description="The user's name, 1 to 200 characters.")
    role: Role | None = field(default=None, description="The user's role.  For admins.")
    plus: bool | None = field(
        default=None, description="Whether built-in Plus accounts may answer it; your own key must include them."
    )
    disabled: bool | None = field(
        default=None,
        description="Whether its keys, and with a client those of its users, stop to work.  Replies that are being "
        "written stop, and what was written is kept.",
    )


@strawberry.input(description="Which user to remove.")
class RemoveUserInput:
    id: ID = field(description="The user's id.")


@strawberry.type(description="A user as it now is.")
class ChangeUserPayload:
    user: User = field(description="The user.")


@strawberry.type(description="A user that was removed.")
class RemoveUserPayload:
    id: ID = field(description="The id that was sent.")


@strawberry.type(description="What can be read of users.")
class UserQueries:
    @resolver("The user behind the key that was sent.")
    def viewer(self, info: Info) -> Viewer:
        return Viewer.of(info.context.caller)

    @resolver(
        "The users that you may see: an admin everybody, a client those that it made, a user itself.  Newest first; "
        "with `text` in the order of the name or id that begins with it."
    )
    async def users(
        self,
        info: Info,
        first: First = 30,
        after: After = None,
        filter: Annotated[UserFilter | None, argument(description="Which of them.")] = None,
    ) -> Connection[User]:
        caller, wanted = info.context.caller, UserSearch()
        if filter is not None:
            wanted = UserSearch(filter.text, role_of(filter.role), filter.owner_id, filter.disabled)
        page = await info.context.gateway.users.page(caller, first, after, wanted)
        return edges_of(page, [User.of(listed, caller) for listed in page.items])

    @resolver("One user; null where there is none of that id among those you may see.")
    async def user(self, info: Info, id: Annotated[ID, argument(description="The user's id.")]) -> User | None:
        try:
            return User.of(await info.context.gateway.users.get(info.context.caller, id), info.context.caller)
        except NotFound:
            return None


@strawberry.type(description="What can be done with users.")
class UserMutations:
    @resolver("Change a user.  What it may do applies from its next prompt on.  For admins, and clients with theirs.")
    async def change_user(
        self, info: Info, input: Annotated[ChangeUserInput, argument(description="The user and what to change.")]
    ) -> ChangeUserPayload:
        change = UserChange(input.name, role_of(input.role), input.plus, input.disabled)
        caller = info.context.caller
        return ChangeUserPayload(
            user=User.of(await info.context.gateway.users.change(caller, input.id, change), caller)
        )

    @resolver(
        "Remove a user, and with a client the users that it made.  Their keys stop to work and what goes on by them "
        "ends at once; replies that are being written stop.  Conversations are kept.  For admins, and clients with "
        "theirs."
    )
    async def remove_user(
        self, info: Info, input: Annotated[RemoveUserInput, argument(description="The user.")]
    ) -> RemoveUserPayload:
        await info.context.gateway.users.remove(info.context.caller, input.id)
        return RemoveUserPayload(id=input.id)
