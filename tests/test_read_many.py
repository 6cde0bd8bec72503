"""Many documents: in order, whatever is wrong with some of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import gongkai
from gongkai import InvalidValue, ReadError, StrictError, examples, read_many
from gongkai.exchange import many
from gongkai.exchange.many import _Pool
from gongkai.exchange.progress import Progress
from tests.helpers_many import cannot_be_handed_over, dies_over_some


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("chenghu-2023", "chenghu-2024", "lanjiang-2024"):
        (tmp_path / f"{name}.txt").write_text(examples.text(name), encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02\x03" * 100)
    (tmp_path / "kill.txt").write_text("澄湖区2024年政务公开工作要点", encoding="utf-8")
    return tmp_path


def paths_in(folder: Path) -> list[str]:
    return [
        str(folder / f"{name}.txt")
        for name in ("chenghu-2023", "bad", "gone", "chenghu-2024", "lanjiang-2024")
    ]


@pytest.mark.parametrize("workers", (None, 1, 2), ids=str)
def test_outcomes_come_in_order(folder: Path, workers: int | None) -> None:
    paths = paths_in(folder)

    outcomes = list(read_many(paths, workers=workers))

    assert [outcome.path for outcome in outcomes] == paths
    assert [outcome.plan is not None for outcome in outcomes] == [True, False, False, True, True]
    assert [type(outcome.error) for outcome in outcomes] == [
        type(None),
        ReadError,
        ReadError,
        type(None),
        type(None),
    ]
    for outcome in outcomes:
        if outcome.plan is not None:
            whole = gongkai.read(outcome.path)
            assert gongkai.dumps(outcome.plan) == gongkai.dumps(whole)


def test_a_process_that_dies_costs_its_document_alone(folder: Path) -> None:
    names = ("chenghu-2023", "kill", "chenghu-2024", "lanjiang-2024", "chenghu-2023")
    paths = [str(folder / f"{name}.txt") for name in names]

    outcomes = list(_Pool(2, dies_over_some).read(iter(paths)))

    assert [outcome.path for outcome in outcomes] == paths
    assert [outcome.plan is not None for outcome in outcomes] == [True, False, True, True, True]
    assert "the process that read it ended" in str(outcomes[1].error)


def test_what_cannot_be_handed_over_is_said(folder: Path) -> None:
    [outcome] = _Pool(1, cannot_be_handed_over).read(iter([str(folder / "kill.txt")]))

    assert outcome.plan is None
    assert isinstance(outcome.error, ReadError)


def test_a_fault_of_the_reader_is_the_documents_outcome(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(path: str, **flags: bool) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(many, "read", faulty)

    [outcome] = read_many([folder / "kill.txt"], workers=1)

    assert "RecursionError: too deep" in str(outcome.error)


def test_paths_are_taken_as_reading_goes_on(folder: Path) -> None:
    taken: list[str] = []

    def paths() -> Iterator[str]:
        for path in paths_in(folder) * 4:
            taken.append(path)
            yield path

    found = read_many(paths(), workers=1)
    next(found)

    assert len(taken) == 1


def test_processes_read_a_few_ahead_and_no_more(folder: Path) -> None:
    taken: list[str] = []

    def paths() -> Iterator[str]:
        for path in paths_in(folder) * 20:
            taken.append(path)
            yield path

    found = read_many(paths(), workers=1 + 1)
    next(found)
    found.close()

    assert len(taken) <= 2 * 4 + 1


@pytest.mark.parametrize("workers", (0, -1, 1.5, True), ids=repr)
def test_workers_are_a_positive_int(workers: int) -> None:
    with pytest.raises(InvalidValue, match=r"read_many\.workers"):
        read_many([], workers=workers)


def test_a_bar_is_drawn_where_it_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("rich", reason="needs the extra `cli`")
    with Progress(2, wanted=True) as bar:
        bar.advance()
        bar.advance()

    told = capsys.readouterr()
    assert told.out == ""
    assert "2/2" in told.err


@pytest.mark.parametrize("wanted", (False, None), ids=str)
def test_none_is_drawn_elsewhere(wanted: bool | None, capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(2, wanted=wanted) as bar:
        bar.advance()

    assert capsys.readouterr().err == ""


def test_flags_reach_every_process(tmp_path: Path) -> None:
    pytest.importorskip("opencc")
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("澄湖區2024年政務公開工作要點\n1.公開財政預決算。（區財政局負責）", encoding="utf-8")
    bad.write_text("澄湖區2024年政務公開工作要點\n為做好工作，制定本要點。", encoding="utf-8")
    one, other = read_many([good, bad], workers=2, simplify=True, strict=True)
    assert one.plan is not None
    assert one.plan.title == "澄湖区2024年政务公开工作要点"
    assert isinstance(other.error, StrictError)
    assert other.error.plan.title == "澄湖区2024年政务公开工作要点"
