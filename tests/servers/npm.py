"""Programs and data of others from npm, installed once into tests/peers."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

PEERS = Path(__file__).resolve().parents[1] / "peers"


def installed(path: str) -> Path:
    """A file of ``tests/peers/node_modules``, after it is installed.

    Raises:
        FileNotFoundError: npm is not there, or the package has no such file.
    """
    wanted = PEERS / "node_modules" / path
    if not wanted.exists():
        npm = shutil.which("npm")
        if npm is None:
            message = "npm is needed: its packages are the peers"
            raise FileNotFoundError(message)
        command = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent"]
        subprocess.run(command, cwd=PEERS, check=True, timeout=400)
    if not wanted.exists():
        raise FileNotFoundError(wanted)
    return wanted
