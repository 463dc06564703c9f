"""Who may do what: one table, read by every gateway method before anything else."""

import enum
from dataclasses import dataclass
from typing import Final, Literal

from backend.errors import NotAllowed

Role = Literal["admin", "client", "user"]
ROLES: Final[tuple[Role, ...]] = ("admin", "client", "user")


class Action(enum.Enum):
    CHAT = "send prompts"
    READ_CONVERSATIONS = "read conversations"
    ORGANIZE_CONVERSATIONS = "rename, pin, archive and tag conversations"
    REMOVE_CONVERSATIONS = "remove conversations"
    IMPORT_CONVERSATIONS = "import conversations"
    RETRIEVE_ACCESS_TOKEN = "retrieve an access token"  # noqa: S105  the name of an action
    READ_USERS = "list users"
    ISSUE_KEYS = "issue keys"
    ISSUE_CLIENT_KEYS = "issue keys of clients"
    READ_ACCOUNTS = "see the accounts"
    MANAGE_ACCOUNTS = "look after the accounts"
    MANAGE_USERS = "change users"
    MANAGE_OWN_KEYS = "look after their own keys"
    READ_USE = "see what was used"
    READ_SELF = "see their own user"
    SIGN_OUT = "sign out"


_USER: Final = frozenset(
    {
        Action.CHAT,
        Action.READ_CONVERSATIONS,
        Action.ORGANIZE_CONVERSATIONS,
        Action.REMOVE_CONVERSATIONS,
        Action.IMPORT_CONVERSATIONS,
        Action.RETRIEVE_ACCESS_TOKEN,
        Action.READ_SELF,
        Action.READ_USE,
        Action.MANAGE_OWN_KEYS,
        Action.SIGN_OUT,
    }
)
_CLIENT: Final = _USER | {Action.READ_USERS, Action.ISSUE_KEYS, Action.MANAGE_USERS}
RIGHTS: Final[dict[Role, frozenset[Action]]] = {"user": _USER, "client": _CLIENT, "admin": frozenset(Action)}

ON_OTHERS: Final = frozenset({Action.READ_CONVERSATIONS, Action.REMOVE_CONVERSATIONS})
"""What is done to conversations of others too, as far as the caller may look at them; all else to its own alone."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The user behind the request at hand.

    `key_id` is the key, session or link that proved it.  `plus` is whether built-in Plus accounts may serve it.
    `client_id` is set where a client acts for one of its own users: the caller is then that user.
    """

    user_id: int
    key_id: int
    name: str
    role: Role
    plus: bool
    owner_id: int | None = None
    external_id: str | None = None
    client_id: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows a query may see.  `own`: the user's; `branch`: also those of users it owns; `all`: everyone's."""

    reach: Literal["own", "branch", "all"]
    user_id: int


def may(caller: Caller, action: Action) -> bool:
    return action in RIGHTS[caller.role]


def require(caller: Caller, action: Action) -> None:
    """Raise `NotAllowed` unless the caller's role includes the action."""
    if action not in RIGHTS[caller.role]:
        raise NotAllowed(
            f"This key's role ({caller.role}) may not {action.value}.", action=action.name.lower(), mistake="role"
        )


def own(caller: Caller) -> Scope:
    return Scope("own", caller.user_id)


def widest(caller: Caller) -> Scope:
    """All that the caller may look at: an admin everything, a client its branch, a user its own."""
    reach: dict[Role, Literal["own", "branch", "all"]] = {"admin": "all", "client": "branch", "user": "own"}
    return Scope(reach[caller.role], caller.user_id)


def reach(caller: Caller, action: Action) -> Scope:
    """Whose conversations the caller may do that with."""
    return widest(caller) if action in ON_OTHERS else own(caller)


def reaches(caller: Caller, action: Action, user_id: int) -> bool:
    """Likewise: whether a conversation of that user, which the caller may look at, is among them."""
    return may(caller, action) and (action in ON_OTHERS or user_id == caller.user_id)


def oversees(caller: Caller, user_id: int, owner_id: int | None) -> bool:
    """Whether the caller may change a user: an admin everyone, a client those that it made."""
    return caller.role == "admin" or (
        caller.role == "client" and owner_id == caller.user_id and user_id != caller.user_id
    )


def may_grant(caller: Caller, role: Role, plus: bool) -> None:
    """Raise `NotAllowed` unless the caller may make a user like that: a child's rights never exceed its owner's."""
    if role != "user":
        require(caller, Action.ISSUE_CLIENT_KEYS)
    if plus and not caller.plus:
        raise NotAllowed(
            "You cannot allow Plus accounts to others: your own key does not include them.",
            action="plus",
            mistake="plus_not_yours",
        )
