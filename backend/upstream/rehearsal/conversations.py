"""What the rehearsal upstream remembers: conversations, each a tree of prompts and replies of one account."""

import uuid
from dataclasses import dataclass, field
from typing import Final, Literal

from backend.upstream.rehearsal.prompts import SentPrompt
from backend.upstream.rehearsal.refusals import Refused, RuleBroken

MOST_KEPT: Final = 10_000  # conversations; the oldest go first


@dataclass(slots=True)
class Node:
    """A message of the tree.  A reply's text is what was sent of it, `in_progress` until it is whole."""

    id: str
    parent_id: str
    role: Literal["user", "assistant"]
    text: str
    status: Literal["in_progress", "finished_successfully"] = "finished_successfully"


@dataclass(slots=True)
class KeptConversation:
    """`adopted`: it began before this server did, which does not know what was said before."""

    id: str
    email: str
    nodes: list[Node] = field(default_factory=list)
    adopted: bool = False

    @property
    def prompts(self) -> int:
        return sum(node.role == "user" for node in self.nodes)

    @property
    def replies(self) -> list[Node]:
        return [node for node in self.nodes if node.role == "assistant"]

    @property
    def root(self) -> str:
        """What the first prompt named as its parent."""
        return self.nodes[0].parent_id

    def prompt_of(self, reply_id: str) -> Node | None:
        """The prompt that this message replies to, perhaps by way of other messages of one reply."""
        by_id = {node.id: node for node in self.nodes}
        node = by_id.get(reply_id)
        while node is not None and node.role == "assistant":
            node = by_id.get(node.parent_id)
        return node

    def parents(self) -> set[str]:
        """What a prompt may name as its parent: the root, any reply, or a prompt that got none."""
        replied = {node.parent_id for node in self.nodes if node.role == "assistant"}
        return {self.root} | {node.id for node in self.nodes if node.role == "assistant" or node.id not in replied}


class Conversations:
    """With `adopts` an unknown conversation is taken as one of an earlier start; else it is refused."""

    def __init__(self, adopts: bool = False) -> None:
        self._adopts = adopts
        self.kept: dict[str, KeptConversation] = {}
        self._message_ids: set[str] = set()

    def find(self, email: str, conversation_id: str) -> KeptConversation:
        conversation = self.kept.get(conversation_id)
        if conversation is None:
            raise Refused(404, f"Conversation {conversation_id} not found.")
        if conversation.email != email:
            raise RuleBroken(404, f"Conversation {conversation_id} not found.")
        return conversation

    def check(self, email: str, sent: SentPrompt) -> None:
        """Raise `Refused` unless the prompt continues the account's conversation, or starts one, by the rules."""
        if sent.conversation_id is None:
            if sent.parent_message_id in self._message_ids:
                raise RuleBroken(400, f"Parent {sent.parent_message_id} of a new conversation is another's message.")
        else:
            if self._adopts and sent.conversation_id not in self.kept:
                self._adopt(email, sent.conversation_id, sent.parent_message_id)
            conversation = self.find(email, sent.conversation_id)
            if sent.parent_message_id not in conversation.parents():
                if not conversation.adopted or sent.parent_message_id in self._message_ids:
                    raise RuleBroken(400, f"Parent {sent.parent_message_id} is no reply of {conversation.id}.")
                self._add(conversation, Node(sent.parent_message_id, "", "assistant", ""))
        if sent.id in self._message_ids:
            raise RuleBroken(400, f"Message {sent.id} was sent before.")

    def begin(self, email: str, sent: SentPrompt) -> KeptConversation:
        """Keep a checked prompt; the conversation it belongs to, perhaps a new one."""
        if sent.conversation_id is None:
            conversation = KeptConversation(str(uuid.uuid4()), email)
            self.kept[conversation.id] = conversation
            self._forget_oldest()
        else:
            conversation = self.kept[sent.conversation_id]
        self._add(conversation, Node(sent.id, sent.parent_message_id, "user", sent.text))
        return conversation

    def begin_reply(self, conversation: KeptConversation) -> Node:
        # One prompt at a time: the last message is the prompt, or what came before in the same reply.
        reply = Node(str(uuid.uuid4()), conversation.nodes[-1].id, "assistant", "", "in_progress")
        self._add(conversation, reply)
        return reply

    def _adopt(self, email: str, conversation_id: str, last_reply: str) -> None:
        conversation = KeptConversation(conversation_id, email, adopted=True)
        self.kept[conversation_id] = conversation
        self._add(conversation, Node(last_reply, "", "assistant", ""))
        self._forget_oldest()

    def _add(self, conversation: KeptConversation, node: Node) -> None:
        conversation.nodes.append(node)
        self._message_ids.add(node.id)

    def _forget_oldest(self) -> None:
        while len(self.kept) > MOST_KEPT:
            oldest = self.kept.pop(next(iter(self.kept)))
            self._message_ids.difference_update(node.id for node in oldest.nodes)
