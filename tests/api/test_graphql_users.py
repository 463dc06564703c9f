"""Users by GraphQL: listed, changed, removed, each within the caller's own branch."""

from typing import Any

import pytest

from tests.api.graphql_client import Json, chat, code, data, execute
from tests.driver import Cast, Running

USERS = """query ($first: Int! = 30, $after: String, $filter: UserFilter) { users(first: $first, after: $after,
  filter: $filter) { edges { node { id name role plus mayUsePlus mayCall externalId disabledAt lastUsedAt
  viewerCanChange viewerCanRemove owner { name } keys { name prefix } } } pageInfo { hasNextPage endCursor } } }"""
CHANGE = "mutation ($input: ChangeUserInput!) { changeUser(input: $input) { user { name role plus disabledAt } } }"
REMOVE = "mutation ($id: ID!) { removeUser(input: {id: $id}) { id } }"
ISSUE = "mutation ($input: IssueKeyInput!) { issueKey(input: $input) { key user { id } issued { name expiresAt } } }"


async def users(server: Running, key: str, **variables: object) -> list[Json]:
    return [edge["node"] for edge in (await data(server, key, USERS, **variables))["users"]["edges"]]


async def names(server: Running, key: str, **wanted: object) -> set[str]:
    return {user["name"] for user in await users(server, key, filter=wanted)}


async def id_of(server: Running, key: str, name: str) -> str:
    [user] = [user for user in await users(server, key, filter={"text": name}) if user["name"] == name]
    found: str = user["id"]
    return found


async def test_each_sees_its_own_branch(server: Running, cast: Cast) -> None:
    assert await names(server, cast.admin) >= {"ada", "bot", "uma", "pia", "sam"}
    assert await names(server, cast.client) == {"uma"}
    assert await names(server, cast.user) == {"uma"}
    [uma] = await users(server, cast.client)
    assert (uma["role"], uma["externalId"], uma["owner"], uma["mayCall"]) == ("USER", "uma-7", {"name": "bot"}, True)
    assert (uma["viewerCanChange"], uma["viewerCanRemove"]) == (True, True)
    assert uma["lastUsedAt"] is not None  # she listed herself above
    [key] = uma["keys"]
    assert cast.user.startswith(key["prefix"])
    [uma] = await users(server, cast.user)
    assert (uma["owner"], uma["viewerCanChange"], uma["viewerCanRemove"]) == (None, False, False)


async def test_filters_and_pages(server: Running, cast: Cast) -> None:
    assert await names(server, cast.admin, text="UM") == {"uma"}
    assert await names(server, cast.admin, text="uma-") == {"uma"}
    assert await names(server, cast.admin, role="CLIENT") == {"bot"}
    bot = await id_of(server, cast.admin, "bot")
    assert await names(server, cast.admin, ownerId=bot) == {"uma"}
    assert await names(server, cast.admin, ownerId="nobody") == await names(server, cast.admin, disabled=True) == set()
    for wanted in ({}, {"text": ""}, {"disabled": False}, {"role": "USER"}):
        whole = [user["id"] for user in await users(server, cast.admin, filter=wanted)]
        seen: list[str] = []
        after: Any = None
        while after or not seen:
            page = (await data(server, cast.admin, USERS, first=2, after=after, filter=wanted))["users"]
            seen += [edge["node"]["id"] for edge in page["edges"]]
            after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None
        assert seen == whole
    text = {"first": 1, "filter": {"text": "s"}}
    await server.key("sol")
    page = (await data(server, cast.admin, USERS, **text))["users"]
    rest = (await data(server, cast.admin, USERS, **text, after=page["pageInfo"]["endCursor"]))["users"]
    assert [edge["node"]["name"] for edge in page["edges"] + rest["edges"]] == ["sam", "sol"]
    assert await code(server, cast.admin, USERS, after="x", filter={"text": "s"}) == "invalid_input"


async def test_plus_that_is_taken_away_is_gone_at_the_next_prompt_with_the_users_of_a_client(
    server: Running, cast: Cast
) -> None:
    made = (await data(server, cast.admin, ISSUE, input={"name": "big", "role": "CLIENT", "plus": True}))["issueKey"]
    child = (await data(server, made["key"], ISSUE, input={"name": "kid", "plus": True}))["issueKey"]
    await chat(server, child["key"], "hello", plan="PLUS")
    await data(server, cast.admin, CHANGE, input={"id": made["user"]["id"], "plus": False})
    query = 'mutation { chat(input: {prompt: "hello", plan: PLUS}) { turn { id } } }'
    assert await code(server, child["key"], query) == await code(server, made["key"], query) == "no_account_available"
    assert await code(server, made["key"], ISSUE, input={"name": "x", "plus": True}) == "not_allowed"
    [kid] = await users(server, made["key"])
    assert (kid["plus"], kid["mayUsePlus"]) == (True, False)
    await data(server, cast.admin, CHANGE, input={"id": made["user"]["id"], "plus": True})
    await chat(server, child["key"], "hello", plan="PLUS")


async def test_a_disabled_user_comes_back_and_a_removed_one_does_not(server: Running, cast: Cast) -> None:
    uma = await id_of(server, cast.client, "uma")
    changed = await data(server, cast.client, CHANGE, input={"id": uma, "disabled": True, "name": " Uma U. "})
    assert changed["changeUser"]["user"]["disabledAt"] is not None
    assert await names(server, cast.admin, disabled=True) == {"Uma U."}
    await data(server, cast.client, CHANGE, input={"id": uma, "disabled": False})
    assert "errors" not in await execute(server, cast.user, "{ viewer { id } }")
    assert (await data(server, cast.client, REMOVE, id=uma))["removeUser"]["id"] == uma
    assert await code(server, cast.client, REMOVE, id=uma) == "not_found"
    assert await data(server, cast.admin, "query ($id: ID!) { user(id: $id) { id } }", id=uma) == {"user": None}
    again = (await data(server, cast.client, ISSUE, input={"name": "uma", "externalId": "uma-7"}))["issueKey"]
    assert again["user"]["id"] != uma


async def test_a_client_takes_its_users_with_it_while_it_is_disabled(server: Running, cast: Cast) -> None:
    bot = await id_of(server, cast.admin, "bot")
    await data(server, cast.admin, CHANGE, input={"id": bot, "disabled": True})
    [uma] = await users(server, cast.admin, filter={"text": "uma"})
    assert (uma["mayCall"], uma["disabledAt"]) == (False, None)
    await data(server, cast.admin, CHANGE, input={"id": bot, "disabled": False})
    assert "errors" not in await execute(server, cast.user, "{ viewer { id } }")


async def test_the_last_admin_stays(server: Running, cast: Cast) -> None:
    ada = await id_of(server, cast.admin, "ada")
    for change in ({"disabled": True}, {"role": "USER"}):
        assert await code(server, cast.admin, CHANGE, input={"id": ada} | change) == "last_admin"
    assert await code(server, cast.admin, REMOVE, id=ada) == "last_admin"
    eve = (await data(server, cast.admin, ISSUE, input={"name": "eve", "role": "ADMIN"}))["issueKey"]
    await data(server, eve["key"], CHANGE, input={"id": ada, "role": "CLIENT"})
    assert await code(server, cast.admin, CHANGE, input={"id": ada, "role": "ADMIN"}) == "not_allowed"
    assert await names(server, cast.admin) == set()  # a client now, of whose users none is plain


@pytest.mark.parametrize(
    ("change", "expected"), [({"name": " "}, "invalid_input"), ({"name": "x" * 201}, "invalid_input")]
)
async def test_what_is_wrong_is_refused(server: Running, cast: Cast, change: Json, expected: str) -> None:
    uma = await id_of(server, cast.client, "uma")
    assert await code(server, cast.client, CHANGE, input={"id": uma} | change) == expected


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    uma, ada, bot = [await id_of(server, cast.admin, name) for name in ("uma", "ada", "bot")]
    rival = await server.key("rival", "client")
    for key, refusal in ((cast.stranger, "not_allowed"), (cast.user, "not_allowed"), (rival, "not_found")):
        assert await code(server, key, CHANGE, input={"id": uma, "name": "x"}) == refusal
        assert await code(server, key, REMOVE, id=uma) == refusal
    for key in (cast.stranger, rival):
        assert await data(server, key, "query ($id: ID!) { user(id: $id) { id } }", id=uma) == {"user": None}
        assert "uma" not in await names(server, key, text="uma")
    for id in (ada, bot, await id_of(server, cast.admin, "sam")):
        assert await code(server, cast.client, REMOVE, id=id) in ("not_found", "not_allowed")
    for change in ({"role": "CLIENT"}, {"role": "ADMIN"}, {"plus": True}):
        assert await code(server, cast.client, CHANGE, input={"id": uma} | change) == "not_allowed"
    assert await code(server, cast.client, ISSUE, input={"name": "x", "role": "CLIENT"}) == "not_allowed"
    assert await names(server, cast.admin, text="uma") == {"uma"}
