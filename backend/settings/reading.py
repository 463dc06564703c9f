"""From a settings file to `Settings`, or to every mistake in it at once."""

import difflib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, get_args

from pydantic import BaseModel, SecretStr, ValidationError
from pydantic_core import ErrorDetails

from backend.errors import InvalidInput
from backend.settings.accounts import ACCOUNT_KINDS, AccountSettings
from backend.settings.document import Document, parse
from backend.settings.mistakes import Mistake, Place, invalid, path_of
from backend.settings.models import Settings
from backend.settings.references import References

DEFAULT_NAME: Final = "settings.yaml"
KIND_SENTENCE: Final = f"must be one of {', '.join(ACCOUNT_KINDS)}"
SENTENCES: Final = {
    "missing": "this key is missing",
    "union_tag_not_found": "this key is missing: " + KIND_SENTENCE,
    "union_tag_invalid": KIND_SENTENCE,
    "literal_error": "must be {expected}",
    "string_type": "must be text; put it in quotes",
    "string_too_short": "must not be empty",
    "string_too_long": "must not be longer than {max_length} characters",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "too_short": "must have at least {min_length}",
    "finite_number": "must be a finite number",
    "path_type": "must be a path; put it in quotes",
}
KINDS_OF_VALUE: Final = {  # by the beginning of pydantic's type of error
    "int": "must be a whole number",
    "float": "must be a number",
    "bool": "must be true or false",
    "tuple": "must be a list",
    "model": "must be a group of keys",
    "dict": "must be a group of keys",
}


# What an account that is added can get wrong, by pydantic's type: the mistake of docs/errors.md, and the fact that is
# known of it by pydantic's name and by ours.
KINDS_OF_MISTAKE: Final = {
    "missing": ("missing", "", ""),
    "string_too_short": ("missing", "", ""),
    "too_short": ("missing", "", ""),
    "string_too_long": ("length", "max_length", "longest"),
    "greater_than_equal": ("too_small", "ge", "least"),
    "less_than_equal": ("too_large", "le", "most"),
}


def default_file() -> Path:
    """`settings.yaml` of the current folder or, where there is none, the one that ships with the project."""
    here, shipped = Path(DEFAULT_NAME), Path(__file__).parents[2] / DEFAULT_NAME
    return shipped if not here.exists() and shipped.exists() else here


def load_settings(path: Path | str, environ: Mapping[str, str] = os.environ) -> Settings:
    """Raises `SettingsInvalid`, which carries every mistake in `details["mistakes"]`."""
    file = str(path)
    document = parse(_text(file), References(environ, Path(path).absolute().parent))
    if document.data is None and not document.mistakes:
        document.data = {}
    settings = None
    try:
        if document.data is not None:
            settings = Settings.model_validate(document.data, context={"file": Path(path)})
    except ValidationError as error:
        for detail in error.errors(include_input=False, include_url=False):
            _note(document, detail)
    document.mistakes.extend(_across_accounts(document))
    if settings is None or document.mistakes:
        raise invalid(file, document.mistakes)
    return settings


def account_of(values: Mapping[str, object], settings: Settings) -> AccountSettings:
    """An account that is defined elsewhere than in the file, by the file's own rules but for references, which stand
    for nothing here.  Raises `InvalidInput` with every mistake."""
    listed = {"accounts": [dict(values)], "default_proxy": settings.default_proxy}
    document, found = Document(listed), None
    try:
        [found] = Settings.model_validate(listed).accounts
    except ValidationError as error:
        for detail in error.errors(include_input=False, include_url=False):
            _note(document, detail)
    document.mistakes.extend(_across_accounts(document))
    if found is None or document.mistakes:
        named = [(mistake.path.removeprefix("accounts[0]").lstrip("."), mistake) for mistake in document.mistakes]
        mistakes = [
            {"field": _camel(name), "sentence": mistake.sentence, "mistake": mistake.kind or None, **mistake.facts}
            for name, mistake in named
        ]
        raise InvalidInput(
            "; ".join(f"`{name}`: {mistake.sentence}" if name else mistake.sentence for name, mistake in named),
            field=mistakes[0]["field"],
            mistakes=mistakes,
        )
    return found


def changed_account(account: AccountSettings, changes: Mapping[str, object], settings: Settings) -> AccountSettings:
    """The account with other values for some of its keys, by the same rules; None takes a key away."""
    if changes.get("kind", account.kind) != account.kind:
        raise InvalidInput(
            "`kind`: an account stays of its kind; remove it and add another one under its name", field="kind"
        )
    known = ACCOUNT_KINDS[account.kind].model_fields
    values = {**definition_of(account), **changes}
    return account_of({key: value for key, value in values.items() if value is not None or key not in known}, settings)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def read_definition(text: str, folder: Path, environ: Mapping[str, str] = os.environ) -> dict[str, object]:
    """The keys of one account, written as in a settings file, its references put in.  Raises `SettingsInvalid`."""
    document = parse(text, References(environ, folder))
    data = document.data
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    if not isinstance(data, dict) and not document.mistakes:
        document.blame((), "must be the keys of one account, as under accounts in settings.yaml")
    if document.mistakes or not isinstance(data, dict):
        raise invalid("the account", document.mistakes)
    return data


def definition_of(account: AccountSettings) -> dict[str, object]:
    """What `account_of` makes the account from again, with its secrets in clear."""
    values = account.model_dump(exclude_defaults=True) | {"name": account.name, "kind": account.kind}
    return {name: value.get_secret_value() if isinstance(value, SecretStr) else value for name, value in values.items()}


def _text(file: str) -> str:
    try:
        return Path(file).read_text("utf-8-sig")
    except OSError as error:
        raise invalid(file, [Mistake("", None, f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise invalid(file, [Mistake("", line, "this is not text in UTF-8")]) from None


def _note(document: Document, detail: ErrorDetails) -> None:
    place, context = _place(detail), detail.get("ctx", {})
    if any(place[:length] in document.unresolved for length in range(len(place) + 1)):
        return
    line = None
    if because := context.get("because"):
        line = document.line_of(place if place in document.lines else (*place[:-1], because))
    kind, known, fact = KINDS_OF_MISTAKE.get(detail["type"], (context.get("mistake", ""), "", ""))
    facts = {fact: context[known]} if known in context else {}
    document.blame(place, _sentence(detail, place, context), line, kind, facts)


def _place(detail: ErrorDetails) -> Place:
    """Where it is in the file: without the kind that pydantic puts behind an account's index."""
    place: Place = detail["loc"]
    if place[:1] == ("accounts",) and len(place) > 2:
        place = place[:2] + place[3:]
    if detail["type"].startswith("union_tag"):
        return (*place, "kind")
    return place[:-1] if detail.get("ctx", {}).get("whole") else place


def _sentence(detail: ErrorDetails, place: Place, context: dict[str, Any]) -> str:
    kind = detail["type"]
    if kind == "wrong":
        return str(context["sentence"])
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(str(place[-1]), _known_keys(detail["loc"][:-1]), 1)
        return f"unknown key; did you mean {near[0]}?" if near else "unknown key"
    if kind in SENTENCES:
        return SENTENCES[kind].format(**context)
    return KINDS_OF_VALUE.get(kind.split("_")[0], detail["msg"])


def _known_keys(place: Place) -> list[str]:
    """The keys of the group at a place of pydantic's (`accounts`, 1, `chatgpt`)."""
    if place[:1] == ("accounts",):
        return list(ACCOUNT_KINDS[str(place[2])].model_fields)
    group: type[BaseModel] = Settings
    for part in place:
        annotation = group.model_fields[str(part)].annotation
        group = next(kind for kind in (annotation, *get_args(annotation)) if isinstance(kind, type))
    return list(group.model_fields)


def _across_accounts(document: Document) -> Iterator[Mistake]:
    """What only the whole file shows.  Looked for in its data, since one wrong account must not hide the next."""
    data = document.data if isinstance(document.data, dict) else {}
    listed = data.get("accounts")
    groups: dict[Place, Any] = {
        ("accounts", i): account for i, account in enumerate(listed if isinstance(listed, list) else [])
    }
    first_lines: dict[str, int] = {}
    for place, account in (groups | {("own_accounts",): data.get("own_accounts")}).items():
        if not isinstance(account, dict):
            continue
        name, name_place, proxy_place = account.get("name"), (*place, "name"), (*place, "proxy")
        if place in groups and isinstance(name, str) and name_place not in document.unresolved:
            line = document.line_of(name_place)
            if name.strip() in first_lines:
                sentence = f"another account has this name already, in line {first_lines[name.strip()]}"
                yield Mistake(path_of(name_place), line, sentence, "taken")
            first_lines.setdefault(name.strip(), line)
        if account.get("proxy") == "default" and data.get("default_proxy") is None:
            line = document.line_of(proxy_place)
            yield Mistake(path_of(proxy_place), line, "default_proxy is not set", "no_default_proxy")
