"""The old server's settings.json as a settings.yaml, and what of it was not taken over."""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import yaml
from pydantic import ValidationError

from backend.errors import InvalidInput
from backend.settings import addresses
from backend.settings.models import PathSettings, Settings

OLD_BASE: Final = "https://chat.openai.com/backend-api"  # of 2023; the service has moved since
TURN, TITLE = "/conversation", "/conversation/gen_title"
HEAD: Final = (
    "# Carried over from the old server's settings.json. It holds passwords: keep it from other people's eyes, or put\n"
    "# them in the environment and write ${NAME} here. Every other key and its default is in the project's "
    "settings.yaml.\n"
)
REACH: Final = ("reach", "tls_in_front", "public_url", "host")
WORDS: Final = {  # of the old server's endpoints, to ours
    "chat": "chat",
    "recall": "recall",
    "accesstoken": "access_token",
    "getaccesstoken": "access_token",
    "adduser": "add_user",
    "adminadduser": "add_user",
    "clientadduser": "add_user",
    "removeconversation": "remove_conversation",
}


class Carrying:
    """One settings.json.  `notes` are sentences on what was not taken over, and why; no secret stands in them."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.notes: list[str] = []
        self._openai = group(given.get("openai"))
        self._server = group(given.get("api_server"))
        self.settings: dict[str, Any] = {}
        self.settings["accounts"] = self._accounts()
        self._reach()
        self._paths()
        self._others(given)

    def yaml(self) -> str:
        """The file, sound by the rules of every settings file; what breaks one of them is left out and told."""
        while True:
            try:
                Settings.model_validate(self.settings)
            except ValidationError as error:
                detail = error.errors(include_input=False, include_url=False)[0]
                self._leave_out(detail["loc"], str(detail.get("ctx", {}).get("sentence") or detail["msg"]))
            else:
                return HEAD + yaml.safe_dump(literal(self.settings), sort_keys=False, allow_unicode=True, width=110)

    def _leave_out(self, place: tuple[int | str, ...], sentence: str) -> None:
        """An account goes as a whole: without its proxy, say, it would speak to its upstream directly."""
        if place[0] == "accounts" and len(place) > 1:
            account = self.settings["accounts"].pop(int(place[1]))
            self.notes.append(f"The account {account['name']}: {place[-1]} {sentence}.")
            return
        holder = self.settings
        for part in place[:-1]:
            holder = holder[str(part)]
        if holder.pop(str(place[-1]), None) is None:  # it is wrong by what stands elsewhere, which is the reach
            for name in REACH:
                self.settings.pop(name, None)
        self.notes.append(f"{'.'.join(map(str, place))}: {sentence}.")

    def _accounts(self) -> list[dict[str, Any]]:
        instances = self._openai.get("instances")
        base, names, accounts = self._base_url(), set[str](), []
        proxy = self._server.get("default_proxy")
        if isinstance(proxy, str) and proxy.strip():
            self.settings["default_proxy"] = proxy.strip()
        for place, listed in enumerate(instances if isinstance(instances, list) else [], 1):
            instance = group(listed)
            email, password = text(instance.get("email")), instance.get("password")
            if not email or not isinstance(password, str) or not password:
                self.notes.append(f"Account {place} of openai.instances: it needs an email and a password.")
                continue
            name = stem = email.partition("@")[0] or "account"
            count = 1
            while name in names:
                count += 1
                name = f"{stem}-{count}"
            names.add(name)
            account = {"name": name, "kind": "chatgpt", "plus": instance.get("plus") is True}
            if instance.get("proxy"):
                account["proxy"] = instance["proxy"]
                if instance["proxy"] == "default" and "default_proxy" not in self.settings:
                    self.notes.append(f"The account {name}: it goes by the default proxy, and none is set.")
                    continue
            accounts.append(account | ({"base_url": base} if base else {}) | {"email": email, "password": password})
        return accounts

    def _base_url(self) -> str | None:
        """Where prompts go, if that is not where they go by default."""
        base, endpoints = text(self._openai.get("base_url")).rstrip("/"), group(self._openai.get("endpoints"))
        turn, title = text(endpoints.get("conversation")) or TURN, text(endpoints.get("gen_title")) or TITLE
        whole = turn if "://" in turn else base + "/" + turn.strip("/")
        if not base or not whole.endswith(TURN):
            if base:
                self.notes.append("openai.endpoints.conversation: prompts go to /conversation below the base_url here.")
            return None
        found = whole.removesuffix(TURN)
        titles = title if "://" in title else base + "/" + title.strip("/")
        if titles.rstrip("/") != found + TITLE:
            self.notes.append("openai.endpoints.gen_title: titles come from /conversation/gen_title here.")
        if found == OLD_BASE:
            self.notes.append(f"openai.base_url: the service has moved from {OLD_BASE}; the new default is taken.")
            return None
        return found

    def _reach(self) -> None:
        host, port = text(self._server.get("host")), self._server.get("port")
        if isinstance(port, str) and re.fullmatch(r"\s*[0-9]{1,5}\s*", port):
            port = int(port)
        if type(port) is int:
            self.settings["port"] = port
        elif port is not None:
            self.notes.append("api_server.port: it is no number.")
        wan = text(self._server.get("wan_url")).rstrip("/")
        if text(self._server.get("local_or_wan")) == "wan":
            if urlsplit(wan).scheme == "https":
                self.settings |= {"reach": "wan", "tls_in_front": True, "public_url": wan}
            else:
                self.notes.append(
                    "api_server.local_or_wan: on the Internet this server wants https, spoken by something in front. "
                    "Set reach: wan, tls_in_front and public_url once there is; until then it answers to the network "
                    "around it (reach: lan)."
                )
                self.settings["reach"] = "lan"
        elif host and not addresses.is_local(host):
            self.settings["reach"] = "lan"
        if host:
            self.settings["host"] = host

    def _paths(self) -> None:
        endpoints = group(self._server.get("endpoints"))
        paths: dict[str, str] = {}
        for side in ("browser", "api"):
            for name, listed in group(endpoints.get(side)).items():
                word = WORDS.get(re.sub(r"[^a-z]", "", str(name).lower()))
                key = None if word is None else f"api_{word}" if side == "api" else word
                url = group(listed).get("url")
                if key not in PathSettings.model_fields:
                    self.notes.append(f"api_server.endpoints.{side}.{name}: there is no such page or call here.")
                elif isinstance(url, str) and url.rstrip("/") != PathSettings.model_fields[key].default:
                    paths[key] = "/" + url.strip("/")
        if paths:
            self.settings["paths"] = paths

    def _others(self, given: Mapping[str, Any]) -> None:
        told = {
            "openai": ({"instances", "base_url", "endpoints", "access_token_refresh_interval"}, self._openai),
            "api_server": (
                {"host", "port", "default_proxy", "webui_language", "wan_url", "local_or_wan", "endpoints"},
                self._server,
            ),
        }
        if "access_token_refresh_interval" in self._openai:
            self.notes.append("openai.access_token_refresh_interval: tokens are renewed when they expire.")
        if "webui_language" in self._server:
            self.notes.append("api_server.webui_language: the app speaks the language of the reader's browser.")
        self.notes += [f"{name}: this server has no such setting." for name in given if name not in told]
        for name, (known, found) in told.items():
            self.notes += [f"{name}.{key}: this server has no such setting." for key in found if key not in known]


def carried_over(given: object) -> tuple[str, list[str]]:
    """The settings.yaml, and what was not taken over.  Raises `InvalidInput`."""
    if not isinstance(given, dict) or not given.keys() & {"openai", "api_server"}:
        raise InvalidInput("This is not the old server's settings.json: it has neither `openai` nor `api_server`.")
    carrying = Carrying(given)
    return carrying.yaml(), carrying.notes


def group(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def literal(value: Any) -> Any:
    """What stands in the file must not read like a reference."""
    if isinstance(value, dict):
        return {key: literal(each) for key, each in value.items()}
    if isinstance(value, list):
        return [literal(each) for each in value]
    return value.replace("${", "$${") if isinstance(value, str) else value
