"""How fast articles come in and tables go out: python tests/benchmarks/files.py

Prints medians in one run, beside Python's csv module reading and writing the same rows.
"""

import csv
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from measuring import Table, made_up_project, made_up_text, seconds

from app import __version__
from app.exchange.formats import ExportOptions
from app.project.commands import ReplaceCodebook
from app.project.demo import default_codebook
from app.project.exporting import export
from app.project.importing import stage
from app.project.project import Project
from app.project.restoring import restore_project
from app.system.paths import Places

ROUNDS = 3
PEAK = """
import sys
from app.__main__ import main
main(sys.argv[1:])
print([line.split(":")[1].strip() for line in open("/proc/self/status") if line.startswith("VmHWM")][0])
"""
ARTICLES, ANNOTATIONS = 10_000, 100_000


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


def main() -> None:
    """Run everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["RUBRICATOR_HOME"] = str(folder / "home")
        importing(folder, Places.of_this_user())
        exporting(folder)


if __name__ == "__main__":
    main()
