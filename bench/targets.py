"""What is measured: the tables of targets.toml, with their marks filled in."""

import json
import os
import pathlib
import tomllib
from dataclasses import dataclass, field
from typing import Any, Final

from phases import PHASES, PLAIN, UNASKED, Phase
from processes import free_port

HERE: Final = pathlib.Path(__file__).resolve().parent
PROJECT: Final = pathlib.Path(os.environ.get("PROJECT") or HERE.parent).resolve()
PEERS: Final = {
    "{litellm}": os.environ.get("LITELLM") or str(PROJECT / ".litellm/bin/litellm"),
    "{portkey}": str(PROJECT / ".portkey/node_modules/@portkey-ai/gateway"),
}


@dataclass
class Target:
    """targets.toml says what each is; `mock` and `port` are those on which the mock and the target listen."""

    name: str
    mock: int
    port: int
    command: str
    before: str
    needs: str
    install: str
    cwd: str
    cores: int
    client_cores: int
    path: str
    stream_path: str
    body: str
    ask: str
    follow: str
    record: str
    rate: float
    patience: float
    env: dict[str, str] = field(default_factory=dict)
    headers: list[str] = field(default_factory=list)
    skip: list[str] = field(default_factory=list)
    usual: list[str] = field(default_factory=list)

    def phases(self, asked: list[str]) -> list[str]:
        """Those that were asked for, else the usual ones, without those that it does not take part in."""
        wanted = asked or self.usual or [name for name in PHASES if name not in UNASKED]
        return [name for name in wanted if name not in self.skip]

    def request(self, phase: Phase) -> str:
        """The body of a request in a phase."""
        text = self.ask if phase.follows else self.body
        prompt = f"Say something. [[{phase.mock}]]"
        return text.replace("{prompt}", prompt).replace("{stream}", json.dumps(phase.kind != PLAIN))


def tables() -> dict[str, dict[str, Any]]:
    """Every target's table, by name, with what it takes over and the defaults."""
    conf = tomllib.loads((HERE / "targets.toml").read_text("utf-8"))
    base = conf.pop("defaults")
    return {name: base | conf.get(table.pop("like", ""), {}) | table for name, table in conf.items()}


def target(name: str, work: pathlib.Path) -> Target:
    """The target on free ports of its own, with its files in the folder `work`."""
    table, mock, port = tables()[name], free_port(), free_port()
    place = {"{here}": str(HERE), "{work}": str(work), "{project}": str(PROJECT), "{name}": name} | PEERS
    place |= {"{mock}": f"http://127.0.0.1:{mock}/v1", "{port}": str(port)}
    return Target(name=name, mock=mock, port=port if table["command"] else mock, **filled(table, place))


def filled(value: Any, place: dict[str, str]) -> Any:
    """A value of a table with its marks replaced."""
    if isinstance(value, str):
        for mark, meant in place.items():
            value = value.replace(mark, meant)
        return value
    if isinstance(value, dict):
        return {key: filled(each, place) for key, each in value.items()}
    return [filled(each, place) for each in value] if isinstance(value, list) else value
