import pytest

from backend.errors import RecordUnusable
from tests.storage.kept import Kept, Reopen


async def test_a_second_server_is_told_what_to_do(record: Kept, reopen: Reopen) -> None:
    record.database.claim()
    async with reopen() as other:
        with pytest.raises(RecordUnusable, match="Stop that one first"):
            other.database.claim()


async def test_a_claim_ends_with_the_server(record: Kept, reopen: Reopen) -> None:
    async with reopen() as other:
        other.database.claim()
    record.database.claim()


async def test_without_a_claim_others_may_write_while_a_server_runs(record: Kept, reopen: Reopen) -> None:
    record.database.claim()
    async with reopen() as command:
        ada = await command.user("Ada", "admin")
    assert await record.users.by_id(ada.id) == ada
