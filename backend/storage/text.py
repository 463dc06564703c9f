"""Text and JSON as both databases can keep them."""

import json
from typing import Any

import orjson


def keepable(text: str) -> str:
    """`text` without what is no text: lone surrogates (neither database) and NUL (not PostgreSQL) become U+FFFD.

    A reply is not the caller's to correct, and one odd character must not cost the whole turn.
    """
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    return text


def keepable_or_none(text: str | None) -> str | None:
    return None if text is None else keepable(text)


def to_json(value: object) -> str | None:
    """None for an empty value.  What came from outside comes back as it was, lone surrogates and all."""
    if not value:
        return None
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # a lone surrogate or a number beyond 64 bits, which the slower one can keep
        return json.dumps(value, separators=(",", ":"))


def from_json(text: str | None) -> Any:
    return None if text is None else json.loads(text)
