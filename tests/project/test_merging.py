"""Merging returned files: the laws, and what a person meets."""

import shutil
import tempfile
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.answers import AnnotationTarget
from app.domain.articles import Draft
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, new_id
from app.domain.spans import Span
from app.project.commands import (
    AddAnnotation,
    ChangeSpans,
    ImportArticles,
    MarkDone,
    MergeFiles,
    RemoveAnnotations,
    SaveCoder,
    SetAnswer,
    SetMemo,
    SetNotes,
    SetVariable,
)
from app.project.merge_report import write_merge_report
from app.project.packets import make_packet, make_packets
from app.project.project import Project
from app.storage.records import KINDS
from app.system.paths import Places
from tests.builders import ACTOR, ANA, BEN, CLAIM, CLAIMANT, RELEVANT, STANCE, add, fill

EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            ["add", "add", "remove", "memo", "spans", "answer", "link", "done", "notes", "variable"]
        )
        | st.sampled_from(["undo", "redo"]),
        st.integers(0, 10_000),
    ),
    max_size=7,
)
TABLES = ("annotation", "fragment", "answer", "link", "review", "variable", "entity", "coder", "visit")


def edit(project, edits):
    """Let the coder at work do random things; what is refused changes nothing."""
    for what, pick in edits:
        try:
            _edit(project, what, pick)
        except UserError:
            continue


def _edit(project, what, pick):
    if what in ("undo", "redo"):
        getattr(project, what)()
        return
    articles = project.articles()
    article = articles[pick % len(articles)]
    own = [each for each in project.annotations(article.id) if each.coder_id == project.coder.id]
    one = own[pick // 7 % len(own)] if own else None
    span = Span(start=pick % 40, end=pick % 40 + 1 + pick % 9)
    if what == "add":
        code = (ACTOR, CLAIM)[pick % 2]
        project.apply(
            AddAnnotation(id=AnnotationId(new_id()), article_id=article.id, code_id=code, spans=(span,))
        )
    elif what == "done":
        project.apply(MarkDone(article_id=article.id, done=bool(pick % 3), reason="because"))
    elif what == "notes":
        project.apply(SetNotes(article_id=article.id, notes=("", "a", "b")[pick % 3]))
    elif what == "variable":
        value = (None, True, False)[pick % 3]
        project.apply(SetVariable(article_id=article.id, attribute_id=RELEVANT, value=value))
    elif one is None:
        return
    elif what == "remove":
        project.apply(RemoveAnnotations(ids=(one.id,)))
    elif what == "memo":
        project.apply(SetMemo(id=one.id, memo=f"m{pick}"))
    elif what == "spans":
        project.apply(ChangeSpans(id=one.id, spans=(span,)))
    elif what == "answer":
        project.apply(SetAnswer(id=one.id, attribute_id=STANCE, answer="for"))
    else:
        actors = [each.id for each in own if each.code_id == ACTOR]
        targets = (AnnotationTarget(annotation=actors[pick % len(actors)]),) if actors else None
        project.apply(SetAnswer(id=one.id, attribute_id=CLAIMANT, answer=targets))


class Bench:
    """A folder of files of one study."""

    def __init__(self, folder):
        self.folder = folder
        self.places = Places(folder / "s", folder / "d", folder / "l")
        self.lead = folder / "lead.rubric"
        self.made = 0
        with Project.create(self.lead, self.places) as project:
            fill(project)

    def copy(self, source):
        self.made += 1
        return Path(shutil.copy(source, self.folder / f"copy-{self.made}.rubric"))

    def work(self, path, coder, edits):
        with Project.open(path, self.places) as project:
            project.sign_in(coder)
            edit(project, edits)
        return path

    def merge(self, path, *files):
        with Project.open(path, self.places) as project:
            return project.apply(MergeFiles(paths=tuple(map(str, files))))

    def merged(self, base, *files):
        target = self.copy(base)
        self.merge(target, *files)
        return target

    def rows(self, path, tables=TABLES):
        with Project.open(path, self.places) as project:
            contents = project.contents()
            return {table: contents[table] for table in tables}

    def known(self, path):
        """Every record with its stamp, deleted ones included: all that a later merge goes by."""
        with Project.open(path, self.places) as project:
            records = project._file.merged.records()
            return {
                key: (state.at, state.step, state.content)
                for kind in KINDS
                for key, state in records.all_of(kind).items()
                if state.content or kind != "coder"
            }


@pytest.fixture
def bench(tmp_path):
    return Bench(tmp_path)


@settings(max_examples=8)
@given(start=EDITS, first=EDITS, second=EDITS, third=EDITS, lead=EDITS, one_coder=st.booleans())
def test_the_order_and_number_of_merges_make_no_difference(start, first, second, third, lead, one_coder):
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name))
        bench.work(bench.lead, ANA, start)
        coders = (ANA, ANA, ANA) if one_coder else (ANA, BEN, ANA)
        files = [
            bench.work(bench.copy(bench.lead), coder, edits)
            for coder, edits in zip(coders, (first, second, third), strict=True)
        ]
        bench.work(bench.lead, ANA, lead)
        whole = bench.merged(bench.lead, *files)
        rows, known = bench.rows(whole), bench.known(whole)
        for order in list(permutations(files))[1::2]:
            again = bench.merged(bench.lead, *order)
            assert bench.rows(again, (*TABLES, "stamp")) == bench.rows(whole, (*TABLES, "stamp"))
            for file in order:
                assert bench.merge(again, file).nothing
        one, two, three = files
        in_turn = bench.merged(bench.merged(bench.merged(bench.lead, three), one), two)
        assert (bench.rows(in_turn), bench.known(in_turn)) == (rows, known)
        inner = bench.merged(one, two, three)
        nested = bench.merged(bench.lead, inner)
        assert (bench.rows(nested), bench.known(nested)) == (rows, known)
        other_way = bench.merged(inner, bench.lead)
        assert (bench.rows(other_way), bench.known(other_way)) == (rows, known)


@settings(max_examples=8)
@given(start=EDITS, first=EDITS, lead=EDITS, later=EDITS)
def test_a_merge_is_one_step_that_is_undone_whole_and_can_be_done_again(start, first, lead, later):
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name))
        bench.work(bench.lead, ANA, start)
        file = bench.work(bench.copy(bench.lead), ANA, first)
        bench.work(bench.lead, ANA, lead)
        with Project.open(bench.lead, bench.places) as project:
            project.sign_in(ANA)
            before = project.contents()
            if project.apply(MergeFiles(paths=(str(file),))).nothing:
                return
            after = project.contents()
            project.undo()
            assert project.contents() == before
            project.redo()
            assert project.contents() == after
            project.undo()
            assert not project.apply(MergeFiles(paths=(str(file),))).nothing
            assert project.contents() == after
        bench.work(file, ANA, later)
        known = bench.known(file)
        bench.merge(bench.lead, file)
        for key, (at, step, _content) in bench.known(bench.lead).items():
            assert (at, step) >= known.get(key, ("", ""))[:2]


@settings(max_examples=8)
@given(start=EDITS, first=EDITS, second=EDITS)
def test_copies_for_coders_come_back_whole(start, first, second):
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name))
        bench.work(bench.lead, ANA, start)
        files = [bench.folder / "a.rubric", bench.folder / "b.rubric"]
        for file, coder, edits in zip(files, (ANA, BEN), (first, second), strict=True):
            make_packet(bench.lead, coder, file)
            assert bench.merge(bench.copy(bench.lead), file).annotations == frozenset()
            bench.work(file, coder, edits)
        bench.merge(bench.lead, *files)
        for file, coder in zip(files, (ANA, BEN), strict=True):
            for table in ("annotation", "review", "variable"):
                own = [row for row in bench.rows(bench.lead)[table] if row["coder_id"] == coder.id]
                assert own == bench.rows(file)[table]


def test_a_copy_for_a_coder_holds_nobody_elses_work(bench, tmp_path):
    with Project.open(bench.lead, bench.places) as project:
        project.sign_in(ANA)
        add(project, ACTOR, "minister", memo="Ana's secret")
        project.sign_in(BEN)
        kept = add(project, ACTOR, "Aid groups")
    make_packet(bench.lead, BEN, target := tmp_path / "ben.rubric")
    assert b"secret" not in target.read_bytes()
    with Project.open(target, bench.places) as copy, Project.open(bench.lead, bench.places) as lead:
        assert (copy.about(), copy.codebook()) == (lead.about(), lead.codebook())
        assert copy.articles() == lead.articles()
        assert [each.id for each in copy.annotations(copy.articles()[0].id)] == [kept]
        assert copy.coders() == [BEN]
        assert copy.history() == []
        assert copy.packet().coder_id == BEN.id
        assert copy.file_id() != lead.file_id()


def test_two_people_with_one_name_stay_two_and_get_two_files(bench, tmp_path):
    twin = ANA.model_copy(update={"id": new_id()})
    paths = make_packets(bench.lead, [ANA, twin], tmp_path / "out")
    assert len(set(paths)) == 2
    for path, coder in zip(paths, (ANA, twin), strict=True):
        with Project.open(path, bench.places) as project:
            project.sign_in(coder)
            add(project, ACTOR, "minister")
    bench.merge(bench.lead, *paths)
    with Project.open(bench.lead, bench.places) as project:
        assert {each.id for each in project.coders()} == {ANA.id, twin.id}
        assert len(project.annotations(project.articles()[0].id)) == 2
    with pytest.raises(UserError, match="exists already"):
        make_packets(bench.lead, [ANA], tmp_path / "out")


def test_what_was_deleted_stays_deleted_and_newer_wins_with_both_shown(bench, tmp_path):
    with Project.open(bench.lead, bench.places) as project:
        project.sign_in(ANA)
        gone, both = add(project, ACTOR, "minister"), add(project, ACTOR, "Aid groups")
    file = bench.copy(bench.lead)
    with Project.open(bench.lead, bench.places) as project:
        project.sign_in(ANA)
        project.apply(RemoveAnnotations(ids=(gone,)))
        project.apply(SetMemo(id=both, memo="older"))
    with Project.open(file, bench.places) as project:
        project.sign_in(ANA)
        project.apply(SetMemo(id=both, memo="newer"))
    with Project.open(bench.lead, bench.places) as project:
        report = project.stage_merge([file])
        (said,) = report.files
        assert (said.new, said.changed, said.deleted, said.older) == (0, 1, 0, 1)
        (conflict,) = said.conflicts
        assert "newer" in conflict.kept
        assert "older" in conflict.replaced
        project.apply(MergeFiles(paths=(str(file),)))
        (left,) = project.annotations(project.articles()[0].id)
        assert (left.id, left.memo) == (both, "newer")
        for name in ("report.txt", "report.csv"):
            write_merge_report(report, tmp_path / name, head="Merge")
            assert "older" in (tmp_path / name).read_text()


def test_what_does_not_fit_the_project_is_told_and_left_out(bench):
    file = bench.copy(bench.lead)
    with Project.open(file, bench.places) as project:
        project.apply(ImportArticles(drafts=(Draft(text="Another text of the coder's own."),)))
        project.sign_in(ANA)
        add(project, ACTOR, "coder", article=3)
        wrong = add(project, ACTOR, "minister")
        fitting = add(project, ACTOR, "Aid groups")
        with project._file.step("damage", ANA.id):
            project._file._db.execute("UPDATE fragment SET quote = 'x' WHERE annotation_id = ?", (wrong,))
    with Project.open(bench.lead, bench.places) as project:
        (said,) = project.stage_merge([file]).files
        assert said.new == 1
        assert any("not in this project" in each for each in said.texts)
        assert sorted(each.rpartition(": ")[2] for each in said.left_out) == [
            "its article is not in this project",
            "its quote is not what the text says there",
        ]
        project.apply(MergeFiles(paths=(str(file),)))
        assert [each.id for each in project.annotations(project.articles()[0].id)] == [fitting]


def test_files_that_cannot_be_merged_are_refused_in_words_and_nothing_is_written(bench, tmp_path):
    other = tmp_path / "other.rubric"
    with Project.create(other, bench.places) as project:
        fill(project)
    text = tmp_path / "text.rubric"
    text.write_text("not a project")
    newer, damaged = bench.copy(bench.lead), bench.copy(bench.lead)
    content = bytearray(newer.read_bytes())
    content[60:64] = (99).to_bytes(4, "big")
    newer.write_bytes(content)
    broken = bytearray(damaged.read_bytes())
    broken[4096 : 4096 * 6] = b"\x55" * (4096 * 5)
    damaged.write_bytes(broken)
    good = bench.copy(bench.lead)
    with Project.open(good, bench.places) as project:
        project.apply(SaveCoder(coder=BEN))
    refused = {
        other: "another study",
        text: "not a Rubricator project",
        newer: "newer Rubricator",
        damaged: "damaged",
        bench.lead: "this project itself",
        tmp_path / "missing.rubric": "There is no file",
    }
    with Project.open(bench.lead, bench.places) as project:
        report = project.stage_merge([*refused, good, good])
        for each, words in zip(report.files, refused.values(), strict=False):
            assert words in each.error
        assert report.files[-2].error == ""
        assert "chosen twice" in report.files[-1].error
        before = project.contents()
        for path in refused:
            with pytest.raises(UserError):
                project.apply(MergeFiles(paths=(str(good), str(path))))
        assert project.contents() == before
        good.chmod(0o444)
        with Project.open(good, bench.places, read_only=True):
            assert not project.apply(MergeFiles(paths=(str(good),))).nothing


def test_done_with_nothing_found_is_what_it_is_after_a_merge(bench):
    home, office = bench.copy(bench.lead), bench.copy(bench.lead)
    with Project.open(home, bench.places) as project:
        project.sign_in(ANA)
        add(project, ACTOR, "the minister")
    with Project.open(office, bench.places) as project:
        project.sign_in(ANA)
        project.apply(MarkDone(article_id=project.articles()[0].id, done=True, reason="because"))
        assert project.review(project.articles()[0].id, ANA.id).nothing_found
    bench.merge(bench.lead, home, office)
    with Project.open(bench.lead, bench.places) as project:
        review = project.review(project.articles()[0].id, ANA.id)
        assert (review.state.value, review.nothing_found) == ("done", False)
