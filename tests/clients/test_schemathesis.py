"""Schemathesis, which makes requests up by a schema and looks at the answers: REST, `/v1` and GraphQL.

502 and 503 are answers there: made-up access tokens and passwords prove nobody to their upstream, which says so.  A
defect is a 500, and an incident in the log.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio

from backend.domain.access import Role
from backend.upstream.rehearsal import RehearsalServer
from tests.clients.programs import run
from tests.driver import Running, chatgpt_accounts, serving
from tests.laws.source import ROOT

# The REST calls do not look at what they do not need, so that what is wrong there goes through, as it always did.
CHECKS: Final = """
[checks]
enabled = false
not_a_server_error = { enabled = true, expected-statuses = ["2xx", "3xx", "4xx", "502", "503"] }
status_code_conformance.enabled = true
content_type_conformance.enabled = true
response_headers_conformance.enabled = true
response_schema_conformance.enabled = true
negative_data_rejection.enabled = true
unsupported_method.enabled = true
allow_header_conformance.enabled = true
ignored_auth.enabled = true
[[operations]]
include-path-regex = "^/api"
checks.negative_data_rejection.enabled = false
"""
ROLES: Final = ("user", "client", "admin")
PHASES: Final = {
    "user": ("coverage,fuzzing", "--max-examples", "3"),
    "client": ("fuzzing", "--mode", "positive", "--max-examples", "3"),
    "admin": ("fuzzing", "--mode", "positive", "--max-examples", "3"),
}
ALWAYS: Final = (
    "--generation-deterministic", "--continue-on-failure", "--warnings", "off", "--no-color",
)  # fmt: skip


@pytest_asyncio.fixture
async def made_up(tmp_path: Path, fake: RehearsalServer) -> AsyncIterator[Running]:
    """Callers' own accounts live at the fake too, which knows none of those that are made up."""
    own = {"base_url": fake.base_url, "login_url": fake.login_url, "auth_url": fake.auth_url}
    async with serving(tmp_path, chatgpt_accounts(fake), fake=fake, own_accounts=own) as running:
        yield running


async def made_requests(server: Running, key: str, folder: Path, *arguments: str, **env: str) -> None:
    (folder / "schemathesis.toml").write_text(CHECKS)
    authorized = ("--header", f"Authorization: Bearer {key}")
    ran = await run("st", "run", *arguments, *authorized, *ALWAYS, folder=folder, env=env)
    assert ran.code == 0, ran.said


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
async def test_rest_and_v1_answer_as_their_document_says(
    made_up: Running, tmp_path: Path, caplog: pytest.LogCaptureFixture, role: Role
) -> None:
    document, key = made_up.url + "/openapi.json", await made_up.key("sam", role)
    await made_requests(made_up, key, tmp_path, document, "--phases", *PHASES[role])
    assert "incident" not in caplog.text


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
async def test_graphql_has_no_defect(
    made_up: Running, tmp_path: Path, caplog: pytest.LogCaptureFixture, role: Role
) -> None:
    """An account that an admin adds leads to a host that is made up, so none is added."""
    schema = (str(ROOT / "schema.graphql"), "--url", made_up.url + "/graphql", "--exclude-name", "Mutation.addAccount")
    own = ("--checks", "no_defect", "--phases", "fuzzing", "--max-examples", "2")
    hooks = {"PYTHONPATH": str(Path(__file__).parent), "SCHEMATHESIS_HOOKS": "schemathesis_checks"}
    await made_requests(made_up, await made_up.key("sam", role), tmp_path, *schema, *own, **hooks)
    assert "incident" not in caplog.text


async def test_what_a_stranger_cannot_do(made_up: Running) -> None:
    """The document is for everyone; what it describes is not."""
    async with made_up.client() as http:
        document = (await http.get("/openapi.json")).json()
        assert {(await http.get(path)).status_code for path in document["paths"] if "{" not in path} <= {400, 401, 405}
