import pytest

from backend.domain.access import RIGHTS, ROLES, Action, Caller, may, may_grant, own, require, widest
from backend.errors import NotAllowed

ADMIN = Caller(1, 1, "ada", "admin", plus=True)
CLIENT = Caller(2, 2, "bot", "client", plus=False, owner_id=1)
USER = Caller(3, 3, "uma", "user", plus=False, owner_id=2)


def test_each_role_may_do_what_the_one_below_may() -> None:
    assert RIGHTS["user"] < RIGHTS["client"] < RIGHTS["admin"]
    assert set(ROLES) == set(RIGHTS)


def test_an_action_outside_the_role_is_refused_by_name() -> None:
    with pytest.raises(NotAllowed, match="issue keys"):
        require(USER, Action.ISSUE_KEYS)
    require(CLIENT, Action.ISSUE_KEYS)
    assert not may(USER, Action.READ_ACCOUNTS)


def test_only_an_admin_makes_clients_and_admins() -> None:
    for role in ("client", "admin"):
        may_grant(ADMIN, role, plus=True)
        with pytest.raises(NotAllowed):
            may_grant(CLIENT, role, plus=False)


def test_a_childs_rights_never_exceed_its_owners() -> None:
    with pytest.raises(NotAllowed, match="Plus"):
        may_grant(CLIENT, "user", plus=True)


def test_what_a_caller_sees_at_most_follows_its_role() -> None:
    assert [widest(caller).reach for caller in (ADMIN, CLIENT, USER)] == ["all", "branch", "own"]
    assert {own(caller).reach for caller in (ADMIN, CLIENT, USER)} == {"own"}
