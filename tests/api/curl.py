"""The real curl against the real server: what a bot's author would type."""

import asyncio
import json
import shutil
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="no curl: apt-get install curl")


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        assert self.headers["content-type"] == "application/json; charset=utf-8"
        return json.loads(self.text)


async def curl(*arguments: str) -> Answer:
    command = ("curl", "--silent", "--show-error", "--include", "--noproxy", "*", "--max-time", "20", *arguments)
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    assert process.returncode == 0
    head, _, text = output.decode().partition("\r\n\r\n")
    line, *fields = head.split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (field.partition(":") for field in fields)}
    assert headers["cache-control"] == "no-store"
    assert "charset=utf-8" in headers["content-type"]
    return Answer(int(line.split()[1]), headers, text)


async def asked(url: str, way: str, **parameters: object) -> Answer:
    """The same parameters by `get`, `json`, `form` or `multipart`."""
    words = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
    if way == "get":
        return await curl(f"{url}?{urlencode(words)}")
    if way == "json":
        return await curl("-H", "Content-Type: application/json", "--data-raw", json.dumps(parameters), url)
    if way == "bare-json":
        return await curl("--data-raw", json.dumps(parameters), url)
    flag = "--data-urlencode" if way == "form" else "--form-string"
    return await curl(*(part for name, value in words.items() for part in (flag, f"{name}={value}")), url)
