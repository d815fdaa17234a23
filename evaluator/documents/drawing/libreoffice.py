"""Office documents drawn by LibreOffice: no network, no macros, a profile of their own."""

from __future__ import annotations

import subprocess
from pathlib import Path

from ...errors import DocumentError, Unreadable
from .pictures import View

_SECONDS = 60.0
_ADDRESS_SPACE = 4 * 1024**3
"""Bytes; LibreOffice takes a quarter of it for an ordinary letter."""
_WRITTEN = 256 * 1024**2
_SETTING = '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
_SETTINGS = (
    # Macros, and what a document links to, are not asked for.
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    # Nothing listens there.
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetFTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetFTPProxyPort", "9"),
)


def draw_office(data: bytes, suffix: str, soffice: str, folder: Path) -> list[View]:
    """A document on paper.

    Args:
        data: its bytes.
        suffix: of its format, such as ``docx``.
        soffice: path of the program.
        folder: for its files and the program's profile; empty.

    Raises:
        DocumentError: the program cannot draw it.
    """
    source, profile = folder / f"resume.{suffix}", folder / "profile"
    source.write_bytes(data)
    _write_settings(profile)
    command = [
        soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--nologo", "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(source),
    ]  # fmt: skip
    surroundings = {"HOME": str(folder), "TMPDIR": str(folder), "PATH": "/usr/bin:/bin"}
    try:
        subprocess.run(  # noqa: S603 - a program of the system, on a file whose name is ours
            command, env=surroundings, timeout=_SECONDS, preexec_fn=_limit,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return [View((folder / "resume.pdf").read_bytes())]
    except (OSError, subprocess.SubprocessError) as error:
        message = "LibreOffice did not draw the document."
        raise DocumentError(Unreadable.CRASHED, message) from error


def _write_settings(profile: Path) -> None:
    items = [_SETTING.format(path=path, name=name, value=value) for path, name, value in _SETTINGS]
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{''.join(items)}</oor:items>",
        "utf-8",
    )


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_WRITTEN, _WRITTEN))
