"""settings.yaml as it is written: references, mistakes with their places, nothing secret in what is said."""

from pathlib import Path

import pytest

from backend.errors import SettingsInvalid
from backend.settings import ChatGPTAccount, OpenAIAccount, RehearsalAccount, Settings, load_settings
from backend.settings.mistakes import Mistake

EXAMPLE = """\
accounts:
  - {name: rehearsal, kind: rehearsal}
  - {name: library-plus, kind: chatgpt, plus: true, email: a@example.org, password: ${LIBRARY_PASSWORD}, proxy: socks5://127.0.0.1:1080}
  - {name: lab, kind: openai, base_url: http://127.0.0.1:11434/v1, api_key: ${LAB_KEY}, model: llama3.2, concurrency: 8}
database: sqlite:///record.db
"""


@pytest.fixture
def write(tmp_path: Path) -> "Write":
    return Write(tmp_path)


class Write:
    def __init__(self, folder: Path) -> None:
        self.file = folder / "settings.yaml"

    def load(self, text: str, **environ: str) -> Settings:
        self.file.write_text(text, "utf-8")
        return load_settings(self.file, environ)

    def mistakes(self, text: str, **environ: str) -> list[tuple[int | None, str, str]]:
        with pytest.raises(SettingsInvalid) as raised:
            self.load(text, **environ)
        found = raised.value.details["mistakes"]
        assert isinstance(found, tuple)
        assert all(isinstance(one, Mistake) for one in found)
        return [(one.line, one.path, one.sentence) for one in found]


def test_the_example_works_as_it_is_written(write: Write) -> None:
    settings = write.load(EXAMPLE, LIBRARY_PASSWORD="p: {w}, #1", LAB_KEY="k")
    rehearsal, plus, lab = settings.accounts
    assert isinstance(rehearsal, RehearsalAccount)
    assert isinstance(plus, ChatGPTAccount)
    assert isinstance(lab, OpenAIAccount)
    assert plus.password is not None
    assert plus.password.get_secret_value() == "p: {w}, #1"
    assert (plus.plus, plus.concurrency, plus.proxy) == (True, 1, "socks5://127.0.0.1:1080")
    assert (lab.concurrency, lab.model) == (8, "llama3.2")


def test_an_empty_file_is_complete(write: Write) -> None:
    settings = write.load("# nothing\n")
    assert [account.kind for account in settings.accounts] == ["rehearsal"]
    assert settings.database_url == f"sqlite:///{write.file.parent}/record.db"


def test_paths_are_relative_to_the_file(write: Write) -> None:
    settings = write.load("database: sqlite:///kept/chat.db\nsecret_key_file: keys/server.key\n")
    folder = write.file.parent
    assert settings.folder == folder
    assert settings.sqlite_file == folder / "kept/chat.db"
    assert settings.key_file == folder / "keys/server.key"
    assert write.load("database: sqlite:///kept/chat.db").key_file == folder / "kept/chat.db.key"
    assert write.load("database: sqlite:////srv/chat.db").database_url == "sqlite:////srv/chat.db"
    assert write.load("database: postgresql://u:p@h/n").key_file == folder / "record.key"


def test_every_mistake_is_reported_at_once_with_its_path_and_line(write: Write) -> None:
    text = """\
accounts:
  - {name: a, kind: rehearsel}
  - name: a
    kind: chatgpt
    pluss: true
    proxy: socks9://127.0.0.1:1080
    email: a@example.org
    password: ${NOPE}
  - {name: c, kind: chatgpt}
  - {name: d, kind: openai, model: 3.2, concurrency: 0, proxy: default}
database: mysql://x
reach: wan
reach: lan
timeouts: {conect: 3, connect: fast}
"""
    assert write.mistakes(text) == [
        (2, "accounts[0].kind", "must be one of chatgpt, openai, rehearsal"),
        (3, "accounts[1].name", "another account has this name already, in line 2"),
        (5, "accounts[1].pluss", "unknown key; did you mean plus?"),
        (6, "accounts[1].proxy", "must begin with socks5://, socks4:// or http://"),
        (8, "accounts[1].password", "the environment variable NOPE is not set"),
        (9, "accounts[2]", "needs an access_token, a refresh_token, or email and password"),
        (10, "accounts[3].base_url", "this key is missing"),
        (10, "accounts[3].concurrency", "must be at least 1"),
        (10, "accounts[3].model", "must be text; put it in quotes"),
        (10, "accounts[3].proxy", "default_proxy is not set"),
        (11, "database", "must begin with sqlite:/// or postgresql://"),
        (12, "public_url", "must be an https:// address with reach: wan"),
        (12, "tls_in_front", "must be true with reach: wan, where something in front has to speak TLS"),
        (13, "reach", "this key stands twice; first in line 12"),
        (14, "timeouts.conect", "unknown key; did you mean connect?"),
        (14, "timeouts.connect", "must be a number"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "path", "sentence"),
    [
        ("- a\n", 1, "", "must be a group of keys"),
        ("accounts:\n", 1, "accounts", "must be a list"),
        ("accounts: [3]\n", 1, "accounts[0]", "must be a group of keys"),
        ("accounts:\n  - {name: a}\n", 2, "accounts[0].kind", "this key is missing"),
        (
            "accounts:\n  - {name: a, kind: rehearsal, concurrency: 2}\n",
            2,
            "accounts[0].concurrency",
            "must be at most 1",
        ),
        ("own_accounts: {proxy: default}\n", 1, "own_accounts.proxy", "default_proxy is not set"),
        ("default_proxy: socks5://127.0.0.1\n", 1, "default_proxy", "port"),
        ("trusted_proxies: [10.0.0.0/8, nobody]\n", 1, "trusted_proxies[1]", "IP address"),
        ("\nport: true\n", 2, "port", "must be a number, not true or false"),
        ("port: 70000\n", 1, "port", "at most 65535"),
        ("timeouts: {queue: .inf}\n", 1, "timeouts.queue", "finite"),
        ("timeouts: {queue: 0}\n", 1, "timeouts.queue", "more than 0"),
        ("tls_in_front: perhaps\n", 1, "tls_in_front", "true or false"),
        ("paths:\n  chat: chat\n", 2, "paths.chat", "must begin with /"),
        ("paths:\n  chat: /healthz\n", 2, "paths.chat", "the server's own"),
        ("paths:\n  recall: /chat\n", 2, "paths.recall", "chat has this path already"),
        ("paths:\n  v1: /api\n", 2, "paths.v1", "lies below"),
        ("host: &a localhost\npublic_url: *a\n", 2, "public_url", "alias"),
        ("? [a]\n: b\n", 1, "", "a key must be a word"),
        ("titles: !secret ask\n", 1, "titles", "cannot be read"),
        ("<<: {port: 1}\n", 1, "<<", "unknown key"),
        ("\nport: [\n", 3, "", "this is not YAML"),
        ("port: 1\n---\nport: 2\n", 2, "", "this is not YAML"),
        ("host: \x07\n", 1, "", "a character that YAML does not allow"),
        ("host: ${A B}\n", 1, "host", "a reference reads ${NAME} or ${file:PATH}"),
        ("host: x${A\n", 1, "host", "a reference reads"),
        ("${A}: 1\n", 1, "${A}", "unknown key"),
    ],
)
def test_a_mistake_has_its_line_its_path_and_a_sentence(
    write: Write, text: str, line: int, path: str, sentence: str
) -> None:
    [(found_line, found_path, found_sentence)] = write.mistakes(text)
    assert (found_line, found_path) == (line, path)
    assert sentence in found_sentence


def test_a_file_that_is_not_there_or_not_text_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match=r"nowhere\.yaml: cannot be read: No such file"):
        load_settings(tmp_path / "nowhere.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"host: a\nhost: \xe4\n")
    with pytest.raises(SettingsInvalid, match=r"latin\.yaml:2: this is not text in UTF-8"):
        load_settings(tmp_path / "latin.yaml")


def test_the_error_reads_as_one_line_per_mistake(write: Write) -> None:
    with pytest.raises(SettingsInvalid) as raised:
        write.load("prot: 1\ntitels: ask\n")
    assert str(raised.value).splitlines() == [
        f"{write.file}:1: prot: unknown key; did you mean port?",
        f"{write.file}:2: titels: unknown key; did you mean titles?",
    ]


def test_numbers_and_booleans_may_come_from_the_environment(write: Write) -> None:
    text = "port: ${PORT}\ntls_in_front: ${TLS}\ntimeouts: {queue: '1${ZERO}.5'}\n"
    settings = write.load(text, PORT="8123", TLS="true", ZERO="0")
    assert (settings.port, settings.tls_in_front, settings.timeouts.queue) == (8123, True, 10.5)


def test_a_reference_in_a_comment_is_not_looked_up(write: Write) -> None:
    assert write.load("# ${NOPE} and ${\nport: 1  # ${file:nowhere}\n").port == 1


def test_what_a_reference_stands_for_is_never_read_again(write: Write) -> None:
    account = "accounts: [{name: ${NAME}, kind: rehearsal}]"
    assert write.load(account, NAME="${OTHER}: {a}").accounts[0].name == "${OTHER}: {a}"
    assert write.load("accounts: [{name: '$${NAME}', kind: rehearsal}]").accounts[0].name == "${NAME}"
    assert write.load("accounts: [{name: \ue0000\ue001, kind: rehearsal}]").accounts[0].name == "\ue0000\ue001"


def test_a_secret_may_live_in_a_file_beside_the_settings(write: Write) -> None:
    (write.file.parent / "token").write_text("t0ken\n\n")
    [account] = write.load("accounts: [{name: a, kind: chatgpt, access_token: ${file:token}}]").accounts
    assert isinstance(account, ChatGPTAccount)
    assert account.access_token is not None
    assert account.access_token.get_secret_value() == "t0ken\n"


def test_a_file_that_cannot_be_a_secret_is_a_mistake(write: Write) -> None:
    (write.file.parent / "large").write_text("x" * 70_000)
    (write.file.parent / "bytes").write_bytes(b"\xff\xfe")
    for name, reason in (
        ("large", "larger than"),
        ("bytes", "UTF-8"),
        ("absent", "cannot be read"),
        (".", "cannot be read"),
    ):
        [(line, path, sentence)] = write.mistakes(f"host: ${{file:{name}}}\n")
        assert (line, path) == (1, "host")
        assert reason in sentence


def test_no_secret_appears_in_a_message_or_a_repr(write: Write) -> None:
    text = """\
accounts:
  - {name: a, kind: chatgpt, access_token: hunter2, email: e, proxy: ftp://user:hunter2@h:1}
  - {name: b, kind: openai, base_url: https://user:hunter2@h/v1, model: m, api_key: [hunter2]}
database: mysql://user:hunter2@h/n
default_proxy: socks5://user:hunter2@h
host: ${file:absent}
kind: ${HUNTER}
"""
    with pytest.raises(SettingsInvalid) as raised:
        write.load(text, HUNTER="hunter2")
    assert "hunter2" not in str(raised.value) + repr(raised.value.details)
    for syntax in ("host: *hunter2", "host: !hunter2 x", "host: 'hunter2", "host: {hunter2: [}", "host: @hunter2"):
        with pytest.raises(SettingsInvalid) as raised:
            write.load(syntax + "\n")
        assert "hunter2" not in str(raised.value) + repr(raised.value.details), syntax
    sound = """\
accounts: [{name: a, kind: chatgpt, refresh_token: hunter2, proxy: socks5://user:hunter2@h:1}]
database: postgresql://user:hunter2@h/n
default_proxy: http://user:hunter2@h:1
"""
    assert "hunter2" not in repr(write.load(sound))


def test_a_token_a_refresh_token_or_email_and_password_are_enough(write: Write) -> None:
    for keys in ("access_token: t", "refresh_token: t", "email: e, password: p"):
        write.load(f"accounts: [{{name: a, kind: chatgpt, {keys}}}]")
    [(_, path, sentence)] = write.mistakes("accounts: [{name: a, kind: chatgpt, access_token: t, email: e}]")
    assert path == "accounts[0].password"
    assert "belong together" in sentence


def test_the_default_proxy_is_used_where_an_account_says_so_and_never_left_out(write: Write) -> None:
    accounts = "accounts:\n  - {name: a, kind: rehearsal, proxy: default}\n  - {name: b, kind: rehearsal}\n"
    settings = write.load(accounts + "default_proxy: socks5h://127.0.0.1:9/\n")
    assert [settings.proxy_of(account) for account in settings.accounts] == ["socks5://127.0.0.1:9", None]
    with pytest.raises(SettingsInvalid):
        Settings().proxy_of(settings.accounts[0])
