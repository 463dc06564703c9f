"""Every error that may reach a person has a code of its own and an honest HTTP status."""

import http
from collections.abc import Iterator, Mapping

from backend import errors
from backend.api.http_errors import STATUS
from backend.errors import ProductError


def tree(top: type[ProductError]) -> Iterator[type[ProductError]]:
    for child in top.__subclasses__():
        yield child
        yield from tree(child)


def without_status(kinds: list[type[ProductError]], status: Mapping[str, int]) -> list[str]:
    return [kind.code for kind in kinds if kind.code not in status]


def without_own_code(kinds: list[type[ProductError]]) -> list[str]:
    """Errors that share their code with another, such as the one that they inherit from."""
    codes = [kind.code for kind in kinds]
    return [kind.__name__ for kind in kinds if codes.count(kind.code) > 1 or kind.code == ProductError.code]


def product_errors() -> list[type[ProductError]]:
    return [kind for kind in tree(ProductError) if kind.__module__ == errors.__name__]


def test_every_error_has_a_status() -> None:
    assert without_status(product_errors(), STATUS) == []


def test_every_status_is_that_of_an_error_and_says_so() -> None:
    codes = {kind.code for kind in product_errors()} | {ProductError.code}
    assert set(STATUS) - codes == set()
    assert [code for code, status in STATUS.items() if http.HTTPStatus(status) < http.HTTPStatus.BAD_REQUEST] == []


def test_every_error_has_a_code_of_its_own() -> None:
    assert without_own_code(product_errors()) == []


def test_every_error_is_in_the_tree_that_the_module_shows() -> None:
    shown = errors.__doc__ or ""
    assert [kind.__name__ for kind in product_errors() if f"─ {kind.__name__} " not in shown.replace("\n", " ")] == []


def test_every_error_is_defined_in_one_place() -> None:
    assert [kind.__name__ for kind in tree(ProductError) if kind.__module__.startswith("backend.")] == [
        kind.__name__ for kind in product_errors()
    ]


def test_an_error_without_a_status_or_a_code_is_found() -> None:
    class Unheard:
        code = "unheard"

    class Inherits:
        code = ProductError.code

    kinds: list[type[ProductError]] = [Unheard, Inherits]  # type: ignore[list-item]
    assert without_status(kinds, {"error": 500}) == ["unheard"]
    assert without_own_code(kinds) == ["Inherits"]
