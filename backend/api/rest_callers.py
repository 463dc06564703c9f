"""Who speaks through the legacy doors: a user, or a client for one of its own users.

A key comes as the parameter `user`, `client` or `admin`, or in the header `Authorization: Bearer`.  The header stands
for `user` and wins over it.  Where it repeats the key given as `client` or `admin`, it says nothing new; where
`user_id` is given without any of the three, it stands for the client or admin.  The header `X-User-Id` does what it
does at the other doors where no parameter names a user, and must not name another one than they do.  Browser sessions
do not count here: a page of another site could make a browser send a GET.
"""

from dataclasses import dataclass, replace
from typing import Final

from backend.api.authentication import Authenticator, Named
from backend.api.rest_parameters import Parameters
from backend.domain.access import Caller
from backend.domain.ids import USER, show_id
from backend.errors import InvalidInput, NotAuthenticated, NotFound

SELF: Final = "self"
NO_KEY: Final = "No key was sent. Send it in the header (Authorization: Bearer YOUR_KEY) or as the parameter `user`."
ALL_THREE: Final = (
    "With `client`, send either `user` (the key of one of your users) "
    "or all of `user_id`, `username` and `user_id_plus`."
)
USER_OR_ID: Final = "Beside that key, send either `user` (the key of one of your users) or `user_id`."
DIFFERENT: Final = "`user_id` and the header X-User-Id name different users. Send one of them."
BOTH: Final = "`user` and the header X-User-Id both name a user. Send one of them."
NO_SUCH_USER: Final = "There is no such user among yours."


@dataclass(frozen=True, slots=True)
class Speaker:
    """`client` is `self`, or the id of the client that speaks for the user."""

    caller: Caller
    client: str = SELF


class Callers:
    def __init__(self, authenticator: Authenticator) -> None:
        self._authenticator = authenticator

    async def chatting(self, parameters: Parameters) -> Speaker:
        """For a prompt: a client's user that is not there yet is created."""
        user, client = keys_of(parameters, ("client",), names_a_user(parameters))
        if client is None:
            return await self._speaking(await self._by_key(user), parameters.named)
        owner = await self._by_key(client)
        if user is not None:
            return await self._own(owner, user)
        user_id, name, plus = parameters.text("user_id"), parameters.text("username"), parameters.flag("user_id_plus")
        if user_id is None and parameters.named is not None:
            return await self._speaking(owner, parameters.named)
        if user_id is None or name is None or plus is None:
            raise InvalidInput(ALL_THREE, field="user_id")
        return await self._speaking(owner, Named(user_id, name, plus))

    async def recalling(self, parameters: Parameters) -> Caller:
        user, client = keys_of(parameters, ("client",), parameters.text("user_id") is not None)
        if client is None:
            return (await self._speaking(await self._by_key(user), parameters.named)).caller
        owner = await self._by_key(client)
        if user is not None:
            return (await self._own(owner, user)).caller
        return await self._by_id(owner, parameters)

    async def removing(self, parameters: Parameters) -> Caller:
        """Whose conversation goes."""
        user, other = keys_of(parameters, ("admin", "client"), parameters.text("user_id") is not None)
        if other is None:
            return (await self._speaking(await self._by_key(user), parameters.named)).caller
        owner = await self._by_key(other)
        if user is not None:
            return await self._by_key(user) if owner.role == "admin" else (await self._own(owner, user)).caller
        return await self._by_id(owner, parameters)

    async def issuing(self, parameters: Parameters) -> Caller:
        key = parameters.header_key or parameters.key("admin") or parameters.key("client")
        return (await self._speaking(await self._by_key(key), parameters.named)).caller

    async def retrieving(self, parameters: Parameters) -> Caller:
        key = parameters.header_key or parameters.key("user")
        return (await self._speaking(await self._by_key(key), parameters.named)).caller

    async def _by_key(self, key: str | None) -> Caller:
        if key is None:
            raise NotAuthenticated(NO_KEY)
        return await self._authenticator.by_key(key)

    async def _speaking(self, caller: Caller, named: Named | None) -> Speaker:
        speaker = await self._authenticator.acting(caller, named)
        return Speaker(speaker, SELF if named is None else shown(caller))

    async def _by_id(self, owner: Caller, parameters: Parameters) -> Caller:
        user_id = parameters.text("user_id")
        if user_id is None and parameters.named is not None:
            user_id = parameters.named.user_id
        if user_id is None:
            raise InvalidInput(USER_OR_ID, field="user_id")
        return await self._authenticator.own_user(owner, user_id)

    async def _own(self, owner: Caller, key: str) -> Speaker:
        caller = await self._authenticator.by_key(key)
        if caller.user_id == owner.user_id:
            return Speaker(caller)
        if caller.owner_id != owner.user_id:
            raise NotFound(NO_SUCH_USER)
        return Speaker(replace(caller, client_id=owner.user_id), shown(owner))


def names_a_user(parameters: Parameters) -> bool:
    """Whether all that a client says of its own user is there."""
    said = parameters.text("user_id") is not None and parameters.text("username") is not None
    return said and parameters.flag("user_id_plus") is not None


def keys_of(parameters: Parameters, others: tuple[str, ...], names_user: bool) -> tuple[str | None, str | None]:
    """The user's key and the client's or admin's, by the rules above."""
    header, user = parameters.header_key, parameters.key("user")
    other = next((key for key in map(parameters.key, others) if key is not None), None)
    if names_user and header is not None and user is None and other is None:
        user, other = None, header
    elif header not in (None, other):
        user = header
    check_header(parameters, beside_key=user is not None and other is not None)
    return user, other


def check_header(parameters: Parameters, *, beside_key: bool) -> None:
    """Raise `InvalidInput` where the header `X-User-Id` names another user than the parameters do, or stands beside the
    key of one."""
    named, user_id = parameters.named, parameters.text("user_id")
    if named is None:
        return
    if user_id is not None and user_id != named.user_id:
        raise InvalidInput(DIFFERENT, field="user_id")
    if beside_key:
        raise InvalidInput(BOTH, field="user")


def shown(owner: Caller) -> str:
    return owner.external_id or show_id(USER, owner.user_id)
