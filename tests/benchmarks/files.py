"""How fast articles come in, are listed and searched, and tables go out: python tests/benchmarks/files.py

Prints medians in one run, beside Python's csv module reading and writing the same rows.
"""

import csv
import io
import os
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from time import perf_counter

from measuring import CODER, Table, made_up_project, made_up_text, seconds

from app import __version__
from app.domain.articles import Article, text_hash
from app.domain.catalogue import ArticleFilter, Column, Sorting
from app.domain.ids import ArticleId, new_id
from app.domain.progress import unheard
from app.domain.times import now
from app.exchange.formats import ExportOptions
from app.project.catalogue import ArticleTable, TextSearch
from app.project.commands import ReplaceCodebook
from app.project.demo import default_codebook
from app.project.exporting import export
from app.project.importing import stage
from app.project.project import Project
from app.project.restoring import restore_project
from app.storage.project_file import ProjectFile
from app.system.paths import Places

ROUNDS = 3
PEAK = """
import sys
from app.__main__ import main
main(sys.argv[1:])
print([line.split(":")[1].strip() for line in open("/proc/self/status") if line.startswith("VmHWM")][0])
"""
ARTICLES, ANNOTATIONS, LISTED = 10_000, 100_000, 100_000


def importing(folder: Path, places: Places) -> None:
    """Time 10,000 articles from one CSV: read, recognised, entered in one step, undone."""
    source = folder / "articles.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "headline", "date", "outlet", "text"])
        for number in range(ARTICLES):
            writer.writerow([number, f"Article {number}", "2026-01-01", "Bench", made_up_text(3_000, number)])
    plain, staging, entering, undoing = [], [], [], []
    for number in range(ROUNDS):
        plain.append(seconds(lambda: list(csv.reader(io.StringIO(source.read_text(encoding="utf-8"))))))
        with Project.create(folder / f"import{number}.rubric", places) as project:
            project.apply(ReplaceCodebook(codebook=default_codebook()))
            staged = []
            staging.append(seconds(lambda staged=staged: staged.append(stage([source], {}))))
            command = staged[0].command
            entering.append(seconds(lambda project=project, command=command: project.apply(command)))
            undoing.append(seconds(project.undo))
    table = Table(f"Import {ARTICLES:,} articles of 3 k characters from one CSV")
    table.row("csv module reading the file", plain)
    table.row("read and look for doubles", staging, plain)
    table.row("enter in one step", entering, plain)
    table.row("undo", undoing)
    rate = ARTICLES / (min(staging) + min(entering))
    table.note("articles a second", f"{rate:,.0f} (goal 5,000)")


def exporting(folder: Path) -> None:
    """Time 10,000 articles with 100,000 annotations to CSV and JSON Lines, and back."""
    path = folder / "study.rubric"
    made_up_project(path, __version__, [(3_000, ANNOTATIONS // ARTICLES)] * ARTICLES)
    ours, plain, lines, back = [], [], [], []
    for number in range(ROUNDS):
        out = folder / "out"
        ours.append(seconds(lambda: export(path, "csv", out, ExportOptions())))
        tables = {}
        for each in out.glob("*.csv"):
            with each.open(encoding="utf-8", newline="") as file:
                tables[each.name] = list(csv.reader(file))

        def write(tables: dict = tables) -> None:
            for name, rows in tables.items():
                with (folder / name).open("w", encoding="utf-8", newline="") as file:
                    csv.writer(file).writerows(rows)

        plain.append(seconds(write))
        lines.append(seconds(lambda: export(path, "jsonl", folder / "all.jsonl", ExportOptions())))
        target = folder / f"back{number}.rubric"
        back.append(seconds(lambda target=target: restore_project(folder / "all.jsonl", target)))
    table = Table(f"Export {ARTICLES:,} articles with {ANNOTATIONS:,} annotations")
    table.row("csv module writing the same rows", plain)
    table.row("csv", ours, plain, "2 x")
    table.row("jsonl", lines, plain)
    table.row("jsonl to a new project", back)
    words = ["export", str(path), "--format", "csv", "--out", str(folder / "out")]
    alone = subprocess.run([sys.executable, "-c", PEAK, *words], check=True, capture_output=True, text=True)
    table.note("peak memory of an export by itself", alone.stdout.splitlines()[-1])


def listing(folder: Path) -> None:
    """Time the table of 100,000 articles: the first rows, all, a key of the filter, another order."""
    path = folder / "many.rubric"
    many_articles(path, LISTED)
    first, whole, matching, keys, ordered = [], [], [], [], []
    with Project.open(path, Places.of_this_user(), read_only=True) as project:
        for _number in range(ROUNDS):
            first.append(seconds(lambda: project.collection.rows(project.collection.first(100))))
            with closing(ArticleTable(path)) as table:

                def ask(text: str, column: str = Column.NUMBER, table: ArticleTable = table) -> object:
                    return table.listing(ArticleFilter(text=text), (), Sorting(column), CODER.id, unheard)

                whole.append(seconds(lambda ask=ask: ask("")))
                matching.append(seconds(lambda ask=ask: ask("a")))
                keys += [
                    seconds(lambda ask=ask, typed=typed: ask(typed)) for typed in ("ou", "outlet 7", "art 12")
                ]
                ordered.append(seconds(lambda ask=ask: ask("", Column.TITLE)))
    table = Table(f"List {LISTED:,} articles")
    table.row("first rows", first, goal="100 ms")
    table.row("read all, in a thread", whole)
    table.row("one letter that all have", matching, goal="50 ms")
    table.row("a key of the filter", keys, goal="50 ms")
    table.row("in the order of titles", ordered)


def searching(folder: Path) -> None:
    """Time the search by words in 10,000 articles of 3 k characters: filling the index, first hits, all hits."""
    path = folder / "study.rubric"
    filling, first, every = [], [], []
    for _number in range(ROUNDS):
        with closing(TextSearch(path)) as texts:
            filling.append(seconds(lambda texts=texts: texts.look("nowhere", None, print, unheard)))
            for typed in ("minister", "aid convoys", '"way home"', "harb* -water"):
                began, moments = perf_counter(), []
                texts.look(typed, None, lambda _hit, moments=moments: moments.append(perf_counter()), unheard)
                first += [moment - began for moment in moments[:1]]
                every.append(perf_counter() - began)
    table = Table(f"Find words in {ARTICLES:,} articles of 3 k characters")
    table.row("fill the index, in a thread", filling)
    table.row("first hit", first, goal="50 ms")
    table.row("up to 1,000 hits", every)


def many_articles(path: Path, count: int) -> None:
    """Make a project of short articles with metadata."""
    with ProjectFile.filling(path, program=__version__, name="Many") as file:
        for at in range(count):
            text = f"Text {at}"
            sha256 = text_hash(text)
            about = {
                "title": f"Article {at * 7919 % count} on the harvest",
                "source": f"Outlet {at % 20}",
                "date": f"{2000 + at % 25}-{1 + at % 12:02}-{1 + at % 28:02}",
                "metadata": {"page": str(at % 40), "desk": "world"},
            }
            file.articles.add_text(sha256, text)
            article = Article(
                id=ArticleId(new_id()),
                position=at,
                length=len(text),
                sha256=sha256,
                imported_at=now(),
                **about,
            )
            file.articles.add([article])


def main() -> None:
    """Run everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["RUBRICATOR_HOME"] = str(folder / "home")
        importing(folder, Places.of_this_user())
        exporting(folder)
        searching(folder)
        listing(folder)


if __name__ == "__main__":
    main()
