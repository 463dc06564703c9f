"""With NO_SKIPS=1 nothing is skipped in silence: not a test, not a module, not an expected failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.laws.source import ROOT

SKIPS = {
    "test": "import pytest\ndef test_a():\n    pytest.skip('no microsocks')\n",
    "marked": "import pytest\n@pytest.mark.skipif(True, reason='no microsocks')\ndef test_a(): ...\n",
    "module": "import pytest\npytest.skip('no microsocks', allow_module_level=True)\n",
    "fixture": "import pytest\n@pytest.fixture\ndef f():\n    pytest.skip('no microsocks')\ndef test_a(f): ...\n",
    "expected": "import pytest\n@pytest.mark.xfail(reason='no microsocks')\ndef test_a():\n    assert False\n",
}


def run(folder: Path, source: str, no_skips: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_tiny.py").write_text("def test_b(): ...\n" + source)
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.skips",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(folder),
        str(folder),
    ]
    environ |= {"NO_SKIPS": no_skips, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("kind", SKIPS)
def test_a_skip_fails_where_nothing_may_be_skipped(tmp_path: Path, kind: str) -> None:
    ended = run(tmp_path, SKIPS[kind], "1")
    assert ended.returncode != 0
    assert "NO_SKIPS=1, but this was skipped" in ended.stdout
    assert "no microsocks" in ended.stdout


def test_a_skip_is_a_skip_elsewhere(tmp_path: Path) -> None:
    ended = run(tmp_path, SKIPS["test"], "")
    assert ended.returncode == 0, ended.stdout
    assert "1 skipped" in ended.stdout


def test_what_is_not_skipped_passes(tmp_path: Path) -> None:
    assert run(tmp_path, "", "1").returncode == 0
