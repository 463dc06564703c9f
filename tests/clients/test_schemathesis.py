"""Schemathesis, which makes requests up by a schema and looks at the answers: REST, `/v1` and GraphQL.

502 and 503 are answers there: made-up access tokens and passwords prove nobody to their upstream, which says so.  A
defect is a 500, and an incident in the log.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio

from backend.upstream.rehearsal import RehearsalServer
from tests.clients.programs import run
from tests.driver import Running, chatgpt_accounts, serving
from tests.laws.source import ROOT

ANSWERS: Final = '[checks.not_a_server_error]\nexpected-statuses = ["2xx", "3xx", "4xx", "502", "503"]\n'
CHECKS: Final = """not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,
response_schema_conformance,negative_data_rejection,unsupported_method,allow_header_conformance,ignored_auth"""
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
    (folder / "schemathesis.toml").write_text(ANSWERS)
    authorized = ("--header", f"Authorization: Bearer {key}")
    ran = await run("st", "run", *arguments, *authorized, *ALWAYS, folder=folder, env=env)
    assert ran.code == 0, ran.said


@pytest.mark.parametrize(
    "phase",
    [("coverage", "--mode", "negative", "--include-path-regex", "^/v1"), ("fuzzing", "--max-examples", "10")],
    ids=lambda each: each[0],
)
async def test_rest_and_v1_answer_as_their_document_says(
    made_up: Running, tmp_path: Path, caplog: pytest.LogCaptureFixture, phase: tuple[str, ...]
) -> None:
    checks = CHECKS.replace("\n", "")
    document = made_up.url + "/openapi.json"
    key = await made_up.key("sam")
    await made_requests(made_up, key, tmp_path, document, "--checks", checks, "--phases", *phase)
    assert "incident" not in caplog.text


async def test_graphql_has_no_defect(made_up: Running, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """For a user: what an admin may ask leads to hosts that are made up."""
    schema = (str(ROOT / "schema.graphql"), "--url", made_up.url + "/graphql")
    own = ("--checks", "no_defect", "--phases", "fuzzing", "--max-examples", "5")
    hooks = {"PYTHONPATH": str(Path(__file__).parent), "SCHEMATHESIS_HOOKS": "schemathesis_checks"}
    await made_requests(made_up, await made_up.key("sam"), tmp_path, *schema, *own, **hooks)
    assert "incident" not in caplog.text


async def test_what_a_stranger_cannot_do(made_up: Running) -> None:
    """The document is for everyone; what it describes is not."""
    async with made_up.client() as http:
        document = (await http.get("/openapi.json")).json()
        assert {(await http.get(path)).status_code for path in document["paths"] if "{" not in path} <= {400, 401, 405}
