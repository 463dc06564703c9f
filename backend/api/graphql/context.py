"""What a resolver has at hand, and how one is marked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import strawberry

from backend.domain.access import Caller
from backend.gateway import Gateway


@dataclass(frozen=True, slots=True)
class Context:
    caller: Caller
    gateway: Gateway


Info = strawberry.Info[Context, None]

Resolver = TypeVar("Resolver", bound=Callable[..., Any])


def resolver(description: str, *, subscription: bool = False) -> Callable[[Resolver], Resolver]:
    """A method that gives a field's value.  Strawberry's own decorators have no types."""
    mark = strawberry.subscription if subscription else strawberry.field
    return cast(Callable[[Resolver], Resolver], mark(description=description))
