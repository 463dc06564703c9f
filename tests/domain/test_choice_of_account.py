from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from backend import errors
from backend.domain.accounts import Account, AccountKind, AccountState, Health, Plan, after_failure, after_success
from backend.domain.choice import SENTENCES, choose_account, rehearses, standing_back

NOW = 1_800_000_000.0


def account(id: int, *, plus: bool = False, in_flight: int = 0, concurrency: int = 1) -> AccountState:
    return AccountState(id, f"account-{id}", plus, concurrency, in_flight)


def serve(accounts: list[AccountState], plan: Plan, count: int) -> int | None:
    """Choose, and note it on the account as the pool does."""
    chosen = choose_account(accounts, plan, True, NOW).account_id
    accounts[:] = [replace(a, served=count) if a.id == chosen else a for a in accounts]
    return chosen


def test_accounts_take_turns() -> None:
    accounts = [account(1), account(2), account(3)]
    assert [serve(accounts, "any", count) for count in range(1, 7)] == [1, 2, 3, 1, 2, 3]


def test_callers_of_different_plans_make_nobody_starve() -> None:
    accounts, plans = [account(1), account(2), account(3, plus=True)], ("free", "plus") * 3
    assert [serve(accounts, plan, count) for count, plan in enumerate(plans, 1)] == [1, 3, 2, 3, 1, 3]  # type: ignore[arg-type]


def test_plan_and_right_decide_who_may_serve() -> None:
    accounts = [account(1), account(2, plus=True)]

    def chosen(plan: Plan, right: bool) -> int | None:
        return choose_account(accounts, plan, right, NOW).account_id

    assert chosen("free", True) == 1
    assert chosen("plus", True) == 2
    assert chosen("plus", False) is None
    assert choose_account([accounts[1], accounts[0]], "any", False, NOW).account_id == 1


def test_everyone_left_out_has_a_reason() -> None:
    resting = replace(account(2), health="resting", why="limit", until=NOW + 60)
    choice = choose_account([account(1, in_flight=1), resting, account(3, plus=True)], "free", True, NOW)
    assert choice.account_id is None
    assert choice.waiting_helps
    assert choice.soonest == NOW + 60
    assert dict(choice.left_out) == {1: "busy", 2: "resting: limit", 3: "Plus, and free was asked for"}


def test_an_account_that_rested_long_enough_answers_again() -> None:
    resting = replace(account(1), health="resting", until=NOW - 1)
    assert choose_account([resting], "any", False, NOW).account_id == 1


def test_waiting_does_not_help_where_nobody_may_serve() -> None:
    choice = choose_account([account(1, plus=True, in_flight=1)], "any", False, NOW)
    assert not choice.waiting_helps
    assert choice.soonest is None


def of_kind(
    id: int, kind: AccountKind, *, plus: bool = False, health: Health = "ready"
) -> tuple[Account, AccountState]:
    state = replace(account(id, plus=plus), health=health)
    return Account(id, state.name, kind, plus, None, None, 0), state


def test_a_rehearsal_account_stands_back_for_an_account_of_another_kind_even_one_that_cannot_answer_now() -> None:
    script = of_kind(1, "rehearsal")
    back = ((1, SENTENCES["stands_back"]),)
    for health in ("ready", "resting", "needs_attention"):
        assert standing_back([script, of_kind(2, "openai", health=health)], "any", False) == back
        assert not rehearses([script, of_kind(2, "openai", health=health)], False)
    switched_off = of_kind(2, "chatgpt", health="disabled")
    assert standing_back([script, switched_off], "any", True) == ()
    assert rehearses([script, switched_off], True)
    assert standing_back([script, of_kind(3, "rehearsal")], "any", True) == ()


def test_it_answers_those_who_may_use_no_other() -> None:
    both = [of_kind(1, "rehearsal"), of_kind(2, "chatgpt", plus=True)]
    assert (standing_back(both, "any", False), rehearses(both, False)) == ((), True)
    assert standing_back(both, "free", True) == ()
    assert standing_back(both, "plus", True) == standing_back(both, "any", True) == ((1, SENTENCES["stands_back"]),)
    assert not rehearses(both, True)
    assert not rehearses([of_kind(1, "chatgpt", health="disabled")], True)


def test_a_limit_rests_the_account_for_as_long_as_it_said() -> None:
    state = after_failure(account(1), errors.UpstreamRateLimited("limit", retry_after=42), NOW)
    assert (state.health, state.until) == ("resting", NOW + 42)


def test_faults_in_a_row_rest_longer_each_time_and_a_success_clears_them() -> None:
    first = after_failure(account(1), errors.UpstreamBroken("502"), NOW)
    assert first.until is not None
    second = after_failure(first, errors.UpstreamBroken("502"), first.until)
    assert second.until is not None
    assert second.until - first.until == 2 * (first.until - NOW)
    assert after_success(second, second.until) == account(1)


def test_what_needs_a_person_waits_for_one() -> None:
    for error in (errors.HumanCheckRequired("check"), errors.WrongPassword("no"), errors.UpstreamForbidden("banned")):
        state = after_failure(account(1), error, NOW)
        assert state.health == "needs_attention"
        assert not state.usable(NOW + 1e9)


def test_the_prompts_own_faults_say_nothing_about_the_account() -> None:
    for error in (
        errors.PromptTooLong("long"),
        errors.UpstreamConversationLost("gone"),
        errors.UpstreamRefused("model"),
    ):
        assert after_failure(account(1), error, NOW) == account(1)


def test_a_disabled_account_stays_disabled() -> None:
    disabled = replace(account(1), health="disabled")
    assert after_success(disabled, NOW) == disabled
    assert after_failure(disabled, errors.UpstreamBroken("502"), NOW) == disabled


states = st.builds(
    AccountState,
    id=st.integers(1, 8),
    name=st.just("x"),
    plus=st.booleans(),
    concurrency=st.integers(1, 3),
    in_flight=st.integers(0, 3),
    health=st.sampled_from(["ready", "resting", "needs_attention", "disabled"]),
    until=st.none() | st.floats(NOW - 10, NOW + 10),
    served=st.integers(0, 9),
)


@given(st.lists(states, unique_by=lambda s: s.id), st.sampled_from(["plus", "free", "any"]), st.booleans())
def test_nobody_unfit_is_ever_chosen_and_nobody_fit_is_passed_over(
    accounts: list[AccountState], plan: Plan, right: bool
) -> None:
    choice = choose_account(accounts, plan, right, NOW)
    fit = {
        a.id
        for a in accounts
        if a.usable(NOW) and a.free() and (right or not a.plus) and (plan == "any" or a.plus == (plan == "plus"))
    }
    assert (choice.account_id in fit) if fit else choice.account_id is None
    assert all(
        a.served >= next(c.served for c in accounts if c.id == choice.account_id) for a in accounts if a.id in fit
    )
    assert {id for id, _ in choice.left_out} == {a.id for a in accounts} - {choice.account_id}
