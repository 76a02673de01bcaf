"""The rooms and the arrows between them: imports run down the picture, never up, never round."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "mlsd_cards"

FLOORS = [
    {"errors"},
    {"cards", "schedule"},
    {"store"},
    {"anki", "evaluation", "simulation", "study"},
    {"app", "terminal"},
    {"editing"},
    {"run"},
    {"term"},
    {"report"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
"""The house from the ground up; a room may import from its own floor's room and from below."""

PURE = {"cards", "evaluation", "schedule", "simulation", "study"}
FORBIDDEN_IN_PURE = {"sqlite3", "time", "click", "rich", "sqlite_utils", "os", "sys", "genanki"}

MODULES = sorted(PACKAGE.rglob("*.py"))


def room(module: str) -> str:
    """The wing or the door's module that a dotted name below the package belongs to."""
    return module.split(".")[1] if "." in module else ""


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> set[str]:
    """Every module that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def floor(name: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_imports_run_down(path: Path) -> None:
    own = room(dotted(path))
    for name in imports(path):
        other = room(name) if name.startswith("mlsd_cards.") else ""
        if other in {"", "__version__", own} or not own:
            continue
        assert floor(other) < floor(own), f"{dotted(path)} imports {name}"


def test_no_circle_among_modules() -> None:
    names = {dotted(path) for path in MODULES}
    graph = {dotted(path): imports(path) & names - {dotted(path)} for path in MODULES}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name not in done:
            for other in graph[name]:
                visit(other, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("path", [p for p in MODULES if room(dotted(p)) in PURE], ids=dotted)
def test_the_core_knows_no_clock_no_terminal_and_no_database(path: Path) -> None:
    tops = {name.split(".")[0] for name in imports(path)}
    assert not tops & FORBIDDEN_IN_PURE
    assert "random" not in tops or not calls_global_random(path)


def calls_global_random(path: Path) -> bool:
    """Whether a module draws from the generator that all of the program shares."""
    return any(
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "random"
        and node.attr != "Random"
        for node in ast.walk(ast.parse(path.read_text()))
    )


def test_sql_stays_in_the_store() -> None:
    for path in MODULES:
        if room(dotted(path)) not in {"store", "anki"}:
            assert "sqlite3" not in imports(path), path
            assert "INSERT INTO" not in path.read_text(), path


def test_anki_itself_is_for_tests_only() -> None:
    for path in MODULES:  # its licence is not ours
        assert not {name.split(".")[0] for name in imports(path)} & {"anki", "aqt"}, path


def test_numpy_stays_in_the_simulation() -> None:
    for path in MODULES:  # it is an extra, which most people do without
        if room(dotted(path)) != "simulation":
            assert "numpy" not in {name.split(".")[0] for name in imports(path)}, path


def test_matplotlib_stays_in_the_report() -> None:
    for path in MODULES:  # an extra too, and a second to import
        if room(dotted(path)) != "report":
            assert "matplotlib" not in {name.split(".")[0] for name in imports(path)}, path


def test_functions_fit_on_a_screen() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.end_lineno:
                length = node.end_lineno - node.lineno + 1
                assert length <= 70, f"{path}:{node.lineno} {node.name} has {length} lines"


def test_modules_hold_one_noun() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in MODULES}
    assert not {str(path): length for path, length in lengths.items() if length > 320}


def test_no_machine_and_no_registry_is_named() -> None:
    hosts = ("py" + "pi.org", "python" + "hosted.org", "/work" + "/")
    for path in [*MODULES, *PACKAGE.parent.glob("*.toml"), *PACKAGE.parent.glob("*.md")]:
        text = path.read_text()
        assert not any(host in text for host in hosts), path
