"""The schema's view of what the accounts offer."""

from typing import Self

import strawberry
from strawberry import field

from backend.api.graphql.context import Info, resolver
from backend.upstream import protocol


@strawberry.type(description="A model that the built-in accounts offer.")
class Model:
    name: str = field(description="Its name: send it as `model`.")
    title: str = field(description="What people call it.")
    context: int | None = field(description="Its window in tokens, where it is known.")

    @classmethod
    def of(cls, model: protocol.Model) -> Self:
        return cls(name=model.name, title=model.title, context=model.context)


@strawberry.type
class ModelQueries:
    @resolver(
        "The models of the built-in accounts that you may use, by name.  An account is asked at most every ten "
        "minutes; one that does not answer adds nothing, and where none does the error says why."
    )
    async def models(self, info: Info) -> list[Model]:
        return [Model.of(model) for model in await info.context.gateway.accounts.models(info.context.caller)]
