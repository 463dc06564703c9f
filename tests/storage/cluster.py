"""A PostgreSQL of the tests' own, from the machine's binaries."""

import asyncio
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from backend.storage.database import open_database


class Cluster:
    """A throwaway PostgreSQL on a Unix socket, run by the system's postgres user where the tests run as root."""

    def __init__(self, programs: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg"))
        self._as_postgres: list[str] = []
        if os.geteuid() == 0:
            system_user = pwd.getpwnam("postgres")
            os.chown(self.folder, system_user.pw_uid, system_user.pw_gid)
            self._as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self._numbers = itertools.count(1)
        data = str(self.folder / "data")
        initdb = [str(programs / "initdb"), "-D", data, "-U", "record", "-A", "trust", "-N", "--locale=C", "-E", "UTF8"]
        subprocess.run([*self._as_postgres, *initdb], check=True, capture_output=True, cwd=self.folder)
        quick = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "jit=off"]
        where = ["-c", "listen_addresses=", "-k", str(self.folder), "-D", data]
        self._server = subprocess.Popen(
            [*self._as_postgres, str(programs / "postgres"), *where, *quick],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()
        self.run("CREATE DATABASE pattern")
        asyncio.run(open_database(self.url("pattern"), self.folder).close())

    def _wait(self) -> None:
        import psycopg

        for _ in range(300):
            try:
                self.run("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("PostgreSQL did not start")

    def url(self, name: str) -> str:
        return f"postgresql://record@/{name}?host={self.folder}"

    def run(self, statement: str, database: str = "postgres") -> list[Any]:
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def fresh(self, pattern: str = "pattern") -> str:
        name = f"record{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {pattern}")
        return self.url(name)

    def close(self) -> None:
        self._server.send_signal(signal.SIGQUIT)  # at once: nothing in it will be missed
        try:
            self._server.wait(10)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def postgresql_programs() -> Path | None:
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    versions = sorted(Path("/usr/lib/postgresql").glob("[0-9]*/bin"), key=lambda folder: float(folder.parent.name))
    folders += reversed(versions)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)
