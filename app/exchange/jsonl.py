"""JSON Lines: one object, one article."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.domain.articles import Draft
from app.domain.errors import UserError
from app.domain.progress import Progress
from app.exchange.article_rows import RowReader
from app.exchange.encodings import decode, read_bytes
from app.exchange.formats import NoArticles, Reading, ReadOptions

_LARGEST = 180_000_000
_TOLD_EVERY = 500


class JsonLines:
    """Reads one JSON object a line, or a file that is one list of objects."""

    name = "jsonl"
    title = "JSON Lines"
    extensions = (".jsonl", ".ndjson", ".json")
    takes_mapping = True
    takes_encoding = True

    def read(self, path: Path, options: ReadOptions, progress: Progress) -> Reading:
        """Read one article an object; lines that are none are left out and said."""
        text, found = decode(read_bytes(path, _LARGEST), options.encoding)
        problems: list[str] = []
        rows: list[tuple[int, dict[str, str]]] = []
        for number, value in _values(text.removeprefix("\ufeff")):
            if isinstance(value, dict):
                rows.append((number, {str(key): _cell(item) for key, item in value.items()}))  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
            else:
                problems.append(
                    f"line {number} is {value if isinstance(value, _Broken) else 'not an object'}"
                )
        if not rows:
            raise UserError("no line is a JSON object" + (f": {problems[0]}." if problems else "."))
        names = list(dict.fromkeys(name for _number, row in rows for name in row))
        reader = RowReader(names, options.columns)
        for _number, row in rows[:_TOLD_EVERY]:
            reader.show(row)
        if reader.lacks_text:
            raise NoArticles(reader.lack(), reader.table(), found)
        drafts: list[Draft] = []
        for at, (number, row) in enumerate(rows):
            if at % _TOLD_EVERY == 0:
                progress(at, len(rows))
            try:
                drafts.append(reader.draft(row))
            except UserError as error:
                problems.append(f"line {number}: {str(error).rstrip('.')}")
        if not drafts:
            raise NoArticles(f"no line holds an article: {problems[0]}.", reader.table(), found)
        dated = reader.with_dates(drafts)
        return Reading(
            drafts=dated.drafts,
            encoding=found,
            notes=(*reader.notes(), *dated.notes),
            problems=(*dated.problems, *problems),
            table=reader.table(),
        )


class _Broken(str):
    """Says in words why a line is no JSON."""

    __slots__ = ()


def _values(text: str) -> Iterator[tuple[int, Any]]:
    """Yield every value with its line; split at line feeds only, for other breaks may stand inside strings."""
    if text.lstrip().startswith("["):
        try:
            values: Any = json.loads(text)
        except ValueError as error:
            raise UserError(f"this is not valid JSON ({error}).") from error
        except RecursionError as error:
            raise UserError("this is nested far too deeply to hold articles.") from error
        yield from enumerate(values, start=1)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError:
                yield number, _Broken("not valid JSON")
            except RecursionError:
                yield number, _Broken("nested far too deeply")


def _cell(value: object) -> str:
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case _:
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
