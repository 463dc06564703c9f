"""`check-settings`, the settings file that is taken when none is named, and how mistakes reach a person."""

import subprocess
import sys
from pathlib import Path

import pytest

from backend import cli
from backend.settings import default_file

ROOT = Path(__file__).parents[1]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    """Exit code (None: 0), stdout, stderr of a command."""
    code: object = None
    try:
        cli.main(arguments)
    except SystemExit as end:
        code = end.code
    out, err = capsys.readouterr()
    return code, out, err


def test_check_settings_prints_every_mistake_and_fails(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("prot: 80\naccounts:\n  - {name: a, kind: chatgpt, email: e}\n")
    code, out, err = run(capsys, "check-settings", "--settings", str(file))
    assert code == 1
    assert err == ""
    assert out.splitlines() == [
        f"{file}:1: prot: unknown key; did you mean port?",
        f"{file}:3: accounts[0].password: email and password belong together: set both or neither",
    ]


def test_check_settings_says_what_is_fine(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("port: 8123\n")
    assert run(capsys, "check-settings", "--settings", str(file)) == (
        None,
        f"{file}: everything in it is fine\naccounts: rehearsal (rehearsal)\nreach: local, at http://127.0.0.1:8123\n",
        "",
    )


def test_a_wrong_settings_file_is_a_sentence_not_a_traceback(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "backend", "serve", "--settings", str(tmp_path / "nowhere.yaml")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"{tmp_path}/nowhere.yaml: cannot be read: No such file or directory\n"


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys)
    assert (code, out) == (2, "")
    assert "check-settings" in err


@pytest.mark.parametrize("arguments", [["serve", "--port", "70000"], ["keys"], ["keys", "issue", "--role", "king"]])
def test_a_wrong_argument_is_refused(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, _, err = run(capsys, *arguments)
    assert code == 2
    assert "usage: python -m backend" in err


def test_the_settings_of_the_folder_come_before_the_shipped_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert default_file() == ROOT / "settings.yaml"
    (tmp_path / "settings.yaml").touch()
    assert default_file() == Path("settings.yaml")


def test_checking_settings_loads_no_server() -> None:
    code = "import sys, backend.cli; backend.cli.main(['check-settings']); print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"uvicorn", "starlette", "strawberry", "aiohttp", "peewee"} & set(ended.stdout.split())
