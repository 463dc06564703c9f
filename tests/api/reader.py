"""A follower of a reply, as tests keep one."""

from tests.api.graphql_client import Json


class Reader:
    """What a client keeps: the text so far, the last number, and how the reply ended."""

    def __init__(self) -> None:
        self.text, self.after = "", 0
        self.end: Json | None = None
        self.numbers: list[int] = []
        self.title: str | None = None

    def take(self, event: Json) -> None:
        if event["__typename"] == "ReplyTextAdded":
            self.text += event["text"]
        elif event["__typename"] == "ReplyTextReplaced":
            self.text = event["text"]
        elif event["__typename"] == "ReplyTitled":
            self.title = event["title"]
        elif event["__typename"] == "ReplyEnded":
            self.end = event["turn"]
        if event["number"]:
            self.numbers.append(event["number"])
            self.after = event["number"]
