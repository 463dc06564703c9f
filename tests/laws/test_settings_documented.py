"""settings.yaml shows every key with its true default, and is valid with every comment taken off."""

import re
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from backend.settings import Settings, load_settings
from backend.settings.accounts import ACCOUNT_KINDS
from backend.settings.references import REFERENCE
from tests.laws.source import ROOT

SHIPPED = (ROOT / "settings.yaml").read_text("utf-8")


def uncommented(text: str) -> str:
    """The file with every key set: prose stands behind `# `, a key right behind `#` or indented by two spaces."""
    return re.sub(r"^#(?=\S|  )", "", text, flags=re.MULTILINE)


def undocumented(text: str) -> list[str]:
    """What the file does not show, or shows with another default than the models'."""
    data = yaml.safe_load(REFERENCE.sub("REFERENCE", uncommented(text)))
    wrong = differences("", Settings, {name: value for name, value in data.items() if name != "accounts"}, {"accounts"})
    if data.get("accounts", [])[:1] != [{"name": "rehearsal", "kind": "rehearsal"}]:
        wrong.append("accounts: the rehearsal account does not come first")
    for kind, model in ACCOUNT_KINDS.items():
        shown = [account for account in data.get("accounts", []) if account["name"] == f"every-key-of-{kind}"]
        wrong += differences(f"accounts[{kind}].", model, shown[0] if shown else {}, set())
    return wrong


def differences(path: str, model: type[BaseModel], shown: dict[str, object], elsewhere: set[str]) -> list[str]:
    wrong = [f"{path}{name}: there is no such key" for name in shown.keys() - model.model_fields.keys()]
    for name, field in model.model_fields.items():
        if name in elsewhere:
            continue
        default, value = field.get_default(call_default_factory=True, validated_data={}), shown.get(name)
        if name not in shown:
            wrong.append(f"{path}{name}: is not shown")
        elif isinstance(default, BaseModel):
            wrong += differences(f"{path}{name}.", type(default), value if isinstance(value, dict) else {}, set())
        elif (
            not field.is_required() and value != "REFERENCE" and (list(default) if default == () else default) != value
        ):
            wrong.append(f"{path}{name}: is shown as {value!r}, but the default is {default!r}")
    return wrong


def test_every_key_is_shown_with_its_true_default() -> None:
    assert undocumented(SHIPPED) == []


def test_the_file_is_valid_with_every_comment_taken_off(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").write_text(uncommented(SHIPPED), "utf-8")
    environ = {"LIBRARY_PASSWORD": "p", "LAB_KEY": "k", "LIBRARY_ACCESS_TOKEN": "t"}
    settings = load_settings(tmp_path / "settings.yaml", environ)
    assert [account.name for account in settings.accounts[:3]] == ["rehearsal", "library-plus", "lab"]
    defaults = Settings().model_dump(exclude={"accounts"})
    assert settings.model_dump(exclude={"accounts"}) == defaults


def test_the_file_as_it_ships_has_the_rehearsal_account_alone() -> None:
    settings = load_settings(ROOT / "settings.yaml", {})
    assert settings.model_dump() == Settings().model_dump()


@pytest.mark.parametrize(
    ("shown", "instead", "found"),
    [
        ("#port: 8000", "#port: 8001", "port: is shown as 8001, but the default is 8000"),
        ("#  connect: 15 ", "# Connect: 15 ", "timeouts.connect: is not shown"),
        ("#titles: derive", "#titels: derive", "titels: there is no such key"),
        ("#    context: null", "#    context: 1", "accounts[openai].context: is shown as 1, but the default is None"),
    ],
)
def test_a_key_that_is_missing_or_wrong_is_found(shown: str, instead: str, found: str) -> None:
    assert shown in SHIPPED
    assert found in undocumented(SHIPPED.replace(shown, instead))
