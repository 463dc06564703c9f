"""`${NAME}` and `${file:PATH}` in a settings file.

References are taken out of the text before it is parsed and put back as plain text behind it, so that they may stand
anywhere in YAML, even where a brace would not, and so that what they stand for is never read as YAML.  A reference in
a comment is never looked up.  `$${` is a literal `${`.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

REFERENCE: Final = re.compile(r"\$\$\{|\$\{[^{}\n]*\}|\$\{|\ue000")
TOKEN: Final = re.compile("\ue000([0-9]+)\ue001")
NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
LITERALS: Final = {"$${": "${", "\ue000": "\ue000"}
LARGEST_FILE: Final = 65536  # bytes


class Unresolved(ValueError):
    """A reference that stands for nothing; the text is a sentence."""


class References:
    def __init__(self, environ: Mapping[str, str], folder: Path) -> None:
        self._environ = environ
        self._folder = folder
        self._sources: list[str] = []

    def hide(self, text: str) -> str:
        """The text with a token in the place of each reference."""

        def token(found: re.Match[str]) -> str:
            self._sources.append(found[0])
            return f"\ue000{len(self._sources) - 1}\ue001"

        return REFERENCE.sub(token, text)

    def source(self, text: str) -> str:
        """The text as it stands in the file."""
        return TOKEN.sub(lambda found: self._sources[int(found[1])], text)

    def expand(self, text: str) -> str:
        """The text with what its references stand for; raises `Unresolved`."""
        return TOKEN.sub(lambda found: self._value(self._sources[int(found[1])]), text)

    def _value(self, source: str) -> str:
        if source in LITERALS:
            return LITERALS[source]
        name = source[2:-1]
        if name.startswith("file:"):
            return self._content(name.removeprefix("file:"))
        if not source.endswith("}") or not NAME.fullmatch(name):
            raise Unresolved("a reference reads ${NAME} or ${file:PATH}; a literal ${ is written $${")
        if name not in self._environ:
            raise Unresolved(f"the environment variable {name} is not set")
        return self._environ[name]

    def _content(self, path: str) -> str:
        try:
            with (self._folder / path).open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
            text = content.decode()
        except UnicodeDecodeError:
            raise Unresolved(f"the file {path} is not text in UTF-8") from None
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else "its path is not sound"
            raise Unresolved(f"the file {path} cannot be read: {reason}") from None
        if len(content) > LARGEST_FILE:
            raise Unresolved(f"the file {path} is larger than {LARGEST_FILE} bytes")
        return text.removesuffix("\n").removesuffix("\r")
