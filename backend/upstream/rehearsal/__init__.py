"""The rehearsal upstream: an honest stand-in for the ChatGPT web service, and the strict fake of the tests."""

from backend.upstream.rehearsal.console import rehearse
from backend.upstream.rehearsal.conversations import KeptConversation
from backend.upstream.rehearsal.faults import Fault, FaultScript
from backend.upstream.rehearsal.identities import DEFAULT_ACCOUNT, RehearsalAccount
from backend.upstream.rehearsal.server import RehearsalServer
from backend.upstream.rehearsal.state import SeenRequest

__all__ = [
    "DEFAULT_ACCOUNT",
    "Fault",
    "FaultScript",
    "KeptConversation",
    "RehearsalAccount",
    "RehearsalServer",
    "SeenRequest",
    "rehearse",
]
