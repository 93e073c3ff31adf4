"""Kill the program at random moments while it codes; nothing that was saved may be lost."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from app.project.project import Project
from tests.builders import fill

ROUNDS = int(os.environ.get("RUBRICATOR_KILL_ROUNDS", "12"))

CODER = """
import sys
from pathlib import Path
from app.domain.coders import Coder
from app.domain.ids import AnnotationId, new_id
from app.domain.spans import Span
from app.project.commands import AddAnnotation, RemoveAnnotations
from app.project.project import Project
from app.system.paths import Places

project = Project.open(Path(sys.argv[1]), Places.of_this_user())
project.sign_in(Coder(id="0" * 36, name="Killed"))
article = project.articles()[0]
code = project.codebook().codes[0].id
print("ready", flush=True)
made = []
number = project.step_count()
while True:
    number += 1
    if number % 5 == 0 and made:
        gone = made.pop()
        project.apply(RemoveAnnotations(ids=(gone,)))
        print("-" + gone, flush=True)
    elif number % 7 == 0:
        project.undo(); project.redo()
    else:
        new = AnnotationId(new_id())
        span = Span(start=number % 5000, end=number % 5000 + 1 + number // 5000)
        project.apply(AddAnnotation(id=new, article_id=article.id, code_id=code, spans=(span,)))
        made.append(new)
        print("+" + new, flush=True)
"""


@pytest.mark.parametrize("seed", [1, 2])
def test_killing_the_program_loses_no_saved_annotation(tmp_path, places, seed):
    path = tmp_path / "study.rubric"
    with Project.create(path, places) as project:
        fill(project, "word " * 3000)
    known: set[str] = set()
    chance = random.Random(seed)
    for _round in range(ROUNDS):
        known = code_until_killed(path, known, chance.uniform(0.01, 0.25))
        with Project.open(path, places) as project:
            there = {passage.annotation_id for passage in project.passages(project.articles()[0].id)}
            assert not project.read_only, "the lock of a killed program is free"
        # One step may have been saved without the program living to say so.
        assert len(known ^ there) <= 1
        known = there
        assert [each for each in os.listdir(tmp_path) if each.startswith("study")] == ["study.rubric"]


def code_until_killed(path: Path, known: set[str], seconds: float) -> set[str]:
    """Run a coder, kill it, and return the annotations that should be there by its own account."""
    process = subprocess.Popen(
        [sys.executable, "-c", CODER, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    try:
        process.wait(timeout=seconds)
        raise AssertionError("the coder stopped by itself")
    except subprocess.TimeoutExpired:
        process.kill()
    said, _ = process.communicate()
    now = set(known)
    for line in said.splitlines():
        if len(line) == 37:
            (now.add if line[0] == "+" else now.discard)(line[1:])
    return now
