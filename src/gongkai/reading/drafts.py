"""From the tree to drafts: what is a section, what a task, what a paragraph.

The rules, where two readers might differ:

- A heading of aims or principles opens paragraphs, not tasks, unless they carry a clause.
- An item (1.) is a task; with several clauses, a task with one part a clause.
- A labelled paragraph above items is a section; with one clause of its own, a task whose parts are the items.
- A heading paragraph (（一）…。…) with one clause is a task, with several a section of unlabelled tasks.
- An unlabelled paragraph with a clause is a task, with several clauses as many tasks.
- A clause at the beginning of a paragraph belongs to the text before it; below sub-items none of which has
  one, to their item.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from gongkai.reading.grammar import table
from gongkai.reading.lines import BLANK, Passage, styles
from gongkai.reading.outline import CHAPTER, Node, aims_begin, aims_pattern
from gongkai.reading.segments import Segment
from gongkai.reading.tables.line import TableLine
from gongkai.reading.tables.row import Row

__all__ = ["Draft", "draft_all"]

Kind = Literal["section", "task", "paragraph"]

#: A heading is no longer than this; a longer first sentence is text.
_HEADING_LENGTH: Final = 80


#: A heading of aims is no longer than this.
_AIMS_LENGTH: Final = 30


class Draft:
    """A block before it is built.

    Attributes:
        kind: section, task or paragraph.
        passage: where its label stands; None for a block without one.
        texts: the stretches of its text or heading.
        segments: the segments whose clauses are its own.
        children: the drafts inside.
        stop: the place in its passage of the full stop that ends a run-in heading; -1 where there is none.
        plain: whether it stands in one unbroken line: a task of label, text and one clause, or a heading of
            label and text. Nearly all are.
        row: what the columns of a table say of a task beside its text; None for tasks in text.
    """

    __slots__ = ("children", "kind", "passage", "plain", "row", "segments", "stop", "texts")

    def __init__(  # one record a block: plain and fast
        self,
        kind: Kind,
        passage: Passage | None,
        texts: Sequence[Segment],
        segments: Sequence[Segment] = (),
        children: Sequence[Draft] = (),
        stop: int = -1,
    ) -> None:
        self.kind: Kind = kind
        self.passage = passage
        self.texts = texts
        self.segments = segments
        self.children = children
        self.stop = stop
        self.plain = False
        self.row: Row | None = None

    @property
    def label(self) -> str | None:
        """Its label, where it has one."""
        return None if self.passage is None else self.passage.label


class Rules:
    """What holds for the whole document.

    Attributes:
        tasks_without_clause: whether an item without a responsibility clause is a task (not in reports).
        clauses_used: whether any clause stands in the document.
        announced: the passages that say what will be done, by their ``id``.
        tasks_begun: whether a chapter of tasks stands above.
    """

    __slots__ = ("announced", "clauses_used", "tasks_begun", "tasks_without_clause")

    def __init__(self, *, tasks_without_clause: bool, clauses_used: bool, announced: frozenset[int]) -> None:
        self.tasks_without_clause = tasks_without_clause
        self.announced = announced
        self.clauses_used = clauses_used
        self.tasks_begun = False

    def asks(self, node: Node) -> bool:
        """Tell whether a passage without a clause says what is to be done."""
        return self.tasks_without_clause or (bool(self.announced) and id(node.passage) in self.announced)


def draft_all(
    top: list[Node], *, tasks_without_clause: bool, announced: frozenset[int] = frozenset()
) -> list[Draft]:
    """Return the drafts of the whole body.

    Args:
        top: the nodes at the top.
        tasks_without_clause: whether an item without a responsibility clause is a task.
        announced: the passages that say what will be done, by their ``id``: tasks in any case.
    """
    used = any(below.clauses for node in top for below in node.walk())
    rules = Rules(tasks_without_clause=tasks_without_clause, clauses_used=used, announced=announced)
    drafts: list[Draft] = []
    for node in top:
        if node.labelled:
            drafts += _draft_labelled(node, rules, aims=False)
        else:  # outside every chapter a paragraph asks nothing of anybody, unless it carries a clause
            _add_unlabelled(node, drafts, rules, aims=True)
    return drafts


def _draft_children(nodes: list[Node], rules: Rules, *, aims: bool) -> list[Draft]:
    drafts: list[Draft] = []
    for node in nodes:
        if not node.labelled:
            _add_unlabelled(node, drafts, rules, aims=aims)
        elif node.clauses == 1 and not node.children and len(node.segments) == 1:
            drafts.append(_task(node.passage, node.segments[0]))  # as nearly all tasks are
        else:
            drafts += _draft_labelled(node, rules, aims=aims)
    return drafts


def _add_unlabelled(node: Node, drafts: list[Draft], rules: Rules, *, aims: bool) -> None:
    """Add a paragraph, or the tasks that it holds."""
    for segment in node.segments:
        if not segment.carries:
            task = rules.asks(node) and not (rules.clauses_used or (aims and not rules.announced))
            drafts.append(Draft("task" if task else "paragraph", None, (segment,)))
        else:
            drafts.append(_task(None, segment))


def _task(label: Passage | None, segment: Segment) -> Draft:
    """A task of one segment, with its clause if it has one."""
    texts: tuple[Segment, ...] = (segment,)
    passage = segment.passage
    if segment.clause is not None and segment.stop < 0 and not segment.more and not passage.cuts:
        if segment.begin == segment.end:
            return Draft("task", label, (), texts)
        draft = Draft("task", label, texts, texts)
        draft.plain = label is None or label is passage
        return draft
    clauses = (texts if segment.clause is not None else ()) + segment.more
    if segment.begin == segment.end:
        texts = ()
    if segment.stop >= 0:
        texts += (Segment(passage, segment.stop, segment.stop + 1),)
    return Draft("task", label, texts, clauses)


def _draft_labelled(node: Node, rules: Rules, *, aims: bool) -> list[Draft]:
    """A labelled passage: decide what it is by its clauses, its style and what stands below it."""
    if type(node.passage) is TableLine:
        return [*node.passage.drafts, *_draft_children(node.children, rules, aims=aims)]
    item = styles()[node.passage.style].item
    own = node.clauses
    if own == 1 and len(node.segments) == 1 and not node.children:
        return [_task(node.passage, node.segments[0])]
    aims = aims or _opens_aims(node, rules)
    if aims and not own:
        return [_section(node, rules, aims=True)] if node.children or not item else [_paragraph(node)]
    if node.children and (node.children[0].labelled or any(child.labelled for child in node.children)):
        section = own > 1 or not (own or item)
        return [_section(node, rules, aims=aims) if section else _task_with_items(node, rules)]
    clauses = own + sum([child.clauses for child in node.children])
    if not clauses:
        return _draft_without_clause(node, rules, item=item, aims=aims)
    if item or (clauses == 1 and (own or not _is_heading(node))):
        return _draft_item(node, rules, aims=aims)
    return [_section(node, rules, aims=aims)]


def _opens_aims(node: Node, rules: Rules) -> bool:
    """Whether a heading is one of aims or principles; behind a chapter of tasks some are none."""
    text, body = node.passage.text, node.passage.body
    if text[body : body + 1] in aims_begin():
        stop = text.find("。", body, body + _AIMS_LENGTH)  # of a heading that is run in
        end = len(text) if stop < 0 else stop
        if aims_pattern().fullmatch(text, body, end) is not None:
            again = text[body:end].strip("。：: ") in table("headings")["only_first"]
            return not (rules.tasks_begun and again)
    rules.tasks_begun = rules.tasks_begun or node.rank <= CHAPTER
    return False


def _draft_without_clause(node: Node, rules: Rules, *, item: bool, aims: bool) -> list[Draft]:
    passage = node.passage
    asked = rules.asks(node)
    if not asked and item:
        return [_paragraph(node), *_draft_children(node.children, rules, aims=aims)]
    if item:  # its text goes on in the paragraphs below
        draft = _task(passage, node.segments[0])
        draft.texts = [*draft.texts, *(part for child in node.children for part in child.segments)]
        return [draft]
    if not asked and not node.children and _is_sentence(node):
        return [_paragraph(node)]
    if not asked or _is_heading(node):
        return [_section(node, rules, aims=aims)]
    return [_task(passage, node.segments[0]), *_draft_children(node.children, rules, aims=aims)]


def _draft_item(node: Node, rules: Rules, *, aims: bool) -> list[Draft]:
    """An item with one clause is a task, with several a task with parts.

    Its text may run over several paragraphs up to the one with the last clause; what follows stands by
    itself.
    """
    ends = [at for at, child in enumerate(node.children, 1) if child.clauses]
    inside, after = node.children[: max(ends, default=0)], node.children[max(ends, default=0) :]
    segments = [*node.segments, *(segment for child in inside for segment in child.segments)]
    segments = [segment for segment in segments if segment.begin < segment.end or segment.carries]
    if sum([segment.carries for segment in segments]) == 1 and segments[-1].carries:
        draft = _over_paragraphs(node.passage, segments)
    else:
        draft = Draft("task", node.passage, (), (), _parts(segments))
    return [draft, *_draft_children(after, rules, aims=aims)]


def _over_paragraphs(label: Passage | None, segments: list[Segment]) -> Draft:
    """A task whose text is in several segments; the last one has the clause."""
    if len(segments) == 1:
        return _task(label, segments[0])
    tasks = [_task(None, segment) for segment in segments]
    texts = [text for task in tasks for text in task.texts]
    return Draft("task", label, texts, tasks[-1].segments)


def _parts(segments: list[Segment]) -> list[Draft]:
    """One part for each clause; text without one goes with the next, and behind the last by itself."""
    parts: list[Draft] = []
    run: list[Segment] = []
    for segment in segments:
        run.append(segment)
        if segment.carries:
            parts.append(_over_paragraphs(None, run))
            run = []
    return parts + [_task(None, segment) for segment in run]


def _with_parts(draft: Draft, node: Node, rules: Rules) -> Draft:
    parts = [_as_task(child) for child in _draft_children(node.children, rules, aims=False)]
    draft.children = [*draft.children, *parts]
    return draft


def _is_heading(node: Node) -> bool:
    """Whether a labelled passage is a heading: no sentence, or one above what stands below it."""
    text = node.passage.text
    stop = text.find("。", node.passage.body)
    if text[-1] in "；;" and not node.children:
        return False
    return stop < 0 or (stop == len(text) - 1 and bool(node.children))


def _is_sentence(node: Node) -> bool:
    """Whether a labelled passage is one sentence, or begins with one that is too long for a heading."""
    text, body = node.passage.text, node.passage.body
    stop = text.find("。", body)
    return stop == len(text) - 1 or stop - body > _HEADING_LENGTH or text[-1] in "；;"


def _paragraph(node: Node) -> Draft:
    return Draft("paragraph", node.passage, node.segments)


def _section(node: Node, rules: Rules, *, aims: bool) -> Draft:
    """A section: its heading ends at the first full stop, what is run in behind it comes first."""
    passage = node.passage
    first = node.segments[0]
    stop = passage.text.find("。", first.begin, first.end)
    if stop < 0 and len(node.segments) == 1 and not first.carries:  # a heading and no more, as nearly all are
        draft = Draft("section", passage, (first,), (), _draft_children(node.children, rules, aims=aims))
        draft.plain = not passage.cuts
        return draft
    end = first.end if stop < 0 else stop
    if (first.carries and end + 1 >= first.end) or stop - first.begin > _HEADING_LENGTH:
        end = first.begin  # the sentence is a task's, and the section has no heading
    heading = Segment(passage, first.begin, end)
    first.begin = end + 1 if end == stop else end
    while first.begin < first.end and passage.text[first.begin] in BLANK:
        first.begin += 1
    content: list[Draft] = []
    for segment in node.segments:
        if segment.carries:
            content.append(_task(None, segment))
        elif segment.begin < segment.end:
            content.append(Draft("paragraph", None, (segment,)))
    content += _draft_children(node.children, rules, aims=aims)
    return Draft("section", passage, (heading,), (), content, stop if end == stop else -1)


def _task_with_items(node: Node, rules: Rules) -> Draft:
    """A labelled item above other items: a task, its items are its parts."""
    draft = _task(node.passage, node.segments[0])
    draft.texts = [text for segment in node.segments for text in _task(None, segment).texts]
    draft.plain = False
    return _with_parts(draft, node, rules)


def _as_task(draft: Draft) -> Draft:
    """A part is a task, whatever its paragraph would be elsewhere."""
    draft.plain = draft.plain and draft.kind == "task"
    draft.kind = "task"
    draft.children = [_as_task(child) for child in draft.children]
    return draft
