"""`reach`, `public_url` and what follows from them: what is bound, who is answered, what links begin with."""

import pytest
from pydantic import ValidationError

from backend.errors import SettingsInvalid
from backend.settings import Settings, addresses

MACHINE = ("192.168.7.5", "box", "box.local")


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "machine_names", lambda: MACHINE)


def wan(**more: object) -> Settings:
    keys = {"reach": "wan", "tls_in_front": True, "public_url": "https://chat.example.org/gpt/"}
    return Settings.model_validate(keys | more)


def test_local_is_this_machine_alone() -> None:
    settings = Settings()
    assert settings.bind_host == "127.0.0.1"
    assert settings.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")
    assert (settings.base_url, settings.base_path) == ("http://127.0.0.1:8000", "")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.7.5", "box", "::"])  # noqa: S104
def test_local_refuses_to_listen_to_others(host: str) -> None:
    with pytest.raises(ValidationError, match="reach: local"):
        Settings(host=host)
    with pytest.raises(SettingsInvalid, match="reach must be lan or wan"):
        Settings().host_to_bind(host)


def test_local_takes_any_name_of_this_machine() -> None:
    assert Settings(host="[::1]").base_url == "http://[::1]:8000"
    assert Settings().host_to_bind("localhost") == "localhost"
    assert Settings().host_to_bind(None) == "127.0.0.1"
    assert Settings(public_url="http://localhost:9000/gpt").base_path == "/gpt"


def test_local_refuses_a_public_url_of_another_host() -> None:
    with pytest.raises(ValidationError, match="names another host"):
        Settings(public_url="http://chat.example.org")


def test_lan_listens_everywhere_and_prints_the_machines_address() -> None:
    settings = Settings(reach="lan")
    assert settings.bind_host == "0.0.0.0"  # noqa: S104
    assert settings.base_url == "http://192.168.7.5:8000"
    assert settings.base_url_on("0.0.0.0", 51234) == "http://192.168.7.5:51234"  # noqa: S104
    assert settings.allowed_hosts == ("localhost", "127.0.0.1", "[::1]", *MACHINE)


def test_lan_answers_to_its_public_url_and_its_own_host() -> None:
    settings = Settings(reach="lan", public_url="http://Chat.home/x/", host="FD00::1")
    assert settings.base_url == "http://Chat.home/x"
    assert {"chat.home", "[fd00::1]"} <= set(settings.allowed_hosts)


def test_an_https_address_needs_tls_in_front() -> None:
    with pytest.raises(ValidationError, match="tls_in_front: true"):
        Settings(reach="lan", public_url="https://chat.home")
    assert Settings(reach="lan", public_url="https://chat.home", tls_in_front=True).base_url == "https://chat.home"


def test_wan_refuses_to_start_without_tls_in_front_and_an_https_address() -> None:
    with pytest.raises(ValidationError) as raised:
        Settings(reach="wan")
    assert {error["loc"] for error in raised.value.errors()} == {("tls_in_front",), ("public_url",)}
    with pytest.raises(ValidationError):
        wan(public_url="http://chat.example.org")


def test_wan_listens_to_the_machine_and_links_to_its_public_url() -> None:
    settings = wan()
    assert settings.bind_host == "127.0.0.1"
    assert (settings.base_url, settings.base_path) == ("https://chat.example.org/gpt", "/gpt")
    assert settings.base_url_on("127.0.0.1", 4242) == "https://chat.example.org/gpt"
    assert settings.allowed_hosts == ("localhost", "127.0.0.1", "[::1]", "chat.example.org")


@pytest.mark.parametrize(
    "address",
    [
        "ftp://a",
        "chat.example.org",
        "http://",
        "http://u:p@a",
        "http://a/?b",
        "http://a/#b",
        "http://a:0",
        "http://a b",
        "http://[a",
    ],
)
def test_a_public_url_is_a_plain_web_address(address: str) -> None:
    with pytest.raises(ValidationError):
        Settings(reach="lan", public_url=address)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        setattr(Settings(), "port", 1)  # noqa: B010  as a type checker would not let it


def test_the_machines_names_are_found_without_sending_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    names = addresses.machine_names()
    assert names
    assert all(names)
