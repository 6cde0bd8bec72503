"""What every public class shows of itself in a notebook."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from importlib.metadata import EntryPoint
from typing import Any, is_typeddict

import attrs
import pytest

import gongkai
from gongkai import (
    Assignment,
    Comment,
    Deadline,
    Department,
    Directory,
    Division,
    Finding,
    Plan,
    Record,
    Section,
    Source,
    Span,
    Task,
    calendars,
    checking,
    comparing,
    examples,
    merging,
    plugins,
    views,
)
from gongkai.model._display import Shown
from gongkai.views._cards import known
from tests.helpers_views import EVIL, read, small
from tests.test_charts import large

ROOMS = (*gongkai._ROOMS, *[f"gongkai.{name}" for name in gongkai._MODULES])

#: Public classes that show nothing of their own, and why.
PLAIN = {
    "gongkai.errors.Problem": "a part of an error",
    "gongkai.model.WorkCalendar": "a protocol",
    "gongkai.calendars.ChineseCalendar": "has nothing to show",
    "gongkai.tables.Column": "a line of the data dictionary",
    "gongkai.testing.Edit": "a step of a strategy",
    "gongkai.views.View": "shows what it holds",
}


def public_classes() -> Iterator[tuple[str, type]]:
    for room in ROOMS:
        module = importlib.import_module(room)
        for name in module.__all__:
            value = getattr(module, name)
            if isinstance(value, type) and not is_typeddict(value):
                yield f"{room}.{name}", value


#: Enumerations and errors have a text of their own; tuples are what writers of readers pass on.
CLASSES = {
    name: value for name, value in public_classes() if not issubclass(value, (Enum, BaseException, tuple))
}


def things() -> dict[str, Any]:
    """One of nearly each, as a user comes to have it."""
    old, new = examples.load("chenghu-2023"), examples.load("chenghu-2024")
    city = examples.load("lanjiang-2024")
    diff, cover = gongkai.diff(old, new), gongkai.coverage(city, new)
    history, beside = gongkai.trace([old, new]), gongkai.consolidate([city, new])
    draft = Plan("要点", [Task("公开预算。", label="1."), Task("公布名录。", label="2.")])
    merge = gongkai.merge(
        draft, draft.with_changes("1", text="公开决算。"), draft.with_changes("1", text="公开清单。")
    )
    directory = Directory.default()
    found = directory.resolve("区财政局")
    task = new.tasks[0]
    links = gongkai.align(old, new).links
    plugin = plugins.Plugin(plugins.PluginKind.READER, "ofd", "gongkai-ofd", EntryPoint("ofd", "a:b", "c"))
    made: dict[str, Any] = {
        "Answer": gongkai.Answer("1", "2", "same", annotator="甲"),
        "Assignment": task.assignments[0],
        "Change": next(iter(diff)),
        "Checked": views.Checked("a.txt", new, checking.check(new)),
        "Citation": city.citations[0] if city.citations else None,
        "Comment": Comment("区财政局", task="1", proposal="公开决算。"),
        "Conflict": merge.conflicts[0],
        "Consolidation": beside,
        "Coverage": cover,
        "CoverageRow": cover.rows[0],
        "Deadline": task.deadlines[0],
        "Department": task.departments[0],
        "Diff": diff,
        "Directory": directory,
        "Division": Division("澄湖区", level="district"),
        "DocumentNumber": new.record.document_number,
        "Evidence": links[0].evidence[0],
        "Finding": Finding("R1", "warning", "括号不成对", "a bracket without its partner", span=Span(1, 2)),
        "Handover": next(row.handovers[0] for row in cover if row.handovers),
        "History": history,
        "Link": links[0],
        "ListedDays": calendars.ListedDays([2024], off=[date(2024, 5, 1)]),
        "Mark": cover.rows[0].not_applicable("没有"),
        "Matter": next(iter(beside)),
        "Merge": merge,
        "Notice": new.notice,
        "Organ": found.organ or directory.organs[0],
        "Outcome": gongkai.Outcome("a.txt", plan=new),
        "Paragraph": gongkai.Paragraph("坚持问题导向。"),
        "Passage": next(row.passages[0] for row in cover if row.passages),
        "Piece": next(iter(new.source.pieces)) if new.source else None,
        "Plan": new,
        "Plugin": plugin,
        "Record": new.record,
        "Resolution": found,
        "Section": new.sections[0],
        "Source": new.source,
        "Span": task.span,
        "Stage": history.threads[0].stages[0],
        "Tally": cover.tally,
        "Task": task,
        "Thread": history.threads[0],
        "Tie": history.ties[0],
        "Voice": merge.conflicts[0].voices[0],
        "Where": merge.conflicts[0].where,
    }
    return {name: thing for name, thing in made.items() if thing is not None}


YEAR, CITY = examples.load("chenghu-2024"), examples.load("lanjiang-2024")
MADE = things()


def forms(thing: Any) -> dict[str, str]:
    """What a thing shows of itself, by media type."""
    bundle: dict[str, str] = thing._repr_mimebundle_(include=None, exclude=None)
    return bundle


@pytest.mark.parametrize("name", CLASSES)
def test_every_public_class_has_a_display(name: str) -> None:
    value = CLASSES[name]

    if name in PLAIN:
        assert not issubclass(value, Shown)
    else:
        assert hasattr(value, "_repr_html_"), f"{name} shows nothing in a notebook"
        assert hasattr(value, "_repr_markdown_")


def test_the_exceptions_are_public_classes() -> None:
    assert set(PLAIN) <= set(CLASSES)


@pytest.mark.parametrize("name", [name for name, value in CLASSES.items() if known(value.__name__)])
def test_a_card_tells_fields_that_there_are(name: str) -> None:
    from gongkai.views._cards import _table

    value = CLASSES[name]
    row: dict[str, Any] = dict(_table()["classes"][value.__name__])
    kin = [each for each in CLASSES.values() if each.__name__ == value.__name__]
    words = _table()["facts"]
    fields = {field.name for each in kin if attrs.has(each) for field in attrs.fields(each)}
    for fact in [*row["facts"], *filter(None, [row["head"]])]:
        assert fact in fields or any(hasattr(each, fact) for each in kin), fact
        assert set(words[fact]) == {"zh", "en"}


@pytest.mark.parametrize("name", MADE)
class TestShown:
    def test_it_comes_in_three_forms(self, name: str) -> None:
        bundle = forms(MADE[name])

        assert set(bundle) == {"text/plain", "text/html", "text/markdown"}
        assert bundle["text/plain"] == repr(MADE[name])
        assert "\n" not in bundle["text/plain"]
        assert bundle["text/html"] == MADE[name]._repr_html_()
        assert bundle["text/markdown"] == MADE[name]._repr_markdown_()

    def test_its_html_is_whole_and_tells_something(self, name: str) -> None:
        found = read(MADE[name]._repr_html_())

        assert found.broken == []
        assert len(found.text.strip()) > 1
        assert "script" not in found.tags
        assert not [key for key, _ in found.attributes if key.startswith("on") or key == "style"]

    def test_it_has_words_in_both_languages(self, name: str) -> None:
        chinese, english = views.html(MADE[name]), views.html(MADE[name], language="en")

        assert 'lang="zh-CN"' in chinese
        assert 'lang="en"' in english

    def test_it_has_no_code_in_it(self, name: str) -> None:
        """Neither the repr of a thing within nor an object's address is what a person reads."""
        assert not re.search(r"&lt;[A-Z]\w+ | object at 0x|attrs", MADE[name]._repr_html_())


@pytest.mark.parametrize(
    "thing",
    (
        Department(EVIL),
        Deadline.ongoing(EVIL),
        Assignment.lead(EVIL),
        Finding("R1", "warning", EVIL, EVIL, hint=EVIL),
        Source(EVIL, origin=EVIL),
        Division(EVIL),
        Comment(EVIL, task="1", quote=EVIL, proposal=EVIL, reason=EVIL),
        gongkai.Outcome("x", error=gongkai.ReadError(EVIL, EVIL, EVIL)),
        comparing.Passage(EVIL, 0, 0.5, EVIL),
        merging.Camp(EVIL, (EVIL,)),
        Section(EVIL, [Task(EVIL)]),
        Record(issuer=EVIL),
    ),
    ids=lambda thing: type(thing).__name__,
)
def test_what_a_document_says_is_no_markup(thing: Shown) -> None:
    bundle = forms(thing)

    assert set(read(bundle["text/html"]).tags) <= {
        *("b", "br", "code", "col", "colgroup", "dd", "details", "div", "dl", "dt", "h3", "li", "p", "span"),
        *("style", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    }
    assert "onload" not in {key for key, _ in read(bundle["text/html"]).attributes}
    assert "<script" not in bundle["text/markdown"]
    for text in (bundle["text/html"], bundle["text/markdown"]):
        assert not set("\x1b\u202e\x00") & set(text)


class TestSize:
    """A notebook keeps what it shows: however long plans are, that is not much, and what is missing is told."""

    @pytest.mark.parametrize("kind", ("Plan", "Diff", "Alignment", "Coverage", "History", "Consolidation"))
    def test_it_is_bounded(self, kind: str) -> None:
        def made(size: int) -> Any:
            old, new = large(size, year=2023), large(size, year=2024)
            makers: dict[str, Callable[[], Any]] = {
                "Plan": lambda: new,
                "Diff": lambda: gongkai.diff(old, Plan(new.title, [Section("章", new.tasks[::2])])),
                "Alignment": lambda: gongkai.align(old, new),
                "Coverage": lambda: gongkai.coverage(old, new),
                "History": lambda: gongkai.trace([old, new]),
                "Consolidation": lambda: gongkai.consolidate([old, new]),
            }
            return makers[kind]()

        few, many = (forms(made(size)) for size in (300, 600))

        assert len(many["text/html"]) < 300_000
        assert len(many["text/markdown"]) < 13_000
        assert len(many["text/html"]) < 1.3 * len(few["text/html"])
        for form in ("text/html", "text/markdown"):
            assert "另有" in many[form]

    def test_a_long_text_folds_away_and_is_cut(self) -> None:
        bundle = forms(Deadline.ongoing("推进" * 4000))

        assert "<details>" in bundle["text/html"]
        assert bundle["text/html"].count("推进") == 1201  # once as the kind
        assert bundle["text/markdown"].count("推进") == 301

    def test_it_brings_no_style_that_it_does_not_use(self) -> None:
        small, big = (forms(thing)["text/html"] for thing in (Span(1, 2), gongkai.consolidate([YEAR, CITY])))

        assert len(small) < 8_000
        assert ".gk-matters" in big
        assert ".gk-matters" not in small
        assert ".gk-record" in small

    def test_a_long_list_is_cut_and_says_so(self) -> None:
        held = Assignment.lead(*[f"区{number}局" for number in range(500)])

        assert "另有 488 项" in forms(held)["text/html"]


def test_without_a_view_the_text_remains() -> None:
    class Odd(Shown):
        def __repr__(self) -> str:
            return "<Odd>"

    assert Odd()._repr_mimebundle_() == {"text/plain": "<Odd>"}


def test_a_view_is_a_bundle_too() -> None:
    view = views.view(small(), language="en", limit=1)

    assert set(view._repr_mimebundle_()) == {"text/plain", "text/html", "text/markdown"}


def test_ipython_takes_it() -> None:
    """What IPython makes of a plan, in a process of its own."""
    pytest.importorskip("IPython")
    code = """
from IPython.core.formatters import DisplayFormatter
from gongkai import Deadline
formatter = DisplayFormatter()
formatter.active_types = formatter.format_types
data, _ = formatter.format(Deadline.by_month(2024, 10))
print(sorted(data))
data, _ = formatter.format(Deadline.by_month(2024, 10), include={"text/plain"})
print(sorted(data))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == [
        "['text/html', 'text/markdown', 'text/plain']",
        "['text/plain']",
    ], done.stderr
