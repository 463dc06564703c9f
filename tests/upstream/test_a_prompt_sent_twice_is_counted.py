from contextlib import aclosing

import pytest

from backend import errors
from backend.upstream.account_tokens import AccountTokens
from backend.upstream.chatgpt import ChatGPT
from backend.upstream.protocol import Ask
from backend.upstream.rehearsal import Fault, RehearsalServer
from backend.upstream.sign_in import SignIn


@pytest.mark.parametrize(
    ("faults", "resent", "ends_well"),
    [
        ((), 0, True),
        ((Fault("expired"),), 1, True),
        ((Fault("unauthorized"),) * 2, 1, False),
        ((Fault("broken"),), 0, False),
    ],
)
async def test_who_asks_is_told_of_a_prompt_that_is_sent_again_with_a_new_token(
    rehearsal: RehearsalServer, faults: tuple[Fault, ...], resent: int, ends_well: bool
) -> None:
    sign_in = SignIn(rehearsal.login_url, rehearsal.auth_url)
    tokens = AccountTokens(sign_in, email="delta@example.org", password="delta password", clock=lambda: 0.0)
    upstream, times = ChatGPT("plus", tokens, rehearsal.base_url), []
    rehearsal.script.next(*faults)
    ask = Ask("Hi", "2c9d4f6e-6f3d-4b7e-9d5a-0a2f6f0d7a11", resent=lambda: times.append(1))
    try:
        async with aclosing(upstream.answer(ask)) as events:
            async for _ in events:
                pass
        ended_well = True
    except errors.UpstreamFailure:
        ended_well = False
    await upstream.close()
    assert (len(times), ended_well) == (resent, ends_well)
