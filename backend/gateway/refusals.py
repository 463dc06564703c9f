"""What a caller hears where the pool has no account for its prompt."""

from backend import errors
from backend.domain.choice import Choice


def model_refusal(model: str) -> errors.ProductError:
    """The same, whether no account has the model or the caller may not use those that do."""
    return errors.ModelNotOffered(
        f"No account that your key may use offers the model {model!r}. Choose another one, or leave it to the account. "
        "Nothing was sent.",
        field="model",
    )


def refusal(account_id: int | None, choice: Choice, now: float) -> errors.ProductError:
    """`account_id` is the conversation's own account, None where any would have done."""
    when, later = "", dict[str, object]()
    if choice.soonest is not None:
        when = f" The soonest is back in {max(1, round(choice.soonest - now))} s."
        later = {"soonest": choice.soonest, "retry_after": max(0.0, choice.soonest - now)}
    if account_id is not None:
        return errors.AccountUnavailable(
            "The account that this conversation belongs to cannot answer now, and no other one may go on with it."
            + when
            + " Nothing was sent.",
            **later,
        )
    return errors.NoAccountAvailable(
        "No account that your key may use can answer now." + when + " Nothing was sent.", **later
    )
