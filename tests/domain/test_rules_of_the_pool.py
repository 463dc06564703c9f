"""The pure parts behind the pool: rules of choice, the line of those who wait, the budget of retries, health."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend import errors
from backend.domain.accounts import AccountState, Health, after_failure, after_success
from backend.domain.choice import Rule, choose_account, explained, taken
from backend.domain.retries import RetryBudget
from backend.domain.waiting import FairLine

NOW = 1_800_000_000.0


def pool(*weights: int) -> list[AccountState]:
    return [AccountState(id, f"account-{id}", False, 4, weight=weight) for id, weight in enumerate(weights, 1)]


def rounds(accounts: list[AccountState], rule: Rule, prompts: int) -> list[int]:
    """Who is chosen, each prompt ended before the next."""
    floor, chosen = 0.0, []
    for count in range(1, prompts + 1):
        id = choose_account(accounts, "any", True, NOW, rule).account_id
        assert id is not None
        place = next(place for place, account in enumerate(accounts) if account.id == id)
        floor = max(floor, accounts[place].due)
        accounts[place] = replace(taken(accounts[place], count, floor), in_flight=0)
        chosen.append(id)
    return chosen


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6))
def test_by_weight_each_account_gets_its_share_of_every_round(weights: list[int]) -> None:
    accounts, size = pool(*weights), sum(weights)
    for _ in range(3):
        chosen = rounds(accounts, "weighted", size)
        assert all(abs(chosen.count(id) - weight) <= 1 for id, weight in enumerate(weights, 1))
    assert set(rounds(accounts, "weighted", size + len(weights))) == set(range(1, len(weights) + 1))


def test_an_account_that_was_out_is_not_given_all_that_it_missed() -> None:
    accounts = pool(1, 1)
    accounts[0] = replace(accounts[0], health="disabled")
    floor = 0.0
    for count in range(1, 20):
        floor = max(floor, accounts[1].due)
        accounts[1] = replace(taken(accounts[1], count, floor), in_flight=0)
    accounts[0] = replace(accounts[0], health="ready")
    first = taken(accounts[0], 20, floor)
    assert first.due >= accounts[1].due


def test_the_least_busy_is_the_one_with_the_smallest_part_of_its_room_taken() -> None:
    accounts = [replace(account, in_flight=busy) for account, busy in zip(pool(1, 1, 1), (2, 1, 3), strict=True)]
    assert choose_account(accounts, "any", True, NOW, "least_busy").account_id == 2
    accounts[1] = replace(accounts[1], concurrency=1)
    assert choose_account(accounts, "any", True, NOW, "least_busy").account_id == 1


def test_a_choice_is_explained_with_names_and_without() -> None:
    accounts = pool(1, 1, 1, 1)
    accounts[1] = replace(accounts[1], in_flight=4)
    accounts[2] = replace(accounts[2], health="resting", why="limit", until=NOW + 9)
    accounts[3] = replace(accounts[3], plus=True)
    choice = choose_account(accounts, "any", False, NOW)
    whole = explained(choice, "round_robin", 7, "account-{}".format, [], pinned=False)
    assert (whole.account, whole.count, whole.ready, whole.busy, whole.resting, whole.out) == (
        "account-1",
        7,
        1,
        1,
        1,
        0,
    )
    assert dict(whole.left_out) == {
        "account-2": "busy",
        "account-3": "resting: limit",
        "account-4": "Plus, which this key does not include",
    }
    bare = whole.without_names()
    assert (bare.account, bare.left_out, bare.ready) == (None, (), 1)
    assert "account-" not in bare.sentence


def test_users_take_turns_in_the_line() -> None:
    line: FairLine[str] = FairLine()
    for item in ("a1", "a2", "a3", "b1", "c1", "b2"):
        line.join(ord(item[0]), item)
    assert line.in_order() == ["a1", "b1", "c1", "a2", "b2", "a3"]
    line.leave(ord("a"), "a1", served=True)
    assert line.in_order() == ["b1", "c1", "a2", "b2", "a3"]
    line.leave(ord("a"), "a2")
    assert line.in_order() == ["b1", "c1", "a3", "b2"]


@given(st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=60))
def test_nobody_in_the_line_is_served_twice_while_another_waits(steps: list[tuple[int, bool]]) -> None:
    line: FairLine[tuple[int, int]] = FairLine()
    since: dict[int, set[int]] = {}  # who was served while a user waited
    for number, (user, serve) in enumerate(steps):
        if serve and line:
            served = line.in_order()[0]
            line.leave(served[0], served, served=True)
            since.pop(served[0])
            for others in since.values():
                assert served[0] not in others
                others.add(served[0])
            if any(item[0] == served[0] for item in line.in_order()):
                since[served[0]] = set()
        else:
            line.join(user, (user, number))
            since.setdefault(user, set())


@given(st.lists(st.booleans(), min_size=5, max_size=400))
def test_retries_are_a_fifth_of_the_prompts_at_most(faults: list[bool]) -> None:
    budget, retries = RetryBudget(), 0
    for prompts, fault in enumerate(faults, 1):
        budget.earn()
        if fault and budget.left():
            budget.spend()
            retries += 1
        assert retries <= max(1, prompts / 5)
    assert len(faults) + retries <= 1.2 * len(faults) + 1e-9


def test_the_first_failure_of_a_fresh_server_may_be_retried_and_a_bad_hour_may_not() -> None:
    budget, retries = RetryBudget(), 0
    for _ in range(1_000):
        budget.earn()
        if budget.left():
            budget.spend()
            retries += 1
    assert retries == 200


TABLE: list[tuple[errors.ProductError, Health, float | None]] = [
    (errors.UpstreamRateLimited("429", retry_after=42.0), "resting", 42.0),
    (errors.UpstreamRateLimited("429"), "resting", 300.0),
    (errors.UpstreamRateLimited("429", retry_after=0.0), "resting", 1.0),
    (errors.UpstreamUnauthorized("401"), "needs_attention", None),
    (errors.UpstreamForbidden("403"), "needs_attention", None),
    (errors.HumanCheckRequired("403"), "needs_attention", None),
    (errors.WrongPassword("no"), "needs_attention", None),
    (errors.SignInBlocked("locked"), "needs_attention", None),
    (errors.SignInPageChanged("new"), "needs_attention", None),
    (errors.UpstreamBroken("500"), "resting", 15.0),
    (errors.UpstreamBadAnswer("bad"), "resting", 15.0),
    (errors.UpstreamUnreachable("network"), "resting", 15.0),
    (errors.UpstreamTimeout("hang"), "resting", 15.0),
    (errors.ProxyUnreachable("proxy"), "resting", 15.0),
    (errors.ReplyCutOff("cut"), "resting", 15.0),
    (errors.PromptTooLong("413"), "ready", None),
    (errors.UpstreamConversationLost("404"), "ready", None),
    (errors.UpstreamRefused("400"), "ready", None),
    (errors.RecordUnusable("disk full"), "ready", None),
]


@pytest.mark.parametrize(("error", "health", "rest"), TABLE, ids=lambda value: getattr(value, "code", None))
def test_each_failure_does_the_right_thing(error: errors.ProductError, health: Health, rest: float | None) -> None:
    state = after_failure(pool(1)[0], error, NOW)
    assert (state.health, state.until) == (health, None if rest is None else NOW + rest)
    assert (state.why == "") == (health == "ready")


def test_an_account_whose_rest_is_over_gets_one_prompt_until_one_succeeds() -> None:
    rested = after_failure(pool(1)[0], errors.UpstreamBroken("500"), NOW - 60)
    probe = taken(rested, 1, 0.0)
    assert probe.probing
    choice = choose_account([probe], "any", True, NOW)
    assert (choice.account_id, choice.waiting_helps) == (None, True)
    failed = after_failure(replace(probe, in_flight=0, probing=False), errors.UpstreamBroken("500"), NOW)
    assert failed.until == NOW + 30
    answered = after_success(replace(probe, in_flight=0, probing=False), NOW)
    assert (answered.health, answered.faults) == ("ready", 0)


def test_an_answer_that_began_before_a_rest_does_not_end_it() -> None:
    limited = after_failure(pool(1)[0], errors.UpstreamRateLimited("429", retry_after=60.0), NOW)
    assert after_success(limited, NOW + 1) == limited
    assert after_failure(limited, errors.UpstreamBroken("500"), NOW + 1) == limited
    barred = after_failure(pool(1)[0], errors.UpstreamForbidden("403"), NOW)
    assert after_success(barred, NOW + 1) == barred
