"""The documents of the web app, which name themselves by ids: `sha256:` and the digest of the text, in hex.

The build of the app writes them beside its files; see frontend/codegen.ts.
"""

from pathlib import Path
from typing import Final

import orjson

MANIFEST: Final = Path(
    "graphql", "documents.json"
)  # below the folder of the built app, where no request is served from


def persisted_documents(folder: Path) -> dict[str, str]:
    """The texts by their ids; none where the app is not built."""
    file = folder / MANIFEST
    if not file.is_file():
        return {}
    texts: dict[str, str] = orjson.loads(file.read_bytes())
    return texts
