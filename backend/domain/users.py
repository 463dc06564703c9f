"""Users: the people and programs that may call."""

from dataclasses import dataclass

from backend.domain.access import Role


@dataclass(frozen=True, slots=True)
class User:
    """`owner_id` is the admin or client that created it, None for those made at the console.

    `external_id` is the id by which its owner knows it, unique among that owner's users.  Times are microseconds since
    the epoch.
    """

    id: int
    name: str
    role: Role
    plus: bool
    owner_id: int | None
    external_id: str | None
    created_at: int
    disabled_at: int | None = None
    removed_at: int | None = None


@dataclass(frozen=True, slots=True)
class ListedUser:
    """`last_used_at` is that of the key that was used last, in microseconds since the epoch."""

    user: User
    owner: User | None
    last_used_at: int | None


@dataclass(frozen=True, slots=True)
class UserFilter:
    """None: any.  `text` is the beginning of the name or of the external id."""

    text: str | None = None
    role: Role | None = None
    owner_id: int | None = None
    disabled: bool | None = None


@dataclass(frozen=True, slots=True)
class UserChange:
    """None: as it is."""

    name: str | None = None
    role: Role | None = None
    plus: bool | None = None
    disabled: bool | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """What a user's own rights depend on."""

    role: Role
    plus: bool
    disabled_at: int | None
    removed_at: int | None


def may_call(user: User, owner: Owner | None) -> bool:
    """A client's users go with it.  What an admin made is the organization's, and stays when the admin goes."""
    if user.disabled_at is not None or user.removed_at is not None:
        return False
    return owner is None or owner.role == "admin" or (owner.disabled_at is None and owner.removed_at is None)


def has_plus(user: User, owner: Owner | None) -> bool:
    """Its own right, as far as its owner has it: a child's rights never exceed its owner's."""
    return user.plus and (owner is None or owner.plus)
