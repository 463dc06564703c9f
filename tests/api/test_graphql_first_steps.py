"""What a new server's admin is told is left to do, by GraphQL."""

from tests.api.graphql_client import data
from tests.driver import Cast, Running

STEPS = "{ server { rehearsing clientExists } }"
ISSUE = "mutation ($input: IssueKeyInput!) { issueKey(input: $input) { key } }"


async def test_a_client_exists_once_one_has_a_key(server: Running) -> None:
    admin = await server.key("ada", "admin")
    assert (await data(server, admin, STEPS))["server"]["clientExists"] is False
    await data(server, admin, ISSUE, input={"name": "bot", "role": "CLIENT"})
    assert (await data(server, admin, STEPS))["server"]["clientExists"] is True


async def test_clients_and_users_are_not_told_whether_there_are_others(server: Running, cast: Cast) -> None:
    for key in (cast.client, cast.user, cast.stranger):
        assert (await data(server, key, STEPS))["server"]["clientExists"] is None
