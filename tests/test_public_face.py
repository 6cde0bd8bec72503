"""The names that `import gongkai` gives, and what that import does not do."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from typing import Any

import pytest

import gongkai


def fresh(code: str) -> Any:
    """Run code in an interpreter of its own, which has nothing loaded, and return what it leaves in ``found``."""
    program = f"import sys, json\n{code}\nsys.stderr.write(json.dumps(found))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, check=False, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    return json.loads(done.stderr)


ROOMS = gongkai._ROOMS
NAMES = tuple(name for name in gongkai.__all__ if not name.startswith("__"))


def test_names_are_sorted_and_unique() -> None:
    assert gongkai.__all__ == sorted(set(gongkai.__all__))


def test_each_name_is_given_by_one_room() -> None:
    given = [name for names in ROOMS.values() for name in names]

    assert sorted(given) == sorted(set(given))
    assert set(NAMES) <= set(given)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_lists_the_names_that_it_gives(room: str) -> None:
    module = importlib.import_module(room)

    assert set(ROOMS[room]) <= set(getattr(module, "__all__", dir(module)))
    assert list(ROOMS[room]) == sorted(ROOMS[room])


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_the_object_of_its_room(name: str) -> None:
    value = getattr(gongkai, name)
    (room,) = [room for room, names in ROOMS.items() if name in names]

    assert value is getattr(importlib.import_module(room), name)
    assert getattr(gongkai, name) is value
    if isinstance(value, type):
        assert value.__module__.startswith(f"{room}.") or value.__module__ == room


def test_the_list_for_type_checkers_is_the_table() -> None:
    """What is imported for type checkers, read from the file, is what the table gives at run time."""
    import ast
    from pathlib import Path

    tree = ast.parse(Path(gongkai.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    imported = {
        (node.module, alias.asname or alias.name)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    given = {(room, name) for room, names in ROOMS.items() for name in names}
    assert imported == given | {("gongkai", name) for name in gongkai._MODULES}


def test_dir_is_the_public_face() -> None:
    assert {*gongkai.__all__, "testing", "examples", "__version__"} <= set(dir(gongkai))
    assert len(dir(gongkai)) == len(set(dir(gongkai)))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'gongkai' has no attribute 'no_such_name'"):
        gongkai.no_such_name  # type: ignore[attr-defined]  # noqa: B018 - reading it is the test


def test_import_loads_no_room_and_no_library() -> None:
    found = fresh("before = set(sys.modules)\nimport gongkai\nfound = sorted(set(sys.modules) - before)")

    heavy = {"attr", "attrs", "cattrs", "hypothesis", "dateutil", "numpy", "orjson", "rich", "sqlite3"}
    assert not heavy & {name.partition(".")[0] for name in found}
    assert [name for name in found if name.startswith("gongkai.")] == []


def test_the_model_loads_neither_the_codec_nor_a_reader() -> None:
    found = fresh("import gongkai\ngongkai.Plan('要点')\nfound = sorted(sys.modules)")

    assert "gongkai.model" in found
    rooms = {".".join(name.split(".")[:2]) for name in found if name.startswith("gongkai.")}
    assert rooms == {"gongkai.model", "gongkai.errors"}
    assert not {"cattrs", "hypothesis", "numpy", "orjson"} & set(found)


def test_import_opens_no_file_but_code() -> None:
    probe = """
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import gongkai
gongkai.Plan, gongkai.Task
found = [name for name in opened if "gongkai" in name and not name.endswith((".py", ".pyc")) and ".pyc." not in name]
"""
    assert fresh(probe) == []


def test_errors_have_one_root() -> None:
    errors = [
        value
        for value in vars(gongkai.errors).values()
        if isinstance(value, type) and issubclass(value, Exception)
    ]

    assert errors
    assert all(issubclass(error, gongkai.GongkaiError) for error in errors)


def test_rooms_that_are_public_come_by_name() -> None:
    assert fresh(
        "import gongkai\nfound = [gongkai.testing.__name__, gongkai.testing.strategies.__name__]"
    ) == [
        "gongkai.testing",
        "gongkai.testing.strategies",
    ]


def test_without_hypothesis_testing_says_what_to_install() -> None:
    probe = """
sys.modules["hypothesis"] = None
import gongkai
try:
    import gongkai.testing
except gongkai.MissingExtra as error:
    found = [error.extra, str(error), isinstance(error, ImportError)]
"""
    assert fresh(probe) == [
        "test",
        "gongkai.testing needs an optional dependency: pip install 'gongkai[test]'",
        True,
    ]
