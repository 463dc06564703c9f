"""`/api/chat` as the legacy contract has it."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from backend.upstream.rehearsal import Fault, RehearsalServer
from tests.api.curl import asked, curl, needs_curl
from tests.driver import FREE, PLUS, Cast, Running, chatgpt_accounts, serving

WAYS = ("get", "json", "bare-json", "form", "multipart")


def prompts(server: Running) -> list[Any]:
    assert server.fake is not None
    return [seen for seen in server.fake.requests if seen.endpoint == "chat"]


@pytest_asyncio.fixture
async def own_server(tmp_path: Path, fake: RehearsalServer) -> AsyncIterator[Running]:
    own = {"base_url": fake.base_url, "login_url": fake.login_url, "auth_url": fake.auth_url}
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake, own_accounts=own) as running:
        yield running


@needs_curl
@pytest.mark.parametrize("way", WAYS)
async def test_a_conversation_of_two_turns_by_every_kind_of_request(server: Running, cast: Cast, way: str) -> None:
    url = server.url + "/api/chat"
    first = await asked(url, way, user=cast.stranger, prompt="Grüße & more")
    assert first.status == 200
    answer = first.json
    assert list(answer) == [
        "message",
        "conversation_id",
        "error",
        "conversation_title",
        "api_user",
        "api_client_id",
        "api_prompt",
        "api_prompt_time_origin",
        "api_prompt_time_origin_readable",
        "api_response_time_taken",
        "status",
    ]
    assert answer["message"]["author"]["role"] == "assistant"
    assert "Grüße & more" in answer["message"]["content"]["parts"][0]
    assert (answer["error"], answer["status"], answer["api_client_id"]) == (None, "success", "self")
    assert (answer["api_user"], answer["api_prompt"]) == ("sam", "Grüße & more")
    assert re.fullmatch(r"\d+\.\d\d", answer["api_response_time_taken"])
    asked_at = datetime.strptime(answer["api_prompt_time_origin"], "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC)
    assert abs(asked_at - datetime.now(UTC)) < timedelta(minutes=10)
    assert answer["api_prompt_time_origin_readable"] == asked_at.strftime("%Y-%m-%d | %H:%M:%S")
    assert ("x-advice" in first.headers) == (way == "get")
    assert not any(email in first.text or email.split("@")[0] in first.text for email in (*FREE, *PLUS))

    id = answer["conversation_id"]
    second = (await asked(url, way, user=cast.stranger, prompt="And?", conversation_id=id)).json
    assert second["conversation_id"] == id
    assert second["conversation_title"] == answer["conversation_title"]
    assert second["last_message_prompt"] == "Grüße & more"
    assert second["last_message_reply"] == answer["message"]["content"]["parts"][0]
    one, two = prompts(server)
    assert (one.account, one.conversation_id) == (two.account, None)
    assert two.parent_message_id == answer["message"]["id"]


@needs_curl
async def test_the_key_may_come_in_a_header_and_wins_over_the_parameter(server: Running, cast: Cast) -> None:
    header = ("-H", f"Authorization: Bearer {cast.plus}")
    by_header = await curl(*header, f"{server.url}/api/chat?prompt=hi")
    assert by_header.json["api_user"] == "pia"
    assert "x-advice" not in by_header.headers
    both = await curl(*header, f"{server.url}/api/chat?prompt=hi&user={cast.stranger}")
    assert both.json["api_user"] == "pia"
    assert "Authorization: Bearer" in both.headers["x-advice"]


@needs_curl
@pytest.mark.parametrize("prompt", [{}, {"prompt": ""}, {"prompt": "  \n"}])
async def test_a_blank_prompt_asks_to_say_that_it_was_blank(
    server: Running, cast: Cast, prompt: dict[str, str]
) -> None:
    answer = (await asked(server.url + "/api/chat", "json", user=cast.stranger, **prompt)).json
    assert "blank" in answer["api_prompt"]


@needs_curl
@pytest.mark.parametrize(
    ("plus", "served_by"),
    [({}, FREE), ({"plus": "false"}, FREE), ({"plus": True}, PLUS), ({"plus": "True"}, PLUS), ({"plus": "any"}, None)],
)
async def test_plus_chooses_among_the_built_in_accounts(
    server: Running, cast: Cast, plus: dict[str, object], served_by: tuple[str, ...] | None
) -> None:
    for _ in range(2):
        assert (await asked(server.url + "/api/chat", "json", user=cast.plus, prompt="x", **plus)).status == 200
    accounts = {seen.account for seen in prompts(server)}
    assert accounts == set(served_by) if served_by else len(accounts) == 2


@needs_curl
async def test_reply_only_is_the_text_alone_and_pretty_a_page(server: Running, cast: Cast) -> None:
    url, person = server.url + "/api/chat", {"user": cast.stranger, "prompt": "<script>alert(1)</script>"}
    text = await asked(url, "form", **person, reply_only="true")
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert "**This is the rehearsal upstream" in text.text
    page = await asked(url, "get", **person, reply_only="true", pretty="true")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "<strong>This is the rehearsal upstream" in page.text
    assert "<table>" in page.text
    assert "<script" not in page.text


@needs_curl
async def test_errors_have_honest_statuses_and_are_text_for_reply_only(server: Running, cast: Cast) -> None:
    url = server.url + "/api/chat"
    wrong = await asked(url, "get", user="nobody", prompt="x")
    assert wrong.status == 401
    assert wrong.headers["www-authenticate"] == "Bearer"
    assert wrong.json["status"] == "error"
    assert wrong.json["code"] == "not_authenticated"
    assert list(wrong.json) == ["status", "message", "code"]
    text = await asked(url, "get", user="nobody", prompt="x", reply_only="true")
    assert (text.status, text.text) == (401, wrong.json["message"])
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    lost = await asked(url, "json", user=cast.stranger, prompt="x", conversation_id="no-such")
    assert (lost.status, lost.json["code"]) == (404, "not_found")
    assert prompts(server) == []


@needs_curl
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("{", "JSON"),
        ("[1]", "object"),
        ('"x"', "object"),
        ('{"prompt": ["a"]}', "`prompt`"),
        ('{"prompt": 1.5}', "`prompt`"),
        ('{"prompt": true}', "`prompt`"),
        ('{"reply_only": "maybe"}', "`reply_only`"),
        ('{"plus": 3}', "`plus`"),
        ('{"plus": "gold"}', "`plus`"),
        ('{"user_plus": []}', "`user_plus`"),
        ('{"user": {}}', "`user`"),
        ('{"prompt": "\\ud800"}', "JSON"),
    ],
)
async def test_what_cannot_be_read_is_refused_by_name(server: Running, cast: Cast, body: str, field: str) -> None:
    arguments = ("-H", f"Authorization: Bearer {cast.stranger}", "-H", "Content-Type: application/json", "-d", body)
    answer = await curl(*arguments, server.url + "/api/chat")
    assert (answer.status, answer.json["code"]) == (400, "invalid_input")
    assert field in answer.json["message"]


@needs_curl
@pytest.mark.parametrize("query", ["prompt=%ff", "prompt=a&" + "&".join(f"p{n}=1" for n in range(200))])
async def test_a_query_that_cannot_be_read_is_refused(server: Running, query: str) -> None:
    answer = await curl(f"{server.url}/api/chat?{query}")
    assert (answer.status, answer.json["code"]) == (400, "invalid_input")


@needs_curl
@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_other_methods_send_no_prompt(server: Running, cast: Cast, method: str) -> None:
    arguments = ("--head",) if method == "HEAD" else ("-X", method)
    answer = await curl(*arguments, f"{server.url}/api/chat?user={cast.stranger}&prompt=x")
    assert (answer.status, answer.headers["allow"]) == (405, "GET, POST")
    assert prompts(server) == []


@needs_curl
async def test_a_failure_of_the_upstream_says_what_was_kept(server: Running, cast: Cast) -> None:
    assert server.fake is not None
    server.fake.script.next(Fault("cut", after=3))
    cut = await asked(server.url + "/api/chat", "json", user=cast.stranger, prompt="x")
    assert (cut.status, cut.json["code"]) == (502, "reply_cut_off")
    id = cut.json["message"].rstrip(".").rpartition(" ")[2]
    kept = await asked(server.url + "/api/recall", "json", user=cast.stranger, conversation_id=id)
    assert "".join(next(iter(kept.json["messages"][0].values()))["reply"])


@needs_curl
async def test_an_own_account_answers_and_goes_on_with_its_token(own_server: Running, fake: RehearsalServer) -> None:
    url, key, token = own_server.url + "/api/chat", await own_server.key("olga"), fake.issue_token(FREE[1])
    own = {"user": key, "access_token": token, "plus": "true", "user_plus": "true"}
    begun = (await asked(url, "get", **own, prompt="mine")).json
    assert prompts(own_server)[-1].account == FREE[1]
    id, count = begun["conversation_id"], len(prompts(own_server))
    without = await asked(url, "get", user=key, prompt="on", conversation_id=id)
    assert (without.status, without.json["code"]) == (409, "access_token_required")
    built_in = (await asked(url, "get", user=key, prompt="theirs")).json["conversation_id"]
    reverse = await asked(url, "get", **own, prompt="on", conversation_id=built_in)
    assert (reverse.status, reverse.json["code"]) == (409, "access_token_not_expected")
    assert len(prompts(own_server)) == count + 1
    assert (await asked(url, "get", **own, prompt="on", conversation_id=id)).status == 200
    assert token not in (await asked(own_server.url + "/api/recall", "get", user=key)).text


@needs_curl
async def test_a_client_speaks_for_its_own_users_by_its_own_ids(server: Running, cast: Cast) -> None:
    url = server.url + "/api/chat"
    person: dict[str, Any] = {"user_id": 77, "username": "Nina", "user_id_plus": False}
    first = (await asked(url, "json", client=cast.client, **person, prompt="a")).json
    assert first["api_user"] == "Nina"
    assert first["api_client_id"].startswith("u")
    id = first["conversation_id"]
    again = await asked(url, "form", client=cast.client, **person, prompt="b", conversation_id=id)
    assert again.json["last_message_prompt"] == "a"
    header = ("-H", f"Authorization: Bearer {cast.client}", "--data-urlencode", "user_id=77")
    more = ("-d", f"username=Nina&user_id_plus=false&prompt=c&conversation_id={id}")
    assert (await curl(*header, *more, url)).json["last_message_prompt"] == "b"
    by_key = (await asked(url, "json", client=cast.client, user=cast.user, prompt="c")).json
    assert (by_key["api_user"], by_key["api_client_id"]) == ("uma", first["api_client_id"])


@needs_curl
@pytest.mark.parametrize("left_out", ["user_id", "username", "user_id_plus"])
async def test_a_client_is_told_what_is_missing_of_its_user(server: Running, cast: Cast, left_out: str) -> None:
    person = {"user_id": "9", "username": "Nina", "user_id_plus": "false"}
    del person[left_out]
    answer = await asked(server.url + "/api/chat", "form", client=cast.client, **person, prompt="x")
    assert answer.status == 400
    assert all(f"`{name}`" in answer.json["message"] for name in ("user", "user_id", "username", "user_id_plus"))


@needs_curl
async def test_an_idempotency_key_never_asks_twice(server: Running, cast: Cast) -> None:
    arguments = ("-H", "Idempotency-Key: once", "-d", f"user={cast.stranger}&prompt=x", server.url + "/api/chat")
    first, second = await curl(*arguments), await curl(*arguments)
    assert first.json["conversation_id"] == second.json["conversation_id"]
    assert len(prompts(server)) == 1


@needs_curl
async def test_what_a_stranger_cannot_do(server: Running, cast: Cast) -> None:
    url = server.url + "/api/chat"
    secret = await asked(url, "json", user=cast.user, prompt="mine")
    id, count = secret.json["conversation_id"], len(prompts(server))
    follow = await asked(url, "json", user=cast.stranger, prompt="x", conversation_id=id)
    missing = await asked(url, "json", user=cast.stranger, prompt="x", conversation_id="c0000000000000")
    assert (follow.status, follow.json) == (404, missing.json)
    as_client = {"client": cast.stranger, "user_id": "uma-7", "username": "uma", "user_id_plus": "false"}
    assert (await asked(url, "json", **as_client, prompt="x")).status == 403
    assert (await asked(url, "json", client=cast.stranger, user=cast.user, prompt="x")).status == 404
    assert (await asked(url, "json", client=cast.client, user=cast.stranger, prompt="x")).status == 404
    assert (await asked(url, "json", user=cast.stranger, prompt="x", plus="true")).status == 503
    assert (await asked(url, "json", prompt="x")).status == 401
    assert len(prompts(server)) == count
