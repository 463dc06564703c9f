"""What a prompt names upstream as the message that it goes on behind."""

from backend.domain.conversations import Conversation
from backend.domain.ids import new_uuid
from backend.errors import InvalidInput
from backend.storage.branches import Branches


def new_parent() -> str:
    """Of a prompt that begins a conversation upstream: a UUID that stands for nothing there."""
    return new_uuid()


async def parent_of(branches: Branches, conversation: Conversation, behind: int) -> str:
    """The nearest reply on the way back from the turn at position `behind` that has an id upstream.  Without one, what
    the prompt that began the conversation upstream named; older records do not have that, and then `InvalidInput` is
    raised: whatever else was named, the upstream would refuse it or go on elsewhere."""
    reply = await branches.reply_above(conversation.id, behind) if behind else None
    if reply is not None:
        return reply
    if conversation.upstream_id is None:
        return new_parent()
    root = await branches.root(conversation.id)
    if root is None:
        raise InvalidInput(
            "The first prompt of this conversation cannot be asked again on its account: when it was asked, this "
            "server did not keep what that takes. Begin a new conversation with it. Nothing was sent.",
            field="turnId",
            mistake="first_prompt_not_kept",
        )
    return root
