"""settings.yaml as one frozen, validated object.  `load_settings` reports every mistake at once."""

from backend.settings.accounts import (
    AccountSettings,
    ChatGPTAccount,
    OpenAIAccount,
    OwnAccountSettings,
    RehearsalAccount,
)
from backend.settings.models import LimitSettings, PathSettings, Settings, TimeoutSettings
from backend.settings.reading import default_file, load_settings

__all__ = [
    "AccountSettings",
    "ChatGPTAccount",
    "LimitSettings",
    "OpenAIAccount",
    "OwnAccountSettings",
    "PathSettings",
    "RehearsalAccount",
    "Settings",
    "TimeoutSettings",
    "default_file",
    "load_settings",
]
