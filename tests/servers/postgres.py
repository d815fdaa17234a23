"""A PostgreSQL server of its own on a free port of loopback, from the machine's package; never as root."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _program(name: str) -> str:
    """Debian keeps the server's programs out of the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    place = shutil.which(name) or (str(found[-1]) if found else None)
    assert place is not None, "PostgreSQL is missing: apt-get install postgresql"
    return place


def _somebody() -> str | None:
    """Whom the server runs as: it refuses root."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


class PostgresServer:
    """One server, which can be killed and started again.

    Args:
        folder: of its data; made.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._user = folder, _somebody()
        folder.mkdir(mode=0o700)
        if self._user is not None:
            shutil.chown(folder, self._user)
        made = [_program("initdb"), "-D", str(folder), "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]  # fmt: skip
        subprocess.run(made, check=True, capture_output=True, user=self._user, cwd="/")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"postgresql://tester@127.0.0.1:{self.port}/postgres"
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = {"listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": "", "max_connections": 60, "shared_buffers": "16MB"}  # fmt: skip
        given = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        self._process = subprocess.Popen(
            [_program("postgres"), "-D", str(self._folder), *given],
            user=self._user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        from pg8000 import dbapi

        for _ in range(400):
            try:
                dbapi.connect(user="tester", host="127.0.0.1", port=self.port, database="postgres").close()  # fmt: skip
            except (dbapi.Error, OSError):
                time.sleep(0.05)
            else:
                return
        message = "PostgreSQL does not start"
        raise AssertionError(message)

    def kill(self) -> None:
        """SIGKILL; its sessions see that it is gone."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """End it at once, in order."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(20)


@contextmanager
def postgres() -> Iterator[PostgresServer]:
    """A server until the block ends."""
    # Those who run the server have to reach its folder, which they cannot below a folder of the tests' own user.
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        Path(place).chmod(0o755)
        server = PostgresServer(Path(place) / "data")
        try:
            yield server
        finally:
            server.stop()
