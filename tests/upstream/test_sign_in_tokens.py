import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest

from backend import errors
from backend.upstream.account_tokens import AccountTokens
from backend.upstream.protocol import Tokens
from backend.upstream.rehearsal import Fault, RehearsalServer
from backend.upstream.sign_in import SignIn

EMAIL, PASSWORD = "whole@example.org", "whole password"


@dataclass
class Vault:
    kept: Tokens | None = None
    saved: list[Tokens] = field(default_factory=list)

    async def load(self) -> Tokens | None:
        return self.kept

    async def save(self, tokens: Tokens) -> None:
        self.saved.append(tokens)


def tokens_of(rehearsal: RehearsalServer, clock: Any, **given: Any) -> AccountTokens:
    return AccountTokens(SignIn(rehearsal.login_url, rehearsal.auth_url, clock=clock), clock=clock, margin=600, **given)


def steps(rehearsal: RehearsalServer) -> list[str | None]:
    return [request.step for request in rehearsal.requests if request.step in ("csrf", "token")]


async def until_renewed(rehearsal: RehearsalServer, tokens: AccountTokens, old: str) -> str:
    async with asyncio.timeout(5):
        while (token := await tokens.token()) == old:  # noqa: ASYNC110  # nothing tells of a renewal behind the scenes
            await asyncio.sleep(0.01)
    return token


async def test_a_given_token_is_used_before_all_else(rehearsal: RehearsalServer, rehearsal_clock: Any) -> None:
    given = rehearsal.issue_token(EMAIL)
    vault = Vault(Tokens(rehearsal.issue_token(EMAIL), None, "kept"))
    tokens = tokens_of(
        rehearsal,
        rehearsal_clock,
        access_token=given,
        refresh_token="first",
        email=EMAIL,
        password=PASSWORD,
        vault=vault,
    )
    assert await tokens.token() == given
    assert rehearsal.requests == []


async def test_a_token_of_the_vault_is_used_before_a_new_sign_in(
    rehearsal: RehearsalServer, rehearsal_clock: Any
) -> None:
    kept = rehearsal.issue_token(EMAIL)
    tokens = tokens_of(
        rehearsal,
        rehearsal_clock,
        email=EMAIL,
        password=PASSWORD,
        vault=Vault(Tokens(kept, rehearsal_clock.now + 3000)),
    )
    assert await tokens.token() == kept
    assert rehearsal.requests == []


async def test_a_refresh_token_is_used_before_the_password_and_what_it_gave_is_kept(
    rehearsal: RehearsalServer, rehearsal_clock: Any
) -> None:
    vault = Vault()
    tokens = tokens_of(rehearsal, rehearsal_clock, refresh_token="first", email=EMAIL, password=PASSWORD, vault=vault)
    token = await tokens.token()
    assert steps(rehearsal) == ["token"]
    assert [(saved.access_token, saved.refresh_token == "first") for saved in vault.saved] == [(token, False)]
    again = tokens_of(
        rehearsal, rehearsal_clock, refresh_token="first", vault=Vault(Tokens("", None, vault.saved[0].refresh_token))
    )
    assert await again.token() != token


async def test_the_password_is_used_where_the_refresh_token_fails(
    rehearsal: RehearsalServer, rehearsal_clock: Any
) -> None:
    tokens = tokens_of(rehearsal, rehearsal_clock, refresh_token="spent", email=EMAIL, password=PASSWORD)
    assert await tokens.token()
    assert steps(rehearsal) == ["token", "csrf"]


async def test_many_who_wait_cause_one_sign_in(rehearsal: RehearsalServer, rehearsal_clock: Any) -> None:
    tokens = tokens_of(rehearsal, rehearsal_clock, email=EMAIL, password=PASSWORD)
    leaver = asyncio.create_task(tokens.token())
    others = [asyncio.create_task(tokens.token()) for _ in range(5)]
    await asyncio.sleep(0)
    leaver.cancel()
    assert len(set(await asyncio.gather(*others))) == 1
    assert steps(rehearsal) == ["csrf"]


async def test_a_token_is_renewed_before_it_ends(rehearsal: RehearsalServer, rehearsal_clock: Any) -> None:
    given = rehearsal.issue_token(EMAIL)
    tokens = tokens_of(rehearsal, rehearsal_clock, access_token=given, email=EMAIL, password=PASSWORD)
    rehearsal_clock.now += 2900
    assert await tokens.token() == given
    assert steps(rehearsal) == []
    rehearsal_clock.now += 200
    assert await until_renewed(rehearsal, tokens, given) != given
    assert steps(rehearsal) == ["csrf"]


async def test_a_renewal_that_fails_does_not_cost_the_token_that_holds_and_is_logged_by_the_accounts_name(
    rehearsal: RehearsalServer, rehearsal_clock: Any, caplog: pytest.LogCaptureFixture
) -> None:
    given = rehearsal.issue_token(EMAIL)
    tokens = tokens_of(rehearsal, rehearsal_clock, account="plus-7", access_token=given, email=EMAIL, password="wrong")
    rehearsal_clock.now += 3100
    for _ in range(3):
        assert await tokens.token() == given
        await asyncio.sleep(0.1)
    assert steps(rehearsal) == ["csrf"]
    assert "The access token of account 'plus-7' could not be renewed" in caplog.text
    assert "not this one" not in caplog.text
    rehearsal_clock.now += 500
    with pytest.raises(errors.WrongPassword):
        await tokens.token()


async def test_a_refused_token_is_replaced_once_for_all(rehearsal: RehearsalServer, rehearsal_clock: Any) -> None:
    given = rehearsal.issue_token(EMAIL)
    tokens = tokens_of(rehearsal, rehearsal_clock, access_token=given, email=EMAIL, password=PASSWORD)
    renewed = await tokens.renew(given)
    assert renewed not in (given, "")
    assert await tokens.renew(given) == renewed
    assert await tokens.token() == renewed
    assert steps(rehearsal) == ["csrf"]


async def test_a_token_refused_while_sign_in_is_down_is_tried_again_later(
    rehearsal: RehearsalServer, rehearsal_clock: Any
) -> None:
    given = rehearsal.issue_token(EMAIL)
    tokens = tokens_of(rehearsal, rehearsal_clock, access_token=given, email=EMAIL, password=PASSWORD)
    rehearsal.script.next(Fault("broken", step="csrf"), endpoint="sign_in")
    with pytest.raises(errors.UpstreamBroken):
        await tokens.renew(given)
    assert await tokens.token() == given


async def test_a_token_alone_cannot_be_renewed() -> None:
    tokens = AccountTokens(access_token="opaque")
    assert await tokens.token() == "opaque"
    with pytest.raises(errors.UpstreamUnauthorized):
        await tokens.renew("opaque")
    with pytest.raises(errors.UpstreamUnauthorized):
        await AccountTokens().token()


async def test_closing_ends_a_renewal_under_way(rehearsal: RehearsalServer, rehearsal_clock: Any) -> None:
    rehearsal.script.next(Fault("hang", step="csrf"), endpoint="sign_in")
    tokens = tokens_of(rehearsal, rehearsal_clock, email=EMAIL, password=PASSWORD)
    waiting = asyncio.create_task(tokens.token())
    async with asyncio.timeout(5):
        while not rehearsal.requests:  # noqa: ASYNC110  # the rehearsal server has nothing to wait for
            await asyncio.sleep(0.01)
    await tokens.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting
