"""Installed extensions: found by their entry points, named by ``doctor``, and harmless when they are broken."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evaluator import ConfigurationError, DocumentError, Input, Settings, UsageError, evaluate
from evaluator.batch.addresses import listed, load_address
from evaluator.batch.installed_sources import _made
from evaluator.cli import run
from evaluator.documents.extensions import _converters
from evaluator.documents.sandbox import read_in_worker
from evaluator.pipeline.session import Session
from evaluator.plugins import READERS, installed, load

from .conftest import RESUMES, ROOT

OWEN = RESUMES / "owen-pryce.md"
EXAMPLES = re.findall(
    r"```python\n(.*?)```", (ROOT / "docs" / "extending.md").read_text(encoding="utf-8"), re.S
)
READER = """
from evaluator.extension import Reading

class Reader:
    def __init__(self, settings):
        self.name = f"acme for {settings.role}"

    async def read(self, request, *, sample=0):
        return Reading(findings=())
"""
ROFF = b".TH Owen Pryce\n.SH Experience\nPlatform engineer, Example Ltd, 2019 - 2024\nMigrated 140 services to AWS EKS with Terraform.\n"  # fmt: skip

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Puts a distribution with some entry points on the path, as an installer lays it out."""
    installed.cache_clear()
    _converters.cache_clear()
    _made.cache_clear()
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))

    def installing(name: str, code: str, **points: str) -> None:
        info = site / f"{name}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n")
        groups = "".join(f"[evaluator.{group}]\n{line}\n" for group, line in points.items())
        (info / "entry_points.txt").write_text(groups)
        (site / f"{name}.py").write_text(code)

    yield installing
    installed.cache_clear()
    _converters.cache_clear()
    _made.cache_clear()


def test_an_installed_reader_is_chosen_by_its_name(
    install: Install, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install("acme1", READER, readers="acme = acme1:Reader")
    assert run(["evaluate", str(OWEN), "--offline", "--reader", "acme"]) == 0
    assert "read by acme for dual" in capsys.readouterr().out
    report = evaluate(OWEN, settings=Settings(reader="acme", offline=True, role="ml-engineer"))
    assert report.provenance.model == "acme for ml-engineer"
    capsys.readouterr()
    out = str(tmp_path / "run")
    assert run(["batch", str(OWEN), "--out", out, "--reader", "acme", "--budget", "1"]) == 2
    assert "--budget needs the price of acme" in capsys.readouterr().err
    (tmp_path / "evaluator.toml").write_text('reader = "acme"')
    assert run(["--config", str(tmp_path / "evaluator.toml"), "doctor", "--offline"]) == 0
    assert "ok  reader     the installed reader “acme”" in capsys.readouterr().out


def test_an_installed_converter_reads_in_the_worker_as_here(install: Install) -> None:
    install("acme2", EXAMPLES[1], converters="roff = acme2:RoffConverter")
    settings = Settings(reader="rules", offline=True)
    report = evaluate(ROFF, settings=settings, name="owen.1")
    assert report.document.format == "extension"
    assert any("Terraform" in item.quote for item in report.evidence)
    assert evaluate(OWEN, settings=settings).document.format == "markdown"
    assert Session(settings).identity["extensions"] == "acme2 1.2"


@pytest.mark.workers
def test_workers_find_installed_converters(install: Install) -> None:
    import asyncio

    install("acme3", EXAMPLES[1], converters="roff = acme3:RoffConverter")
    assert asyncio.run(read_in_worker(ROFF, "owen.1")).format == "extension"


def test_an_installed_renderer_is_a_format(
    install: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    install("acme4", EXAMPLES[2], renderers="line = acme4:one_line")
    assert run(["evaluate", str(OWEN), "--offline", "--format", "line"]) == 0
    assert re.fullmatch(r"[0-9a-f]{16} ops ML 0 Ops \d\n", capsys.readouterr().out)


def test_doctor_names_what_is_installed_and_what_is_wrong_with_it(
    install: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    install("acme5", READER + EXAMPLES[2], readers="acme = acme5:Reader", renderers="line = acme5:one_line")  # fmt: skip
    assert run(["doctor", "--offline"]) == 0
    told = capsys.readouterr().out
    assert "ok  extension  reader “acme” of acme5 1.2" in told
    assert "ok  extension  renderer “line” of acme5 1.2" in told
    installed.cache_clear()
    install("broken6", "import no_such_module", converters="bad = broken6:Converter", readers="bad = broken6:Reader")  # fmt: skip
    install("unmade7", "def make(*_):\n    raise KeyError", converters="unmade = unmade7:make")
    assert run(["doctor", "--offline"]) == 1
    told = capsys.readouterr().out
    assert "!!  extension  The converter “bad” of broken6 cannot be used (ModuleNotFoundError: No module named 'no_such_module')." in told  # fmt: skip
    assert "Correct or uninstall broken6." in told
    assert "The converter “unmade” of unmade7 cannot be used (KeyError" in told
    assert "Traceback" not in told


BROKEN = """
class Converter:
    def accepts(self, data):
        raise ValueError

class Failing:
    def accepts(self, data):
        return data.startswith(b".TH")

    def convert(self, data):
        raise ValueError("Owen Pryce")

class Odd(Failing):
    def convert(self, data):
        return "text"

def make(*_):
    raise RuntimeError("no licence")
"""


def test_a_broken_extension_harms_nothing_else(
    install: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    install("broken8", BROKEN, converters="a = broken8:Converter\nb = broken8:Failing\nc = broken8:make\nd = broken8:Gone", readers="r = broken8:make", renderers="f = broken8:make")  # fmt: skip
    settings = Settings(reader="rules", offline=True)
    assert evaluate(OWEN, settings=settings).track == "ops"
    with pytest.raises(DocumentError, match=r"The converter “b” failed \(ValueError\)\.$"):
        evaluate(Input(name="x", data=ROFF), settings=settings)
    with pytest.raises(ConfigurationError, match=r"“r” of broken8 .*RuntimeError: no licence"):
        evaluate(OWEN, settings=Settings(reader="r", offline=True))
    capsys.readouterr()
    assert run(["evaluate", str(OWEN), "--offline", "--format", "f"]) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith("evaluator: The renderer “f” of broken8 cannot be used")  # fmt: skip


def test_a_converter_that_returns_no_draft_is_a_damaged_document(install: Install) -> None:
    install("broken9", BROKEN, converters="odd = broken9:Odd")
    with pytest.raises(DocumentError, match="“odd” returned no Draft"):
        evaluate(ROFF, settings=Settings(reader="rules", offline=True))


def test_a_name_that_nobody_has_is_compared_with_those_that_are_there(
    install: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    install("acme10", READER, readers="acme = acme10:Reader")
    with pytest.raises(UsageError, match=r"no reader “amce”\. Did you mean “acme”\?"):
        load(READERS, "amce")
    with pytest.raises(UsageError, match=r"no reader “x”\.$"):
        load(READERS, "x")
    with pytest.raises(UsageError, match=r"no reader “x”, only auto, model, rules, acme\."):
        Settings(reader="x")
    assert run(["evaluate", str(OWEN), "--reader", "modle"]) == 2
    assert "'modle' is not one of 'auto', 'model', 'rules', 'acme'" in capsys.readouterr().err


def test_documents_come_from_an_installed_source_and_from_manifests_that_name_it(
    install: Install,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    install("acme11", EXAMPLES[3], sources="tracker = acme11:TrackerSource")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exports").mkdir()
    applications = {"a7": OWEN.read_text(encoding="utf-8"), "b2": ""}
    (tmp_path / "exports" / "backend.json").write_text(json.dumps(applications))
    manifest = tmp_path / "more.csv"
    manifest.write_text("path,desk\ntracker://backend/a7.md,3\ntracker://backend/none.md,4\n")
    for given in ("tracker://backend", str(manifest)):
        out = tmp_path / Path(given).stem
        assert run(["batch", given, "--offline", "--out", str(out), "--github", "none"]) == 3
        rows = (out / "candidates.csv").read_text(encoding="utf-8").splitlines()
        assert len(rows) == 3
        assert any("Owen Pryce" in row and "tracker://backend/a7.md" in row for row in rows)
    assert "There is no tracker://backend/none.md" in capsys.readouterr().err
    assert run(["batch", "tracker://nobody", "--out", str(tmp_path / "x"), "--offline"]) == 2
    assert "tracker://nobody cannot be listed (FileNotFoundError)." in capsys.readouterr().err
    assert run(["doctor", "--offline"]) == 0
    assert "ok  extension  source “tracker” of acme11 1.2" in capsys.readouterr().out


FAULTY_SOURCE = """
class Source:
    def addresses(self, address):
        return ["/etc/passwd"]

    def read(self, address):
        if address.endswith("text"):
            return "text"
        if address.endswith("ours"):
            from evaluator import DocumentError
            from evaluator.errors import Unreadable
            raise DocumentError(Unreadable.ENCRYPTED, "It is locked.")
        raise KeyError(address)

def make():
    raise RuntimeError("no licence")
"""


def test_a_broken_source_ends_its_own_command_or_document_only(install: Install) -> None:
    install("broken12", FAULTY_SOURCE, sources="odd = broken12:Source\nunmade = broken12:make")
    with pytest.raises(UsageError, match="odd://all lists something that is no address odd://"):
        list(listed("odd://all"))
    for address, why in (
        ("odd://a/text", "odd://a/text gave no bytes"),
        ("odd://a/ours", "It is locked"),
        ("odd://a/b", r"odd://a/b cannot be read \(KeyError\)"),
    ):
        with pytest.raises(DocumentError, match=why):
            load_address(address)
    with pytest.raises(ConfigurationError, match=r"“unmade” of broken12 .*RuntimeError"):
        list(listed("unmade://all"))
