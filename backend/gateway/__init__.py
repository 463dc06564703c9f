"""What the product does.  The doors get a `Gateway`: a noun each, every public method of which checks access first."""

from dataclasses import dataclass

from backend.gateway.accounts import Accounts
from backend.gateway.chat import Chat
from backend.gateway.conversations import Conversations
from backend.gateway.elsewhere import Elsewhere
from backend.gateway.exports import Exports
from backend.gateway.imports import Imports
from backend.gateway.integrity import Integrity
from backend.gateway.keys import Keys
from backend.gateway.search import Search
from backend.gateway.upkeep import Upkeep
from backend.gateway.use import Use
from backend.gateway.users import Users


@dataclass(frozen=True, slots=True)
class Gateway:
    chat: Chat
    conversations: Conversations
    keys: Keys
    users: Users
    use: Use
    accounts: Accounts
    upkeep: Upkeep
    elsewhere: Elsewhere
    integrity: Integrity
    search: Search
    imports: Imports
    exports: Exports
