"""A key in a query is served or refused as the settings say, is never logged, and is always answered with advice."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from backend.upstream.rehearsal import RehearsalServer
from tests.api.test_rest_contract import ADD, CHAT, RECALL, REMOVE, TOKEN
from tests.driver import Cast, Running, chatgpt_accounts, serving
from tests.server_process import server_process

CALLS = (CHAT, RECALL, TOKEN, ADD, REMOVE)
SECRETS = ("user", "client", "admin", "access_token", "password")


@pytest.mark.parametrize("path", CALLS)
async def test_every_answer_to_a_secret_in_a_query_says_how_to_send_it_instead(
    server: Running, cast: Cast, path: str
) -> None:
    async with server.client() as http:
        for name in SECRETS:
            query = f"{path}?prompt=x&{name}="
            answers = [
                await http.get(query + cast.user),
                await http.get(query + "wrong"),
                await http.get(query + cast.user + "&prompt=%ff"),
                await http.get(query.replace(name, f"%{ord(name[0]):x}{name[1:]}") + cast.user),
                await http.post(query + cast.user, json={"user": cast.user, "prompt": "x"}),
                await http.put(query + cast.user),
            ]
            for answer in answers:
                assert "Authorization: Bearer YOUR_KEY" in answer.headers["x-advice"]
        clean = await http.get(path + "?prompt=x", headers={"Authorization": f"Bearer {cast.user}"})
        assert "x-advice" not in clean.headers


async def test_a_server_that_takes_none_refuses_and_says_why(tmp_path: Path, fake: RehearsalServer) -> None:
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake, keys_in_queries=False) as server:
        key = await server.key("uma")
        async with server.client() as http:
            for path in CALLS:
                for name in SECRETS:
                    answer = await http.get(path, params={name: key, "prompt": "x"})
                    body: Any = answer.json()
                    said = body["Error"] if path == TOKEN else body["message"]
                    assert answer.status_code == 400
                    assert "Authorization: Bearer YOUR_KEY" in said
                    assert "nothing was done" in said
            text = await http.get(CHAT, params={"user": key, "prompt": "x", "reply_only": "true"})
            assert text.status_code == 400
            assert not [seen for seen in fake.requests if seen.endpoint == "chat"]
            bearer = {"Authorization": f"Bearer {key}"}
            assert (await http.get(CHAT, params={"prompt": "x"}, headers=bearer)).status_code == 200
            assert (await http.post(CHAT, json={"user": key, "prompt": "x"})).status_code == 200


async def test_no_query_is_ever_written_to_a_log(tmp_path: Path) -> None:
    accounts = [{"name": "rehearsal", "kind": "rehearsal"}]
    async with (
        server_process(tmp_path, accounts, keep_log=True) as server,
        httpx.AsyncClient(base_url=server.url, trust_env=False, timeout=60) as http,
    ):
        for path in (*CALLS, "/chat", "/", "/nowhere", "/graphql", "/v1/models", "/exports"):
            for word in (server.key, "wrong-and-secret"):
                query = f"?user={word}&access_token=tok-secret&password=pass-secret&prompt=my-secret-prompt"
                await http.get(path + query)
                if path != CHAT:  # a second prompt there would say nothing new
                    await http.post(path + query, json={"user": word, "prompt": "my-secret-prompt"})
        await http.get("/api/chat?prompt=%ff&user=" + server.key)
        await http.request("BREW", "/api/chat?user=" + server.key)
    assert b"Serving on " in server.printed
    said = server.printed.decode().replace(str(tmp_path), "")
    assert [word for word in (server.key, "secret", "prompt=", "?user", "%ff") if word in said] == []


async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    async with server.client() as http:
        answer = await http.get(RECALL, params={"user": "nobody"})
        assert (answer.status_code, "nobody" in answer.text + str(answer.headers)) == (401, False)
