"""Replies of the rehearsal upstream: Markdown that says what it is, shows what came in and teaches the product."""

import re
from typing import Final

from backend.upstream.rehearsal.faults import MEANINGS, Command

QUOTED: Final = 600  # characters of the prompt that a reply repeats
MOST_WORDS: Final = 20_000  # of `/rehearse long`

BANNER: Final = "**This is the rehearsal upstream: no model answered.**"

WORDS_LESSON: Final = """## The words

| word | means |
| --- | --- |
| account | an identity that answers prompts: one of the pool, or a caller's own |
| pool | the built-in accounts and the choice among them |
| upstream | what an account speaks to: ChatGPT, an OpenAI-compatible server, or this rehearsal |
| user | a person or program that may call: an *admin*, a *client* or a plain *user* |
| key | a secret that proves a user |
| conversation | a titled, ordered list of turns, pinned to one account |
| turn | a prompt and its reply |

Go on: ask about `accounts`, `keys`, `curl` or `follow-ups`, or send `/rehearse help`."""

ACCOUNTS_LESSON: Final = """## Adding a real account

Accounts stand in `settings.yaml`. Put yours beside the rehearsal one, which then begins nothing new, or in its place:

```yaml
accounts:
  - name: library-plus
    kind: chatgpt
    plus: true
    email: a@example.org
    password: ${LIBRARY_PASSWORD}   # from the environment
  - name: lab
    kind: openai                    # any OpenAI-compatible server
    base_url: http://127.0.0.1:11434/v1
    model: llama3.2
database: sqlite:///record.db
```

1. Check it: `python -m backend check-settings --settings settings.yaml` names every mistake with its line.
2. Save the file. The server takes it over within a few seconds.
3. Send a prompt. If the reply no longer says *rehearsal upstream*, a real account wrote it.

A human check is never evaded: an account that is asked for one waits until a person has seen to it."""

KEYS_LESSON: Final = """## Keys, users and clients

Every caller proves itself with a key. Three roles exist:

- **admin**: issues keys of every role and sees all conversations;
- **client**: a program that serves users of its own and issues keys to them alone;
- **user**: chats, and recalls its own conversations.

```console
$ python -m backend keys issue --settings settings.yaml --role user --name "Ada"
```

A key is shown once. The record keeps only a digest of it, so a lost key is replaced, not looked up."""

CURL_LESSON: Final = """## Calling by curl

Put your key where it says `$KEY`; the address is the one that your server printed when it started.

```bash
curl http://127.0.0.1:8000/graphql \\
  -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" \\
  -d '{"query": "mutation { chat(input: {prompt: \\"Hello\\"}) { turn { id reply } conversation { id title } } }"}'
```

```bash
curl http://127.0.0.1:8000/v1/chat/completions \\
  -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" \\
  -d '{"model": "auto", "messages": [{"role": "user", "content": "Hello"}]}'
```

```bash
curl -G http://127.0.0.1:8000/api/chat -d user=$KEY --data-urlencode "prompt=Hello" -d reply_only=true
```

| door | path | good for |
| --- | --- | --- |
| GraphQL | `/graphql` | the web app and new programs |
| OpenAI-compatible | `/v1` | programs written for OpenAI's API |
| REST | `/api/chat` | bots written for the server before this one |"""

FOLLOW_UPS_LESSON: Final = """## How prompts find their account

1. A *new* conversation takes the next healthy account that you may use: they go round.
2. A *follow-up* goes to the conversation's own account, because only that one remembers it.
3. An account answers **one prompt at a time**; the next waits for it.
4. An account that hits a limit rests until the limit clears, and the others go on.

The count of prompts above grows with every follow-up, so you can see that they stay together. Try `/rehearse limit 60`
and watch the account rest."""

TOPICS: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (("curl", "api", "graphql", "http", "script", "program"), CURL_LESSON),
    (("key", "role", "admin", "client", "user"), KEYS_LESSON),
    (("account", "settings", "yaml", "real", "configure", "openai", "chatgpt"), ACCOUNTS_LESSON),
    (("follow", "pool", "round", "limit", "queue"), FOLLOW_UPS_LESSON),
)
IN_TURN: Final = (WORDS_LESSON, ACCOUNTS_LESSON, FOLLOW_UPS_LESSON, KEYS_LESSON, CURL_LESSON)


def reply_to(prompt: str, prompts: int, command: Command | None, *, adopted: bool = False) -> str:
    """The reply to the conversation's `prompts`-th prompt; the same for the same arguments."""
    since = "since it started anew and forgot those before" if adopted else "of this conversation"
    head = f"{BANNER} Your prompt came through, number {prompts} {since}:"
    return "\n\n".join((head, _quote(prompt), _lesson(prompt, prompts, command)))


def title_of(prompt: str) -> str:
    words = " ".join(prompt.split())
    return "Rehearsal: " + (words if len(words) <= 48 else words[:47].rstrip() + "…")


def _quote(prompt: str) -> str:
    shown = prompt if len(prompt) <= QUOTED else prompt[:QUOTED] + "…"
    return "\n".join(f"> {line}".rstrip() for line in shown.splitlines() or [""])


def _lesson(prompt: str, prompts: int, command: Command | None) -> str:
    if command is not None:
        return _rehearsed(command)
    asked = set(re.findall(r"[a-z]+", prompt[:QUOTED].lower()))
    for beginnings, lesson in TOPICS:
        if any(word.startswith(beginnings) for word in asked):
            return lesson
    return IN_TURN[(prompts - 1) % len(IN_TURN)]


def _rehearsed(command: Command) -> str:
    if command.word == "long":
        return _long(500 if command.number is None else int(command.number))
    for kind, (does, _) in MEANINGS.items():
        if kind == command.word:
            return f"You rehearsed `{kind}`: {does}. These words are here so that something can go wrong in them."
    unknown = "" if command.word == "help" else f"There is no `/rehearse {command.word}`.\n\n"
    return unknown + _help()


def _help() -> str:
    rows = [("help", "", "this table"), ("long", "words", "a long reply")]
    rows += [(kind, unit or "", does) for kind, (does, unit) in MEANINGS.items()]
    table = "\n".join(f"| `{f'/rehearse {word} {unit.upper()}'.strip()}` | {does} |" for word, unit, does in rows)
    return f"""## Things to rehearse

Send one of these on a line of its own and watch what the product makes of it.

| line | what happens |
| --- | --- |
{table}

Numbers may be left out."""


def _long(words: int) -> str:
    count = max(1, min(words, MOST_WORDS))
    sentences = [f"Sentence {n} has seven words in all." for n in range(1, -(-count // 7) + 1)]
    text = " ".join(" ".join(sentences).split(" ")[:count])
    return f"## {count} words\n\n{text}"
