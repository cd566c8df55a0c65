"""The shape of the source: small modules, small functions, nothing switched off, tests where one looks for them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("index", "qa", "tui")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
SOURCES = sorted([*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")])

LONGEST_MODULE = 350
LONGEST_FUNCTION = 60

# Written in two parts, so that this file does not hold them itself.
SWITCHED_OFF = re.compile("type: " + "ignore|no" + "qa|pragma: " + "no cover")
MACHINE_PATH = re.compile("[\"'(= ]/(?:" + "home|root|work|Users|mnt|tmp" + ")/[a-z]")

# Tests of what no single module does.
OF_NO_MODULE = {
    "index/test_faults.py",
    "index/test_kill.py",
    "index/test_layouts.py",
    "index/test_small_disk.py",
    "index/test_together.py",
    "qa/test_hostile.py",
    "qa/test_local.py",
    "qa/test_package.py",
    "qa/test_processes.py",
    "tui/test_effects.py",
    "tui/test_hostile.py",
    "tui/test_imports.py",
    "tui/test_snapshots.py",
    "tui/test_terminal.py",
}


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_module_can_be_read_in_one_sitting(path):
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_a_function_fits_on_a_screen(path):
    too_long = [
        node.name for node in functions(path) if (node.end_lineno or node.lineno) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not too_long


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_no_check_is_switched_off(path):
    assert not SWITCHED_OFF.findall(path.read_text("utf-8"))


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_nothing_stored_can_run_code(path):
    assert not {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "yaml"} & set(imported(path))
    tree = ast.parse(path.read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    called = {ast.unparse(call.func) for call in calls}
    assert not {"eval", "exec", "compile", "__import__", "torch.load", "torch.save"} & called
    # Arrays of numpy and models of sentence-transformers and transformers may be pickled, or bring code along.
    named = {argument.arg for call in calls for argument in call.keywords}
    assert not {"allow_pickle", "trust_remote_code", "weights_only"} & named


@pytest.mark.parametrize("path", MODULES, ids=relative)
def test_no_shell_is_asked_to_run_anything(path):
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    called = {ast.unparse(call.func) for call in calls}
    shells = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput", "pty.spawn"}
    assert not shells & called
    assert not {"create_subprocess_shell"} & {name.rpartition(".")[2] for name in called}
    assert "shell" not in {argument.arg for call in calls for argument in call.keywords}


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_no_path_of_one_machine_is_written_down(path):
    assert not MACHINE_PATH.findall(path.read_text("utf-8"))


@pytest.mark.parametrize("package", PACKAGES)
def test_tests_stand_where_the_modules_stand(package):
    modules = {path.stem for path in (ROOT / package).rglob("*.py")}
    orphans = {
        f"{package}/{path.name}"
        for path in (ROOT / "tests" / package).rglob("test_*.py")
        if path.stem.removeprefix("test_") not in modules
    }
    assert orphans <= OF_NO_MODULE
