"""`/api/client/add-user` as the legacy contract has it."""

from typing import Any

import pytest

from tests.api.curl import asked, curl, needs_curl
from tests.driver import Cast, Running

pytestmark = needs_curl
WAYS = ("get", "json", "form")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("role", ["admin", "client"])
async def test_a_new_user_gets_a_key_that_chats(server: Running, cast: Cast, way: str, role: str) -> None:
    url, key = server.url + "/api/client/add-user", getattr(cast, role)
    answer = await asked(url, way, **{role: key}, userid="n1", username="Nina", plus="false", is_client="false")
    assert answer.status == 200
    assert list(answer.json) == ["status", "message", "api_key"]
    assert (answer.json["status"], answer.json["message"]) == ("success", "User added")
    chat = await asked(server.url + "/api/chat", way, user=answer.json["api_key"], prompt="x")
    assert chat.json["api_user"] == "Nina"
    again = await asked(url, way, **{role: key}, userid="n1", username="Nina")
    assert (again.status, again.json["code"]) == (422, "already_exists")


async def test_an_admin_makes_clients_and_allows_plus(server: Running, cast: Cast) -> None:
    url = server.url + "/api/client/add-user"
    made = await asked(url, "json", admin=cast.admin, userid="c1", username="Bot", plus=True, is_client=True)
    client = made.json["api_key"]
    served = await asked(server.url + "/api/chat", "json", user=client, prompt="x", plus=True)
    assert served.status == 200
    own = await asked(url, "json", client=client, userid=5, username="Fred", plus=True)
    assert own.status == 200


async def test_a_key_in_a_header_serves(server: Running, cast: Cast) -> None:
    answer = await curl(
        "-H", f"Authorization: Bearer {cast.client}", "-d", "userid=1&username=n", server.url + "/api/client/add-user"
    )
    assert answer.status == 200


@pytest.mark.parametrize(
    ("change", "named"),
    [({"userid": ""}, "`userid`"), ({"username": None}, "`username`"), ({"userid": "x" * 300}, "`userid`"),
     ({"username": "x" * 300}, "`username`"), ({"plus": "any"}, "`plus`"), ({"is_client": 2}, "`is_client`")],
)  # fmt: skip
async def test_what_is_wrong_is_named(server: Running, cast: Cast, change: dict[str, Any], named: str) -> None:
    person = {"admin": cast.admin, "userid": "n", "username": "n"} | change
    answer = await asked(server.url + "/api/client/add-user", "json", **person)
    assert (answer.status, answer.json["code"]) == (400, "invalid_input")
    assert named in answer.json["message"]


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    url, person = server.url + "/api/client/add-user", {"userid": "x", "username": "x"}
    for key in (cast.stranger, cast.user, cast.plus):
        for role in ("admin", "client"):
            answer = await asked(url, "json", **{role: key}, **person)
            assert (answer.status, answer.json["code"]) == (403, "not_allowed")
    for right in ("is_client", "plus"):
        refused = await asked(url, "json", client=cast.client, **person, **{right: True})
        assert (refused.status, refused.json["code"]) == (403, "not_allowed")
    assert (await asked(url, "json", **person)).status == 401
    assert (await asked(url, "json", client=cast.client, **person)).status == 200
