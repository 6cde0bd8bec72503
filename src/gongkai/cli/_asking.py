"""A person at the terminal as a judge: both tasks side by side, one key for the answer."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from enum import Enum, auto
from typing import Final, TextIO, cast

from gongkai import views
from gongkai.cli._answers import AnswerFile
from gongkai.cli._files import CannotRead
from gongkai.comparing import Answer, Question, StopAsking, Strength
from gongkai.comparing.judges.answerwords import plain_word, strength_words
from gongkai.views._paint import wants_color
from gongkai.views._text import clean
from gongkai.views._words import Words

__all__ = ["Interview"]


class _Wish(Enum):
    """What somebody may want besides answering."""

    UNDO = auto()
    STOP = auto()


_WISHES: Final = {
    **dict.fromkeys(("u", "undo", "撤销", "后退"), _Wish.UNDO),
    **dict.fromkeys(("q", "quit", "exit", "停止", "退出"), _Wish.STOP),
}


class Interview:
    """Asks a person, and saves after each answer.

    Questions go to standard error, so that standard output holds the result alone; answers come from standard
    input, one line each, with a comment behind the key if there is one.

    Attributes:
        trouble: why answers could not be saved; the questions end there.
    """

    def __init__(self, file: AnswerFile, annotator: str, say: Words, width: int | None) -> None:
        self._file = file
        self._annotator = annotator
        self._say = say
        self._width = width
        self._asked: list[Question] = []
        self._given: dict[tuple[str, str], Answer] = {}
        self.trouble: CannotRead | None = None

    def __call__(self, questions: list[Question]) -> list[Answer]:
        """Ask; answers that were taken back and given anew are among those that are returned."""
        first = len(self._asked)
        self._asked += questions
        news: dict[tuple[str, str], Answer] = {}
        place = first
        while place < len(self._asked):
            question = self._asked[place]
            try:
                said = self._ask(place, question)
            except (KeyboardInterrupt, EOFError):
                said = _Wish.STOP
                self._write("\n")
            if said is _Wish.STOP:
                raise StopAsking(news.values())
            if said is _Wish.UNDO:
                if place == 0:
                    self._write(self._say["asking.nothing_to_undo"] + "\n")
                    continue
                place -= 1
                self._take_back(place, first, news)
                continue
            self._given[question.keys] = news[question.keys] = said
            self._save(news)
            place = next(
                (at for at, each in enumerate(self._asked) if each.keys not in self._given), len(self._asked)
            )
        return list(news.values())

    def close(self) -> None:
        """Say how many answers there are, and where."""
        counts = Counter([answer.strength for answer in self._given.values()])
        if not self._asked:
            self._write(self._say["asking.nothing"] + "\n")
            return
        names: dict[Strength | None, str] = {strength: strength.value for strength in Strength}
        names[None] = "unknown"
        told = [
            f"{self._say[f'asking.{name}']} {counts[said]}" for said, name in names.items() if counts[said]
        ]
        line = self._say.count("asking.done", len(self._given))
        line += f"{self._say.colon}{self._say['asking.between'].join(told)}" if told else ""
        self._write(line + "\n")
        if self._file.path is not None:
            self._write(self._say["asking.saved"].format(name=self._file.path) + "\n")
        elif self._given:
            self._write(self._say["asking.unsaved"] + "\n")

    def _ask(self, place: int, question: Question) -> Answer | _Wish:
        head = self._say.count("asking.question", place + 1)
        color = wants_color(sys.stderr)
        drawn = views.terminal(question, width=self._width, color=color, language=self._say.language)
        self._write(f"\n{head}\n{drawn}")
        while True:
            self._write(self._say["asking.prompt"])
            line = self._line()
            said = self._understood(line, question)
            if said is not None:
                return said
            self._write(self._say["asking.unclear"].format(word=clean(line)) + "\n")

    def _line(self) -> str:
        """Read a line; what does not come from a keyboard is shown, as one would see it who typed it.

        Raises:
            EOFError: there are no more.
        """
        stream = cast("TextIO | None", sys.stdin)  # closed by whoever called
        line = stream.readline() if stream is not None else ""
        if stream is None or not line:
            raise EOFError
        if not stream.isatty():
            self._write(line)
        return line

    def _understood(self, line: str, question: Question) -> Answer | _Wish | None:
        """Return what a line says: a word, and a comment behind it; None where it says nothing."""
        word, _, comment = line.strip().partition(" ")
        if plain_word(line) in strength_words():
            word, comment = line, ""
        plain = plain_word(word)
        if plain in _WISHES:
            return _WISHES[plain]
        if plain and plain not in strength_words():
            return None
        return question.answer(
            strength_words()[plain] if plain else None,
            annotator=self._annotator,
            comment=comment.strip(),
            answered_on=date.today(),  # noqa: DTZ011 - the day on the wall, where the person sits
        )

    def _take_back(self, place: int, first: int, news: dict[tuple[str, str], Answer]) -> None:
        question = self._asked[place]
        self._given.pop(question.keys, None)
        news.pop(question.keys, None)
        if place < first:  # it was handed over already
            news[question.keys] = question.answer(None, annotator=self._annotator)
        self._save(news)

    def _save(self, news: dict[tuple[str, str], Answer]) -> None:
        try:
            self._file.save(self._given.values())
        except CannotRead as error:
            self.trouble = error
            raise StopAsking(news.values()) from error

    @staticmethod
    def _write(text: str) -> None:
        sys.stdout.flush()
        sys.stderr.write(text)
        sys.stderr.flush()
