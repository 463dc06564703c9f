"""Documents that were parsed, found within bounds and valid, kept by their text or by their id."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final

from graphql import DocumentNode, GraphQLError, GraphQLSchema, parse, validate
from graphql.validation import NoSchemaIntrospectionCustomRule, recommended_rules, specified_rules

from backend.api.graphql import guard
from backend.errors import DocumentRefused, DocumentUnknown

MOST_KEPT: Final = 64 * 1024  # characters of all documents together; each takes about 250 bytes of memory
LONGEST_KEPT: Final = 8 * 1024  # characters; a longer document is read anew each time
MOST_ERRORS: Final = 10
TOO_MANY: Final = "Document contains more than"  # how the parser says that it stopped at one of its bounds


class InvalidDocument(Exception):
    """A document that does not parse or does not fit the schema."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__("the document is not valid")
        self.errors = errors


class Documents:
    """`persisted` are the texts of documents that are known beforehand, by their ids; `free` is whether any other may
    be sent as its text."""

    def __init__(
        self,
        schema: GraphQLSchema,
        persisted: Mapping[str, str] | None = None,
        *,
        introspection: bool,
        free: bool = True,
    ) -> None:
        self._schema = schema
        self._persisted = persisted or {}
        self._known: dict[str, DocumentNode] = {}
        self._free = free
        self._rules = (
            *specified_rules,
            *recommended_rules,
            *(() if introspection else (NoSchemaIntrospectionCustomRule,)),
        )
        self._kept: OrderedDict[str, DocumentNode] = OrderedDict()
        self._characters = 0

    def known(self, id: str) -> DocumentNode:
        """The document of that id, which needs no guard: nobody who sends a request wrote it.  Raises
        `DocumentUnknown`."""
        document = self._known.get(id)
        if document is None:
            text = self._persisted.get(id)
            if text is None:
                raise DocumentUnknown("This server knows no document of that id. Reload the page: it may be outdated.")
            document = self._known[id] = self._valid(parse(text))
        return document

    def read(self, text: str) -> DocumentNode:
        """Raises `DocumentUnknown`, `DocumentRefused` or `InvalidDocument`."""
        if not self._free:
            raise DocumentUnknown(
                "This server answers only the documents of its web app, by `documentId`. Its settings say so "
                "(graphql.free_documents)."
            )
        document = self._kept.get(text)
        if document is not None:
            self._kept.move_to_end(text)
            return document
        document = self._parsed(text)
        guard.check(document)
        self._valid(document)
        if len(text) <= LONGEST_KEPT:
            self._keep(text, document)
        return document

    def _valid(self, document: DocumentNode) -> DocumentNode:
        errors = validate(self._schema, document, self._rules, max_errors=MOST_ERRORS, hide_suggestions=True)
        if errors:
            raise InvalidDocument(errors)
        return document

    def _keep(self, text: str, document: DocumentNode) -> None:
        self._kept[text] = document
        self._characters += len(text)
        while self._characters > MOST_KEPT:
            oldest, _ = self._kept.popitem(last=False)
            self._characters -= len(oldest)

    @staticmethod
    def _parsed(text: str) -> DocumentNode:
        if len(text) > guard.MOST_CHARACTERS:
            raise DocumentRefused(
                f"The document is longer than the {guard.MOST_CHARACTERS:,} characters that this server takes."
            )
        try:
            return parse(text, max_lexical_tokens=guard.MOST_TOKENS, max_comments=guard.MOST_COMMENTS)
        except GraphQLError as error:
            if TOO_MANY in error.message:
                raise DocumentRefused(
                    f"The document is longer than the {guard.MOST_TOKENS:,} words or {guard.MOST_COMMENTS:,} comments "
                    "that this server takes."
                ) from None
            raise InvalidDocument([error]) from None
