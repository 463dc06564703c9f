"""Addresses in settings, and this machine's own."""

import contextlib
import ipaddress
import re
import socket
from typing import Final
from urllib.parse import SplitResult, urlsplit

from backend.settings.mistakes import wrong

LOCAL_NAMES: Final = ("localhost", "127.0.0.1", "[::1]")
EVERYWHERE: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104  recognised, not bound
PROXY_SCHEMES: Final = ("socks5", "socks5h", "socks4", "http")


def parts_of(address: str, example: str) -> SplitResult:
    """The parts of a URL with a host and, if any, a sound port; a mistake otherwise."""
    parts, sound = SplitResult("", "", "", "", ""), False
    with contextlib.suppress(ValueError):
        parts = urlsplit(address)
        sound = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    if not sound or re.search(r"[\s\\]", address):
        raise wrong(f"must be an address such as {example}", mistake="address")
    return parts


def web_address(address: str) -> str:
    """An http or https URL without a trailing slash."""
    parts = parts_of(address, "https://example.org")
    if parts.scheme not in ("http", "https"):
        raise wrong("must begin with http:// or https://", mistake="web_scheme")
    if parts.query or parts.fragment:
        raise wrong("must not have a ? or # part", mistake="no_query")
    if "@" in parts.netloc:
        raise wrong("must not hold a user name or password", mistake="no_password")
    return address.rstrip("/")


def proxy_address(address: str) -> str:
    """A proxy's URL.  Host names are always resolved by the proxy, so socks5h is the same as socks5."""
    parts = parts_of(address, "socks5://127.0.0.1:1080")
    if parts.scheme not in PROXY_SCHEMES:
        raise wrong("must begin with socks5://, socks4:// or http://", mistake="proxy_scheme")
    if parts.port is None:
        raise wrong("must name the proxy's port, as in socks5://127.0.0.1:1080", mistake="proxy_port")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise wrong("must end after the port", mistake="ends_after_port")
    return address.rstrip("/").replace("socks5h://", "socks5://", 1)


def account_proxy(address: str) -> str:
    return address if address == "default" else proxy_address(address)


def network(address: str) -> str:
    try:
        ipaddress.ip_network(address, strict=False)
    except ValueError:
        raise wrong("must be an IP address or a network such as 10.0.0.0/8") from None
    return address


def is_local(host: str) -> bool:
    """Whether a host, with or without brackets, is this machine and no other."""
    host = host.strip("[]")
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def in_url(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def machine_names() -> tuple[str, ...]:
    """What others on the network may call this machine, the best first.  Asks the routing table; sends nothing."""
    names = []
    for family, elsewhere in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((elsewhere, 9))
            names.append(in_url(probe.getsockname()[0]))
    name = socket.gethostname().lower()
    return (*names, name, name if "." in name else f"{name}.local")
