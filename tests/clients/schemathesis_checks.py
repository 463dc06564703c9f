"""For Schemathesis, which loads this file in its own environment: what counts as a defect in an answer of GraphQL."""

import schemathesis


@schemathesis.check
def no_defect(ctx: object, response: schemathesis.Response, case: object) -> None:
    """A refusal is an answer: it has a code of the product, and not that of a defect."""
    assert response.status_code < 500, response.text
    for error in response.json().get("errors", ()):
        code = error.get("extensions", {}).get("code")
        assert code not in {None, "internal_error"}, error
