"""Keys by GraphQL: added, named, shown once, expiring, revoked."""

from datetime import UTC, datetime, timedelta

from tests.api.graphql_client import Json, code, data, execute
from tests.driver import Cast, Running

KEYS = "{ viewer { id keys { id name prefix createdAt expiresAt lastUsedAt current viewerCanRevoke } } }"
ADD = "mutation ($input: AddKeyInput!) { addKey(input: $input) { key issued { id name prefix expiresAt lastUsedAt } } }"
RENAME = "mutation ($input: RenameKeyInput!) { renameKey(input: $input) { key { id name expiresAt } } }"
REVOKE = "mutation ($id: ID!) { revokeKey(input: {id: $id}) { id } }"
ISSUE = "mutation ($input: IssueKeyInput!) { issueKey(input: $input) { key user { id } issued { name expiresAt } } }"


def later(**span: int) -> str:
    return (datetime.now(UTC) + timedelta(**span)).isoformat()


async def keys(server: Running, key: str) -> list[Json]:
    found: list[Json] = (await data(server, key, KEYS))["viewer"]["keys"]
    return found


async def add(server: Running, key: str, **sent: object) -> Json:
    payload: Json = (await data(server, key, ADD, input=sent))["addKey"]
    return payload


async def test_a_key_is_shown_once_and_known_by_its_name_and_beginning(server: Running, cast: Cast) -> None:
    made = await add(server, cast.user, name=" laptop ")
    assert made["key"].startswith(made["issued"]["prefix"])
    assert made["issued"]["lastUsedAt"] is None
    [laptop, first] = await keys(server, cast.user)
    assert (laptop["name"], laptop["current"], first["current"], first["viewerCanRevoke"]) == (
        "laptop",
        False,
        True,
        True,
    )
    assert laptop["lastUsedAt"] is None
    assert first["lastUsedAt"] is not None
    [laptop, first] = await keys(server, made["key"])
    assert (laptop["current"], first["current"]) == (True, False)
    assert laptop["lastUsedAt"] is not None


async def test_a_key_expires_and_can_be_renamed_and_revoked(server: Running, cast: Cast) -> None:
    made = await add(server, cast.user, name="trip", expiresAt=later(days=3))
    named = {"id": made["issued"]["id"], "name": "long trip"}
    key = (await data(server, cast.user, RENAME, input=named))["renameKey"]["key"]
    assert (key["name"], key["expiresAt"]) == ("long trip", made["issued"]["expiresAt"])
    unending = {"id": key["id"], "expiresAt": None}
    key = (await data(server, cast.user, RENAME, input=unending))["renameKey"]["key"]
    assert (key["name"], key["expiresAt"]) == ("long trip", None)
    assert (await data(server, cast.user, REVOKE, id=key["id"]))["revokeKey"]["id"] == key["id"]
    assert len(await keys(server, cast.user)) == 1
    assert await code(server, cast.user, REVOKE, id=key["id"]) == "not_found"


async def test_a_key_that_expires_makes_none_that_outlives_it(server: Running, cast: Cast) -> None:
    short = (await add(server, cast.user, name="short", expiresAt=later(hours=1)))["key"]
    for expires_at in (None, later(hours=2)):
        assert await code(server, short, ADD, input={"name": "x", "expiresAt": expires_at}) == "invalid_input"
    assert (await add(server, short, name="x", expiresAt=later(minutes=9)))["key"]
    async with server.client() as browser:
        answer = await browser.post("/session", json={"key": short})
        assert 3500 < int(answer.headers["set-cookie"].split("Max-Age=")[1].split(";")[0]) <= 3600
        answer = await browser.post(
            "/graphql",
            json={"query": ADD, "variables": {"input": {"name": "x"}}},
            headers={"sec-fetch-site": "same-origin"},
        )
    assert answer.json()["errors"][0]["extensions"]["code"] == "invalid_input"


async def test_a_browser_tells_which_key_signed_it_in(server: Running, cast: Cast) -> None:
    laptop = await add(server, cast.user, name="laptop")
    async with server.client() as browser:
        await browser.post("/session", json={"key": laptop["key"]})
        answer = await browser.post("/graphql", json={"query": KEYS}, headers={"sec-fetch-site": "same-origin"})
    found = {key["name"]: key["current"] for key in answer.json()["data"]["viewer"]["keys"]}
    assert found.pop("laptop") is True
    assert list(found.values()) == [False]


async def test_a_first_key_has_a_name_and_an_end_too(server: Running, cast: Cast) -> None:
    wanted = {"name": "nina", "keyName": "phone", "expiresAt": later(days=1)}
    made = (await data(server, cast.client, ISSUE, input=wanted))["issueKey"]
    assert made["issued"]["name"] == "phone"
    assert made["issued"]["expiresAt"][:16] == wanted["expiresAt"][:16]
    more = await add(server, cast.client, userId=made["user"]["id"], name="tablet")
    assert [key["name"] for key in await keys(server, more["key"])] == ["tablet", "phone"]


async def test_what_is_wrong_is_refused(server: Running, cast: Cast) -> None:
    for wrong in (
        {"name": ""}, {"name": "x" * 101}, {"name": "x", "expiresAt": later(seconds=-1)},
        {"name": "x", "expiresAt": "2099-01-01T00:00:00"},
    ):  # fmt: skip
        assert await code(server, cast.user, ADD, input=wrong) == "invalid_input"
    caller = await server.house.identity.caller(cast.user)
    for number in range(49):
        await server.house.gateway.keys.add(caller, None, f"key {number}")
    assert await code(server, cast.user, ADD, input={"name": "one more"}) == "invalid_input"


async def test_when_keys_were_used_costs_no_prompt_a_write(server: Running, cast: Cast) -> None:
    identity = server.house.identity
    await identity.note_uses()
    before = server.house.record.database._writer._queue.qsize()
    assert "errors" not in await execute(server, cast.stranger, "{ server { version } }")
    assert identity._used
    assert server.house.record.database._writer._queue.qsize() == before
    await identity.note_uses()
    assert not identity._used
    [key] = await keys(server, cast.stranger)
    assert key["lastUsedAt"] is not None


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    viewer = (await data(server, cast.user, KEYS))["viewer"]
    [key] = viewer["keys"]
    for other in (cast.stranger, cast.plus, await server.key("rival", "client")):
        assert await code(server, other, ADD, input={"userId": viewer["id"], "name": "x"}) == "not_found"
        assert await code(server, other, RENAME, input={"id": key["id"], "name": "x"}) == "not_found"
        assert await code(server, other, REVOKE, id=key["id"]) == "not_found"
    bot = (await data(server, cast.client, KEYS))["viewer"]
    assert await code(server, cast.user, ADD, input={"userId": bot["id"], "name": "x"}) == "not_found"
    assert await code(server, cast.user, REVOKE, id=bot["keys"][0]["id"]) == "not_found"
    assert len(await keys(server, cast.user)) == 1
