"""Bringing a record's tables up to this version of the code, or refusing it."""

# mypy: disable-error-code="import-untyped"
# mypy: allow-subclassing-any

from collections.abc import Callable
from pathlib import Path
from typing import Final

from peewee import AutoField, BigIntegerField, CharField, PeeweeException
from playhouse.migrations import MigrationError, Runner

from backend.errors import RecordUnusable
from backend.storage.engine import Engine

MIGRATIONS: Final = Path(__file__).parent / "migrations"


class Steps(Runner):
    """Playhouse's runner with a history in the record's own measure of time; apsw would refuse its datetimes."""

    def __init__(self, engine: Engine, folder: Path, clock: Callable[[], float]) -> None:
        super().__init__(engine.peewee, str(folder))
        self.running = ""

        class History(engine.peewee.Model):  # type: ignore[name-defined]
            id = AutoField()
            name = CharField(unique=True)
            applied = BigIntegerField(default=lambda: max(1, int(clock() * 1_000_000)))

            class Meta:
                table_name = self.table_name

        self.History = History

    def _run(self, name: str, *rest: object, **options: object) -> None:
        self.running = name
        super()._run(name, *rest, **options)

    def check_known(self) -> None:
        """Refuse a record that a newer version has migrated."""
        unknown = [step.name for step in self.status() if step.path is None]
        if unknown:
            raise RecordUnusable(
                f"The record was made by a newer version of this program (it has {', '.join(unknown)}). Install that "
                "version, or restore the record from a backup."
            )

    def pending(self) -> list[str]:
        return [step.name for step in self.status() if not step.applied]


def bring_up(engine: Engine, folder: Path, clock: Callable[[], float], migrate: bool) -> None:
    """Apply the migrations that the record lacks, all in one transaction: a failed one leaves nothing behind."""
    steps = Steps(engine, folder, clock)
    try:
        with engine.peewee.connection_context():
            steps.check_known()
            pending = steps.pending()
        if pending and migrate:
            with engine.migrating():  # what another process did meanwhile is seen in here
                steps.check_known()
                steps.up()
    except RecordUnusable:
        raise
    except Exception as error:  # a migration is any code; whatever goes wrong stops the server
        where = f"The migration {steps.running}" if steps.running else "Reading the record's migrations"
        raise RecordUnusable(
            f"{where} failed, and the record is as it was before: {reason(error)}. Report this with the server's log."
        ) from error
    if pending and not migrate:
        raise RecordUnusable(f"The record lacks {', '.join(pending)}. Start the server once, or run `migrate`.")


def reason(error: Exception) -> str:
    known = isinstance(error, PeeweeException | MigrationError)
    return f"{'' if known else type(error).__name__ + ': '}{error}".rstrip(". ")
