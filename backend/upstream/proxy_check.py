"""Whether an account's proxy lets it reach its upstream: one connection, made and closed, nothing sent through it."""

import asyncio
from typing import Final
from urllib.parse import urlsplit

from python_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError
from python_socks.async_.asyncio import Proxy

from backend.upstream.connections import proxy_parts
from backend.upstream.failures import BEHIND_THE_PROXY
from backend.upstream.protocol import ProxyReport, ProxyState

PORTS: Final = {"http": 80, "https": 443}
LOGIN_REFUSED: Final = ("authentication", "407")
SENTENCES: Final[dict[ProxyState, str]] = {
    "up": "The proxy is up and connects to the upstream.",
    "down": "The proxy does not answer at its address. Check that it runs, and its host and port in the account.",
    "refusing": "The proxy refused to connect. Check its rules.",
    "wrong_login": "The proxy refused its login. Check the user name and password in the proxy's URL.",
    "hanging": "The proxy took the connection and then said nothing in time. It may be overloaded, or no proxy at all.",
    "no_way_on": "The proxy is up, but cannot connect to the upstream's host from where it is.",
}


async def check_proxy(proxy: str, url: str, seconds: float) -> ProxyReport:
    """Through the proxy alone: the upstream's name is resolved there, as it is for prompts."""
    started = asyncio.get_running_loop().time()
    state = await state_of(proxy, url, seconds)
    return ProxyReport(state, SENTENCES[state], asyncio.get_running_loop().time() - started)


async def state_of(proxy: str, url: str, seconds: float) -> ProxyState:
    kind, host, port, username, password = proxy_parts(proxy)
    upstream = urlsplit(url)
    try:
        connected = await Proxy(kind, host, port, username, password, rdns=True).connect(
            upstream.hostname or "", upstream.port or PORTS[upstream.scheme], timeout=seconds
        )
    except ProxyTimeoutError:
        return "hanging"
    except (ProxyConnectionError, OSError):
        return "down"
    except ProxyError as error:
        return state_of_refusal(error)
    connected.close()
    return "up"


def state_of_refusal(error: ProxyError) -> ProxyState:
    """By the code of the proxy's protocol where it gave one; a refused login has none in SOCKS5."""
    said = str(error).lower()
    if error.error_code == 407 or any(word in said for word in LOGIN_REFUSED):
        return "wrong_login"
    if error.error_code in BEHIND_THE_PROXY or error.error_code in (502, 503, 504):
        return "no_way_on"
    return "refusing"
