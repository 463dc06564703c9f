"""The models that a caller may ask for, by GraphQL."""

from tests.api.graphql_client import chat, data
from tests.driver import PLUS, Cast, Running

MODELS = "{ models { name title context } }"
FREE_MODEL = {"name": "rehearsal", "title": "Rehearsal (no model)", "context": 8191}


async def test_who_has_plus_is_offered_the_models_of_plus_accounts(server: Running, cast: Cast) -> None:
    offered = (await data(server, cast.plus, MODELS))["models"]
    assert [model["name"] for model in offered] == ["rehearsal", "rehearsal-plus"]
    payload = await chat(server, cast.plus, "hello", plan="PLUS", model="rehearsal-plus")
    assert payload["turn"]["model"] == "rehearsal-plus"


async def test_an_account_is_asked_once_for_many_callers(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    for key in (cast.plus, cast.admin, cast.plus):
        await data(server, key, MODELS)
    asked = [seen.account for seen in server.fake.requests if seen.endpoint == "models"]
    assert len(asked) == len(set(asked))


async def test_a_stranger_is_offered_no_models_of_plus_accounts(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    assert (await data(server, cast.stranger, MODELS))["models"] == [FREE_MODEL]
    assert not {seen.account for seen in server.fake.requests if seen.endpoint == "models"} & set(PLUS)
    async with server.client() as nobody:
        assert (await nobody.post("/graphql", json={"query": MODELS})).status_code == 401
