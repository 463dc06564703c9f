"""The wheel carries everything: installed where there is no Node, it serves the app and signs in."""

import asyncio
import os
import re
import shutil
import sys
import venv
from pathlib import Path
from typing import Final

import httpx
import pytest

from tests.laws.source import ROOT

SETTINGS: Final = "database: sqlite:///record.db\naccounts:\n  - {name: rehearsal, kind: rehearsal}\n"
VIEWER: Final = {"query": "{ viewer { name role } }"}


async def run(*command: str | Path, cwd: Path | None = None) -> str:
    process = await asyncio.create_subprocess_exec(
        *map(str, command), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, cwd=cwd
    )
    out, _ = await process.communicate()
    assert process.returncode == 0, out.decode()
    return out.decode()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an environment that has the wheel, and what is locked, but none of this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    if not (ROOT / "backend/static/index.html").is_file():
        pytest.fail("The web app is not built. Run: make setup")

    async def install() -> None:
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
        await run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
        venv.create(folder / "env", with_pip=False)
        (wheel,) = folder.glob("*.whl")
        await run(*pip, "--python", folder / "env/bin/python", "install", "--no-deps", "--no-index", wheel)

    asyncio.run(install())
    (site,) = folder.glob("env/lib/python*/site-packages")
    locked = next(path for path in sys.path if path.endswith("site-packages"))
    # The locked packages as they are, without what this environment runs at its start: that would lead back here.
    for package in Path(locked).iterdir():
        if package.suffix != ".pth" and "chatgpt_api_server" not in package.name and not (site / package.name).exists():
            (site / package.name).symlink_to(package)
    (folder / "settings.yaml").write_text(SETTINGS)
    return folder


async def test_an_installed_wheel_serves_the_app_and_signs_in_without_node(house: Path) -> None:
    path = str(house / "env/bin")
    assert shutil.which("node", path=path) is None
    environment = {**os.environ, "PATH": path, "PYTHONPATH": ""}
    server = await asyncio.create_subprocess_exec(
        *(house / "env/bin/chatgpt-api-server", "serve", "--settings", "settings.yaml", "--port", "0"),
        cwd=house,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert server.stdout is not None
        link = ""
        async with asyncio.timeout(60):
            while "#link=" not in link:
                link = (await server.stdout.readline()).decode()
                assert link, "the server ended"
        found = re.search(r"(http://127\.0\.0\.1:\d+)/sign-in#link=(\S+)", link)
        assert found is not None
        url, secret = found.groups()
        async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=30) as http:
            home = await http.get("/")
            assert (home.status_code, home.headers["location"]) == (307, "/chat")
            page = await http.get("/chat")
            scripts = re.findall(r'(?:src|href)="\./(assets/[^"]+)"', page.text)
            assert len(scripts) > 2
            for script in scripts:
                assert (await http.get(f"/{script}")).status_code == 200
            assert (await http.post("/graphql", json=VIEWER)).json()["errors"][0]["extensions"]["code"]
            assert (await http.post("/session", json={"link": secret})).status_code == 204
            viewer = (await http.post("/graphql", json=VIEWER, headers={"Origin": url})).json()["data"]["viewer"]
            assert viewer == {"name": "admin", "role": "ADMIN"}
            assert (await http.post("/session", json={"link": secret})).status_code == 401
    finally:
        if server.returncode is None:
            server.terminate()
        await server.communicate()


async def test_the_wheel_is_run_from_its_own_place(house: Path) -> None:
    where = await run(house / "env/bin/python", "-c", "import backend; print(backend.__file__)", cwd=house)
    assert Path(where.strip()).is_relative_to(house)
