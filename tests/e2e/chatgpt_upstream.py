"""The strict stand-in for ChatGPT beside a server, for stories of access tokens; it ends when its input does.

python tests/e2e/chatgpt_upstream.py → {"settings": {…of own accounts}, "tokens": [one for each of its accounts]}
"""

import asyncio
import json
import sys

from backend.upstream.rehearsal import RehearsalAccount, RehearsalServer

ACCOUNTS = [RehearsalAccount(f"{name}@example.org", "correct horse") for name in ("mine", "other")]


async def serve() -> None:
    upstream = RehearsalServer(ACCOUNTS)
    await upstream.start()
    urls = {"base_url": upstream.base_url, "login_url": upstream.login_url, "auth_url": upstream.auth_url}
    tokens = [upstream.issue_token(account.email) for account in ACCOUNTS]
    print(json.dumps({"settings": urls, "tokens": tokens}), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await upstream.stop()


if __name__ == "__main__":
    asyncio.run(serve())
