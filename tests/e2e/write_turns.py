"""Write turns into a conversation of a record, beside the server that holds it: more than a story could ask for.

python tests/e2e/write_turns.py SETTINGS CONVERSATION < [{"prompt": …, "reply": …, "error": …}, …]
"""

import asyncio
import json
import sys
import time
from dataclasses import replace
from pathlib import Path

from backend.domain.ids import CONVERSATION, IdSource, parse_id
from backend.opening import open_record_of
from backend.settings import load_settings


async def write(settings_file: Path, conversation: str, turns: list[dict[str, str]]) -> None:
    ids = IdSource(time.time)
    async with open_record_of(load_settings(settings_file), time.time) as record:
        id = parse_id(CONVERSATION, conversation)
        assert id is not None
        last = await record.turns.last_of(id)
        assert last is not None
        for turn in turns:
            error = turn.get("error")
            last = replace(
                last,
                id=ids.next(),
                position=last.position + 1,
                prompt=turn["prompt"],
                reply=turn["reply"],
                state="finished" if error is None else "failed",
                error_code=None if error is None else "upstream_forbidden",
                error_sentence=error,
            )
            await record.turns.begin(last)


if __name__ == "__main__":
    asyncio.run(write(Path(sys.argv[1]), sys.argv[2], json.load(sys.stdin)))
