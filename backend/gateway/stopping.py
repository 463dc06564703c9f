"""A reply that ends before the first of some texts, on accounts of every kind alike.

What follows is neither kept nor shown: the turn is finished there, and whoever follows it sees the same, by whatever
door.  The upstream is left at once, so that its account is free; one that keeps conversations only after it has named
the reply, because whoever goes on has to name it.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from backend.domain.stop_texts import StopTexts
from backend.upstream.protocol import Done, Identified, TextAdded, TextReplaced, UpstreamEvent


async def stopping(
    events: AsyncGenerator[UpstreamEvent, None], stops: tuple[str, ...], *, named: bool
) -> AsyncGenerator[UpstreamEvent, None]:
    """The events of a reply up to the first of these texts.  `named`: there is no name to wait for.  Text that is held
    back when the reply fails or is stopped has been shown to nobody and is dropped."""
    texts = StopTexts(stops)
    async with aclosing(events):
        async for event in events:
            if isinstance(event, TextAdded):
                if pieces := texts.passed(event.pieces):
                    yield TextAdded(pieces)
            elif isinstance(event, TextReplaced):
                if not texts.hit:
                    yield TextReplaced(texts.anew(event.text))
            elif isinstance(event, Done):
                if rest := texts.rest():
                    yield TextAdded([rest])
                yield Done(event.conversation_id, event.reply_id, event.model) if texts.hit else event
            else:
                named = named or isinstance(event, Identified)
                yield event
            if texts.hit and named:
                yield Done()
                return
