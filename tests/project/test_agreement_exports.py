"""The export of agreement: the folder, and the way back from its spans to every figure."""

import csv
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.comparing import LeftOut, Unit
from app.domain.errors import UserError
from app.exchange.agreement_layouts import LAYOUTS, AgreementOptions
from app.exchange.agreement_manifest import read_manifest
from app.exchange.agreement_reading import corpus_from_spans
from app.project.agreement import agreement_of_corpus
from app.project.agreement_check import check_agreement
from app.project.agreement_exports import export_agreement
from app.project.agreement_files import read_spans
from app.project.agreement_measures import Wishes
from tests.corpora import TEXTS, corpora, small_corpus

QUICK = Wishes(rounds=0, gamma=False)


def exported(corpus, texts, target, wishes=QUICK, **options):
    found = agreement_of_corpus(corpus, wishes)
    export_agreement(corpus, found, texts.__getitem__, target, AgreementOptions(**options))
    return found


@given(
    made=corpora(),
    separator=st.sampled_from((",", ";", "\t")),
    mark=st.booleans(),
    guard=st.booleans(),
)
@settings(max_examples=25, deadline=None)
def test_what_was_compared_comes_back_from_the_spans(made, separator, mark, guard):
    corpus, texts = made
    with TemporaryDirectory() as folder:
        target = Path(folder) / "out"
        exported(
            corpus, texts, target, layouts={"spans"}, separator=separator, byte_order_mark=mark, guard=guard
        )
        back = corpus_from_spans(target / "spans.csv", read_manifest(target))
    assert back == corpus


@given(made=corpora(), guard=st.booleans(), anonymous=st.booleans())
@settings(max_examples=10, deadline=None)
def test_every_figure_can_be_worked_out_of_the_spans_again(made, guard, anonymous):
    corpus, texts = made
    with TemporaryDirectory() as folder:
        target = Path(folder) / "out"
        wishes = Wishes(rounds=10, seed=4, gamma=False, pairs=True)
        found = exported(
            corpus, texts, target, wishes, layouts={"spans", "results"}, guard=guard, anonymous=anonymous
        )
        checked = check_agreement(target)
    assert [each.in_words() for each in checked if not each.same] == []
    assert [each.measure for each in checked] == [each.measure for each in found.results]


@given(made=corpora(Unit.CHARACTERS))
@settings(max_examples=15, deadline=None)
def test_the_command_for_tables_reads_the_same_spans(made):
    corpus, texts = made
    with TemporaryDirectory() as folder:
        exported(corpus, texts, Path(folder) / "out", layouts={"spans"})
        read = read_spans(Path(folder) / "out" / "spans.csv")
    assert read.problems == ()
    assert {doc: each.length for doc, each in read.articles.items()} == {
        each.id: each.length for each in corpus.articles
    }
    for article in corpus.articles:
        marked = [sorted(unit[:2] for unit in units) for units in read.articles[article.id].coders.values()]
        assert marked == [
            sorted(place for span in coding.spans for place in span.places)
            for coding in article.codings.values()
        ]


def test_a_changed_figure_and_a_missing_row_are_told(tmp_path):
    corpus, texts = small_corpus()
    exported(corpus, texts, tmp_path / "out")
    path = tmp_path / "out" / "results.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    changed = next(row for row in rows if row[header.index("value")] not in ("NA", "0.5"))
    changed[header.index("value")] = "0.5"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows[:-1]])
    found = [each for each in check_agreement(tmp_path / "out") if not each.same]
    assert [set(each.differs) for each in found] == [{"value"}, {"value"}]
    assert found[0].differs["value"][0] == "0.5"
    assert found[-1].differs["value"][0] == "no such row"


def test_a_changed_span_changes_figures(tmp_path):
    corpus, texts = small_corpus()
    exported(corpus, texts, tmp_path / "out")
    path = tmp_path / "out" / "spans.csv"
    header, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines(keepends=True))
    start = header.index("start")
    kept = [
        row
        for at, row in enumerate(rows)
        if not (row[start] and at == [bool(r[start]) for r in rows].index(True))
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *kept])
    assert not all(each.same for each in check_agreement(tmp_path / "out"))


def test_the_folder_is_whole_says_what_it_holds_and_is_replaced_in_place(tmp_path):
    corpus, texts = small_corpus(Unit.WORDS)
    target = tmp_path / "out"
    exported(corpus, texts, target)
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    there = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    assert there == {*manifest["files"], "manifest.json"}
    assert set(manifest["layouts"]) == {each.name for each in LAYOUTS}
    assert manifest["unit"] == "words"
    for name in there:
        raw = (target / name).read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf")
        raw.decode("utf-8")
    exported(corpus, texts, target, layouts={"tidy"})
    assert {path.name for path in target.iterdir()} == {
        "articles.csv",
        "codebook.csv",
        "manifest.json",
        "tidy",
    }
    with pytest.raises(UserError, match=r"holds no spans\.csv"):
        check_agreement(target)


def test_a_folder_with_something_else_is_refused_and_nothing_changes(tmp_path):
    corpus, texts = small_corpus()
    target = tmp_path / "out"
    exported(corpus, texts, target, layouts={"results"})
    (target / "notes.txt").write_text("mine")
    before = {path: path.stat().st_mtime_ns for path in target.rglob("*")}
    with pytest.raises(UserError, match=r"notes\.txt"):
        exported(corpus, texts, target)
    assert {path: path.stat().st_mtime_ns for path in target.rglob("*")} == before


def test_a_text_that_is_gone_leaves_nothing_behind(tmp_path):
    corpus, _texts = small_corpus()

    def gone(_article_id):
        raise UserError("An article is gone.")

    found = agreement_of_corpus(corpus, QUICK)
    with pytest.raises(UserError, match="gone"):
        export_agreement(corpus, found, gone, tmp_path / "out", AgreementOptions())
    assert list(tmp_path.iterdir()) == []


def test_letters_stand_for_coders_everywhere(tmp_path):
    corpus, texts = small_corpus()
    coders = dict(zip(corpus.coders, ("Zora Secret", "Adam Secret"), strict=False))
    corpus = corpus._replace(
        coders={coder: coders.get(coder, f"{coder} Secret") for coder in corpus.coders},
        left_out=(LeftOut("Only Zora Secret has done it.", corpus.articles[0].id, next(iter(coders)), "x"),),
    )
    exported(corpus, texts, tmp_path / "out", Wishes(rounds=50, gamma=True, pairs=True), anonymous=True)
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file():
            said = path.read_text(encoding="utf-8")
            assert "Secret" not in said
            assert "coder-id" not in said
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert [each["name"] for each in manifest["coders"]][:2] == ["A", "B"]
    assert all(each.same for each in check_agreement(tmp_path / "out"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda found: found.update(kind="csv"), "not an export of agreement"),
        (lambda found: found.pop("variables"), "damaged"),
        (lambda found: found["settings"].update(bootstrap=10**9), "rounds"),
        (lambda found: found["settings"].update(seed="x"), "settings"),
        (lambda found: found.update(coders=[]), "spans.csv, line 2"),
        (lambda found: found.update(separator="ab"), "damaged"),
    ],
)
def test_a_manifest_that_was_tampered_with_is_said_in_one_sentence(tmp_path, change, said):
    corpus, texts = small_corpus()
    exported(corpus, texts, tmp_path / "out", layouts={"spans", "results"})
    path = tmp_path / "out" / "manifest.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    change(found)
    path.write_text(json.dumps(found), encoding="utf-8")
    with pytest.raises(UserError, match=said):
        check_agreement(tmp_path / "out")


def test_texts_of_the_tests_have_what_makes_offsets_differ():
    assert any(len(text.encode("utf-16-le")) // 2 != len(text) for text in TEXTS)
