"""Documents that were parsed, found within bounds and valid, kept by their text."""

from collections import OrderedDict
from typing import Final

from graphql import DocumentNode, GraphQLError, GraphQLSchema, parse, validate
from graphql.validation import NoSchemaIntrospectionCustomRule, recommended_rules, specified_rules

from backend.api.graphql import guard
from backend.errors import DocumentRefused

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
    def __init__(self, schema: GraphQLSchema, *, introspection: bool) -> None:
        self._schema = schema
        self._rules = (
            *specified_rules,
            *recommended_rules,
            *(() if introspection else (NoSchemaIntrospectionCustomRule,)),
        )
        self._kept: OrderedDict[str, DocumentNode] = OrderedDict()
        self._characters = 0

    def read(self, text: str) -> DocumentNode:
        """Raises `DocumentRefused` or `InvalidDocument`."""
        document = self._kept.get(text)
        if document is not None:
            self._kept.move_to_end(text)
            return document
        document = self._parsed(text)
        guard.check(document)
        errors = validate(self._schema, document, self._rules, max_errors=MOST_ERRORS, hide_suggestions=True)
        if errors:
            raise InvalidDocument(errors)
        if len(text) <= LONGEST_KEPT:
            self._keep(text, document)
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
