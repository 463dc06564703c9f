"""A chat server with which an organization shares its ChatGPT accounts.  Rooms and order: docs/architecture.md."""

__version__ = "0.1.0"
