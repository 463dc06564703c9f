"""What the stories of account upkeep share: the documents, and a look at everything that could give a secret away."""

from pathlib import Path
from typing import Any

import pytest

from tests.api.graphql_client import Json, code, data, execute
from tests.driver import Cast, Running

FIELDS = """id name kind source plus health why until inFlight concurrency waiting lastUsedAt hasProxy viewerCanSignIn
  viewerCanCheckProxy viewerCanRemove"""
ACCOUNTS = f"{{ accounts {{ {FIELDS} }} }}"
ADD = f"mutation ($input: AddAccountInput!) {{ addAccount(input: $input) {{ account {{ {FIELDS} }} }} }}"
CHANGE = f"mutation ($input: ChangeAccountInput!) {{ changeAccount(input: $input) {{ account {{ {FIELDS} }} }} }}"
DEFINITIONS = """{ accounts { name definition {
  weight concurrency proxy model context baseUrl loginUrl authUrl email secrets } } }"""
REST = f"mutation ($input: RestAccountInput!) {{ restAccount(input: $input) {{ account {{ {FIELDS} }} }} }}"
REMOVE = "mutation ($input: AccountInput!) { removeAccount(input: $input) { name } }"
TEST = """mutation ($input: AccountInput!) { testAccount(input: $input) {
  ok code message seconds models account { name health } } }"""
CHECK = "mutation ($input: AccountInput!) { checkProxy(input: $input) { state message seconds } }"
PROBLEM = "{ server { settingsProblem } }"


def on_account(mutation: str) -> str:
    return f"mutation ($input: AccountInput!) {{ {mutation}(input: $input) {{ account {{ {FIELDS} }} }} }}"


SIGN_IN, WAKE, DISABLE, ENABLE = map(on_account, ("signInAccount", "wakeAccount", "disableAccount", "enableAccount"))

REFUSED_TO_STRANGERS: dict[str, Json] = {
    ADD: {"name": "mine", "kind": "OPENAI", "baseUrl": "http://127.0.0.1:1", "model": "m"},
    CHANGE: {"name": "free-a", "plus": True},
    TEST: {"name": "free-a"},
    SIGN_IN: {"name": "free-a"},
    REST: {"name": "free-a", "until": "2099-01-01T00:00:00Z"},
    WAKE: {"name": "free-a"},
    DISABLE: {"name": "free-a"},
    ENABLE: {"name": "free-a"},
    REMOVE: {"name": "free-a"},
    CHECK: {"name": "free-a"},
}


async def accounts(server: Running, key: str) -> dict[str, Json]:
    return {account["name"]: account for account in (await data(server, key, ACCOUNTS))["accounts"]}


async def act(server: Running, key: str, document: str, **given: object) -> Json:
    """The one field of a mutation's answer."""
    [answer] = (await data(server, key, document, input=given)).values()
    found: Json = answer.get("account", answer)
    return found


async def strangers_are_refused(server: Running, cast: Cast, document: str) -> None:
    """Whoever is no admin may not, and learns nothing, not even whether there is such an account."""
    given = REFUSED_TO_STRANGERS[document]
    for key in (cast.user, cast.client, cast.plus, cast.stranger):
        assert await code(server, key, document, input=given) == "not_allowed"
        there = await execute(server, key, document, input=given)
        elsewhere = await execute(server, key, document, input=given | {"name": "nowhere"})
        assert there["errors"][0]["message"] == elsewhere["errors"][0]["message"]


def nothing_leaks(folder: Path, log: pytest.LogCaptureFixture, *secrets: str, shown: Any = "") -> None:
    """None of the secrets is in the record's files, the log or what was shown."""
    for file in folder.glob("record.db*"):
        content = file.read_bytes()
        for secret in secrets:
            assert secret.encode() not in content, file.name
    for secret in secrets:
        assert secret not in log.text
        assert secret not in str(shown)
