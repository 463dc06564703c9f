"""The parameters of the legacy contract, whichever way they come: a query, a JSON object or a form."""

from collections.abc import AsyncGenerator, Mapping
from typing import Final
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope

from backend.api.authentication import Named, bearer
from backend.api.bodies import read_body, read_object
from backend.domain.accounts import Plan
from backend.errors import InvalidInput

MOST_PARAMETERS: Final = 100
SECRETS: Final = ("user", "client", "admin", "access_token", "password")
PLANS: Final[dict[str, Plan]] = {"true": "plus", "false": "free", "any": "any"}
BOOLEANS: Final = {"true": True, "false": False}


class Parameters:
    """What was sent, read by name; blank counts as missing and unknown names are ignored.

    `header_key` is the key of an `Authorization: Bearer` header, `named` whom the header `X-User-Id` names.  Readers
    raise `InvalidInput` with the parameter's name.
    """

    __slots__ = ("_values", "header_key", "idempotency_key", "named")

    def __init__(self, values: Mapping[str, object], connection: HTTPConnection) -> None:
        self._values = values
        self.header_key = bearer(connection)
        self.named = Named.of(connection.headers)
        self.idempotency_key = connection.headers.get("idempotency-key")

    def text(self, name: str) -> str | None:
        """Whole numbers are taken as text, for ids that are numbers elsewhere."""
        value = self._values.get(name)
        if type(value) is int:
            value = str(value)
        if value is None:
            return None
        if type(value) is not str:
            raise InvalidInput(f"`{name}` must be text.", field=name)
        return value if value.strip() else None

    def needed(self, name: str) -> str:
        value = self.text(name)
        if value is None:
            raise InvalidInput(f"`{name}` is missing.", field=name)
        return value

    def key(self, name: str) -> str | None:
        value = self.text(name)
        return value and value.strip()

    def flag(self, name: str) -> bool | None:
        """A boolean, written `true` or `false` in any case, or JSON's own."""
        value = self._values.get(name)
        if value is None or type(value) is bool:
            return value
        if type(value) is str:
            word = value.strip().lower()
            if not word:
                return None
            if word in BOOLEANS:
                return BOOLEANS[word]
        raise InvalidInput(f"`{name}` must be true or false.", field=name)

    def plan(self, name: str) -> Plan | None:
        value = self._values.get(name)
        word = str(value).strip().lower() if type(value) in (bool, str) else value
        if word is None or word == "":
            return None
        if type(word) is str and word in PLANS:
            return PLANS[word]
        raise InvalidInput(f"`{name}` must be true, false or any.", field=name)


def secret_in(query: bytes) -> bool:
    """Whether a query holds a key or another secret, also one that is not read: a broken one, or that of a POST."""
    if not query:
        return False
    return any(name in SECRETS for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True))


async def read_parameters(scope: Scope, receive: Receive) -> Parameters:
    """Of a GET the query, of a POST the body.  Raises `InvalidInput` or `ClientDisconnect`."""
    connection = HTTPConnection(scope)
    if scope["method"] == "GET":
        return Parameters(pairs(scope["query_string"], "query"), connection)
    body = await read_body(receive)
    kind = connection.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return Parameters(await parts(connection.headers, body), connection)
    # curl calls whatever it is given a form, so JSON is told by its brace.
    if kind == "application/x-www-form-urlencoded" and not body.lstrip().startswith(b"{"):
        return Parameters(pairs(body, "form"), connection)
    return Parameters(read_object(body) if body.strip() else {}, connection)


def pairs(encoded: bytes, what: str) -> dict[str, str]:
    """Of a name that comes twice the first counts."""
    try:
        found = parse_qsl(encoded.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except ValueError:
        sentence = f"The {what} cannot be read: it must be percent-encoded UTF-8 of at most {MOST_PARAMETERS} fields."
        raise InvalidInput(sentence, field=what) from None
    return dict(reversed(found))


async def parts(headers: Headers, body: bytes) -> dict[str, str]:
    async def once() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        parser = MultiPartParser(headers, once(), max_files=0, max_fields=MOST_PARAMETERS, max_part_size=len(body) + 1)
        form = await parser.parse()
    except (MultiPartException, KeyError, UnicodeError) as error:
        why = getattr(error, "message", "it is broken")
        raise InvalidInput(f"The form cannot be read: {why}", field="form") from None
    return {name: value for name, value in reversed(form.multi_items()) if isinstance(value, str)}
