"""The two locks: renewing them, and proving that an installation took nothing else.

usage: python .ci/locks.py renew             compile both locks from pyproject.toml with the newest versions, and say what changed
       python .ci/locks.py index FOLDER      put the locked files into FOLDER, and beside them newer versions that must not be taken
       python .ci/locks.py installed LOCK    fail unless the environment of this Python holds exactly what LOCK names
"""

import subprocess
import sys
import tempfile
import zipfile
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
USER_LOCK, TEST_LOCK = ROOT / "constraints.txt", ROOT / "tests" / "constraints.txt"

# pytest-cov asks for coverage[toml], so coverage is wanted through an extra; hatchling is what builds the checkout.
NEWER = {"coverage": "toml", "httpx": "http2", "pydantic": "email", "hatchling": "all"}
NEWER_VERSION = "9999.0"
# Pip loads one file after another and waits most of the time.
AT_ONCE = 6
# What an environment is made with, and the package that the locks serve.
NOT_LOCKED = {"pip", "setuptools", "wheel", "resume-evaluator"}


def pinned(lock: Path) -> list[tuple[str, str]]:
    """Name and version of every requirement of a lock; a version keeps its marker, so a name may have several."""
    lines = (line.rstrip(" \\") for line in lock.read_text("utf-8").splitlines())
    pairs = (line.partition("==") for line in lines if "==" in line and not line.startswith(" "))
    return [(name, version) for name, _, version in pairs]


def versions(lock: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, version in pinned(lock):
        found[name] = f"{found[name]} | {version}" if name in found else version
    return found


def dealt(lock: Path, count: int) -> list[str]:
    """The requirements of a lock with their hashes, dealt into so many locks."""
    requirements: list[str] = []
    for line in lock.read_text("utf-8").splitlines(keepends=True):
        if line.startswith(" ") and requirements:
            requirements[-1] += line
        else:
            requirements.append(line)
    return ["".join(requirements[number::count]) for number in range(count)]


def renew() -> None:
    before = {lock: versions(lock) for lock in (USER_LOCK, TEST_LOCK)}
    compiling = (
        f"{sys.executable} -m uv pip compile pyproject.toml --upgrade --quiet --universal --python-version 3.11"
        " --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links"
    ).split()
    of_users, of_tests = ["--group", "build"], ["--group", "test", "--constraints", USER_LOCK]
    for lock, chosen in ((USER_LOCK, of_users), (TEST_LOCK, of_tests)):
        subprocess.run([*compiling, *chosen, "--output-file", lock], cwd=ROOT, check=True)
    for lock, old in before.items():
        new = versions(lock)
        changed = [name for name in sorted(old | new) if old.get(name) != new.get(name)]
        print(f"{lock.relative_to(ROOT)}: {len(changed)} of {len(new)} changed")
        for name in changed:
            print(f"  {name}: {old.get(name, 'not there')} -> {new.get(name, 'gone')}")


def index(folder: Path) -> None:
    load = f"{sys.executable} -m pip download --quiet --no-deps --only-binary :all:".split()
    with tempfile.TemporaryDirectory() as parts:
        loading = []
        for number, lines in enumerate(dealt(TEST_LOCK, AT_ONCE)):
            part = Path(parts) / f"{number}.txt"
            part.write_text(lines, "utf-8")
            locked = ["--require-hashes", "--requirement", part, "--dest", folder]
            loading.append(subprocess.Popen([*load, *locked]))
        codes = [process.wait() for process in loading]
        if any(codes):
            sys.exit("not every locked file could be loaded")
    for name, extra in NEWER.items():
        metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {NEWER_VERSION}\n"
        tags = "Wheel-Version: 1.0\nGenerator: locks\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        info = f"{name}-{NEWER_VERSION}.dist-info"
        with zipfile.ZipFile(folder / f"{name}-{NEWER_VERSION}-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{info}/METADATA", metadata + f"Provides-Extra: {extra}\n")
            wheel.writestr(f"{info}/WHEEL", tags)
            wheel.writestr(f"{info}/RECORD", "")
    # An index whose newer versions pip cannot see would prove nothing.
    with tempfile.TemporaryDirectory() as seen:
        unpinned = ["--no-index", "--find-links", folder, "--dest", seen, *NEWER]
        subprocess.run([*load, *unpinned], check=True)
        if len(list(Path(seen).glob(f"*-{NEWER_VERSION}-*"))) != len(NEWER):
            sys.exit("the newer versions of the index cannot be seen")


def installed(lock: Path) -> None:
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    wanted = {}
    for name, version in pinned(lock):
        requirement = Requirement(f"{name}=={version}")
        if requirement.marker is None or requirement.marker.evaluate():
            wanted[canonicalize_name(name)] = str(requirement.specifier).removeprefix("==")
    there = {canonicalize_name(found.metadata["Name"]): found.version for found in distributions()}
    differing = [
        f"{name}: locked {wanted.get(name, 'nowhere')}, installed {there.get(name, 'not at all')}"
        for name in sorted((wanted.keys() | there.keys()) - NOT_LOCKED)
        if wanted.get(name) != there.get(name)
    ]
    if differing:
        sys.exit("not what is locked:\n" + "\n".join(differing))
    print(f"{len(wanted)} packages, each as locked")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["renew"]:
            renew()
        case ["index", folder]:
            index(Path(folder))
        case ["installed", lock]:
            installed(Path(lock))
        case _:
            sys.exit(__doc__)
