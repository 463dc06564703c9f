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
