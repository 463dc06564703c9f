"""The Python `gql` client, by each of its transports.  It has none for Server-Sent Events."""

from typing import Any

import pytest
from gql import Client, GraphQLRequest, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.aiohttp_websockets import AIOHTTPWebsocketsTransport
from gql.transport.exceptions import TransportError, TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport
from gql.transport.websockets import WebsocketsTransport

from backend.domain.ids import TURN, new_id, show_id
from tests.api.graphql_client import CHAT, FOLLOW_UP, REPLY
from tests.driver import Cast, Running

PROTOCOLS = [WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL]
NO_TURN = show_id(TURN, new_id(1_800_000_000))


def asking(query: str, **variables: object) -> GraphQLRequest:
    return GraphQLRequest(query, variable_values=variables)


def by_aiohttp(server: Running, key: str) -> Any:
    return AIOHTTPTransport(f"{server.url}/graphql", headers={"Authorization": f"Bearer {key}"}, ssl=False)


def by_httpx(server: Running, key: str) -> Any:
    return HTTPXAsyncTransport(
        f"{server.url}/graphql", headers={"Authorization": f"Bearer {key}"}, trust_env=False, timeout=30
    )


def by_web_socket(server: Running, key: str) -> Any:
    url = server.url.replace("http", "ws") + "/graphql"
    greeting = {"authorization": f"Bearer {key}"}
    return WebsocketsTransport(url, init_payload=greeting, subprotocols=PROTOCOLS, connect_args={"proxy": None})


def by_aiohttp_web_socket(server: Running, key: str) -> Any:
    url = server.url.replace("http", "ws") + "/graphql"
    greeting = {"authorization": f"Bearer {key}"}
    return AIOHTTPWebsocketsTransport(url, init_payload=greeting, subprotocols=PROTOCOLS)


STREAMING = [by_web_socket, by_aiohttp_web_socket]
by_each_transport = pytest.mark.parametrize("transport", [by_aiohttp, by_httpx, *STREAMING])


@by_each_transport
async def test_it_chats_and_follows_up_with_the_schema_it_fetched(server: Running, cast: Cast, transport: Any) -> None:
    fetching = Client(transport=transport(server, cast.user), fetch_schema_from_transport=True)
    async with fetching as session:
        begun = (await session.execute(asking(CHAT, input={"prompt": "hello"})))["chat"]
        sent = {"conversationId": begun["conversation"]["id"], "prompt": "more"}
        more = (await session.execute(asking(FOLLOW_UP, input=sent)))["followUp"]
    assert begun["turn"]["state"] == more["turn"]["state"] == "FINISHED"
    assert (begun["turn"]["position"], more["turn"]["position"]) == (1, 2)


@pytest.mark.parametrize("transport", STREAMING)
async def test_it_follows_a_reply_and_comes_back_behind_the_last_number(
    server: Running, cast: Cast, transport: Any
) -> None:
    async with Client(transport=transport(server, cast.user)) as session:
        turn = (await session.execute(asking(CHAT, input={"prompt": "hello", "wait": False})))["chat"]["turn"]
        stream = session.subscribe(asking(REPLY, turnId=turn["id"]))
        events = [(await anext(stream))["reply"]]
        await stream.aclose()
    async with Client(transport=transport(server, cast.user)) as session:
        again = asking(REPLY, turnId=turn["id"], after=events[-1]["number"])
        events += [event["reply"] async for event in session.subscribe(again)]
    assert "".join(event.get("text", "") for event in events) == events[-1]["turn"]["reply"] != ""


@by_each_transport
async def test_it_reads_the_codes_of_errors(server: Running, cast: Cast, transport: Any) -> None:
    async with Client(transport=transport(server, cast.user)) as session:
        for query, code in (
            ("{ accounts { name } }", "not_allowed"),
            ("{ nothing }", "invalid_input"),
            (f'mutation {{ stop(input: {{turnId: "{NO_TURN}"}}) {{ turn {{ id }} }} }}', "not_found"),
        ):
            with pytest.raises(TransportQueryError) as raised:
                await session.execute(gql(query))
            assert raised.value.errors is not None
            assert raised.value.errors[0]["extensions"]["code"] == code


@by_each_transport
async def test_a_stranger_is_turned_away(server: Running, transport: Any) -> None:
    with pytest.raises(TransportError):
        async with Client(transport=transport(server, "wrong")) as session:
            await session.execute(gql("{ viewer { name } }"))
