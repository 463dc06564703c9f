"""settings.yaml as one frozen, validated object.  `load_settings` reports every mistake at once."""

from backend.settings.accounts import (
    AccountSettings,
    ChatGPTAccount,
    OpenAIAccount,
    OwnAccountSettings,
    RehearsalAccount,
)
from backend.settings.models import GraphQLSettings, LimitSettings, PathSettings, Settings, TimeoutSettings
from backend.settings.reading import (
    account_of,
    changed_account,
    default_file,
    definition_of,
    load_settings,
    read_definition,
)
from backend.settings.watching import SettingsWatch, needing_restart

__all__ = [
    "AccountSettings",
    "ChatGPTAccount",
    "GraphQLSettings",
    "LimitSettings",
    "OpenAIAccount",
    "OwnAccountSettings",
    "PathSettings",
    "RehearsalAccount",
    "Settings",
    "SettingsWatch",
    "TimeoutSettings",
    "account_of",
    "changed_account",
    "default_file",
    "definition_of",
    "load_settings",
    "needing_restart",
    "read_definition",
]
