"""The running server and its cast."""

from tests.driver import cast, fake, server

__all__ = ["cast", "fake", "server"]
