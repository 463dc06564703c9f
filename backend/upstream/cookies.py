"""The cookies of one sign-in, by the rules of the standard library."""

from email.message import Message
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from typing import cast
from urllib.request import Request

from yarl import URL


class Cookies:
    def __init__(self) -> None:
        self._jar = CookieJar()

    def for_url(self, url: URL) -> str | None:
        """What to send along."""
        request = asking(url)
        self._jar.add_cookie_header(request)
        return request.get_header("Cookie")

    def take(self, url: URL, said: list[str]) -> None:
        """The `Set-Cookie` headers of an answer from there."""
        if said:
            self._jar.extract_cookies(cast(HTTPResponse, Headers(said)), asking(url))


def asking(url: URL) -> Request:
    """What the jar wants to be asked with; it is never opened."""
    return Request(str(url))  # noqa: S310


class Headers:
    """As much of a response as the jar asks for."""

    def __init__(self, said: list[str]) -> None:
        self._message = Message()
        for each in said:
            self._message["Set-Cookie"] = each

    def info(self) -> Message:
        return self._message
