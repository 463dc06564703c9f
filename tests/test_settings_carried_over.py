"""The old server's settings.json is taken over as a sound file, or refused in a sentence, whatever it holds."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.errors import InvalidInput
from backend.settings import Settings, load_settings
from backend.settings.legacy import carried_over

ACCOUNT = {"email": "a@example.org", "password": "p"}
WORDS = ["a@b", "socks5://h:1", "default", "https://x.example", "0.0.0.0", "/chat", "wan", "", "${A}", "\ue000"]  # noqa: S104
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 70_000) | st.sampled_from(WORDS) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
SERVER = "host port default_proxy wan_url local_or_wan endpoints".split()


def carried(folder: Path, old: Any) -> tuple[Settings, str]:
    text, notes = carried_over(old)
    (folder / "settings.yaml").write_text(text, "utf-8")
    return load_settings(folder / "settings.yaml", {}), "\n".join(notes)


@pytest.mark.parametrize(
    ("base", "turn", "goes_to"),
    [
        ("https://mirror.example.org/api/", "/conversation", "https://mirror.example.org/api"),
        ("https://mirror.example.org", "/backend-api/conversation", "https://mirror.example.org/backend-api"),
        ("https://chat.openai.com", "/backend-api/conversation", "https://chatgpt.com/backend-api"),
        ("https://chat.openai.com/backend-api", "", "https://chatgpt.com/backend-api"),
        ("https://mirror.example.org/api", "/chat", "https://chatgpt.com/backend-api"),
    ],
)
def test_prompts_go_where_they_went_unless_the_service_moved(
    tmp_path: Path, base: str, turn: str, goes_to: str
) -> None:
    endpoints = {"conversation": turn, "gen_title": f"{turn or '/conversation'}/gen_title"}
    old = {"openai": {"instances": [ACCOUNT], "base_url": base, "endpoints": endpoints}}
    made, _ = carried(tmp_path, old)
    [account] = made.accounts
    assert account.model_dump()["base_url"] == goes_to


def test_a_server_on_the_internet_stays_one_with_https_alone(tmp_path: Path) -> None:
    wan = {"local_or_wan": "wan", "wan_url": "https://chat.example.org/", "host": "0.0.0.0", "port": 443}  # noqa: S104
    made, notes = carried(tmp_path, {"openai": {"instances": [ACCOUNT]}, "api_server": wan})
    assert (made.reach, made.public_url, made.tls_in_front, notes) == ("wan", "https://chat.example.org", True, "")
    made, notes = carried(tmp_path, {"openai": {}, "api_server": wan | {"wan_url": "http://chat.example.org"}})
    assert (made.reach, made.public_url) == ("lan", None)
    assert "https" in notes


@pytest.mark.parametrize(("port", "taken"), [("5001", 5001), (" 80 ", 80), ("x", None), ("99999", None), (80.5, None)])
def test_a_port_is_taken_as_the_number_that_it_says_or_told(tmp_path: Path, port: Any, taken: int | None) -> None:
    made, notes = carried(tmp_path, {"openai": {"instances": [ACCOUNT]}, "api_server": {"port": port}})
    assert made.port == (taken or Settings.model_fields["port"].default)
    assert ("port" in notes) == (taken is None)


def test_a_proxy_that_is_not_understood_takes_its_account_along(tmp_path: Path) -> None:
    accounts: list[Any] = [{**ACCOUNT, "proxy": proxy} for proxy in ("http://h", "default", "socks5://h:1", ["x"])]
    made, notes = carried(tmp_path, {"openai": {"instances": accounts}})
    assert [made.proxy_of(account) for account in made.accounts] == ["socks5://h:1"]
    assert notes.count("The account ") == 3


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "openai": st.fixed_dictionaries(
                {},
                optional={
                    "instances": st.lists(JSON | st.just(ACCOUNT), max_size=3),
                    "base_url": JSON,
                    "endpoints": JSON,
                },
            )
            | JSON,
            "api_server": st.fixed_dictionaries({}, optional=dict.fromkeys(SERVER, JSON)) | JSON,
        },
    )
)
def test_whatever_it_holds_becomes_a_sound_file_or_a_sentence(tmp_path: Path, old: dict[str, Any]) -> None:
    try:
        carried(tmp_path, old)
    except InvalidInput as error:
        assert "settings.json" in str(error)  # noqa: PT017
