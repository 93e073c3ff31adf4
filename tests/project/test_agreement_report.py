"""The report on agreement: what it says, and that every kind of file says the same."""

from io import BytesIO

import docx
import pytest
from click.testing import CliRunner
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.comparing import Selection
from app.domain.documents import Heading, Items, Paragraph, Table
from app.domain.errors import UserError
from app.exchange.documents import ENDINGS, html, markdown, write_document
from app.project.agreement import agreement_of_corpus
from app.project.agreement_measures import Wishes
from app.project.agreement_report import agreement_report, write_report
from app.project.agreement_words import companion, interval, number
from app.project.commands import MarkDone
from app.project.comparison import compare
from app.project.project import Project
from tests.builders import ACTOR, ANA, BEN, CLAIM, add, fill


@pytest.fixture
def worked_out(tmp_path, places):
    path = tmp_path / "study.rubric"
    with Project.create(path, places, name="Harvest | 2026") as project:
        fill(project)
        for coder, quote in ((ANA, "the minister"), (BEN, "minister")):
            project.sign_in(coder)
            add(project, ACTOR, quote)
            for article in project.articles()[:2]:
                project.apply(MarkDone(article_id=article.id, done=True, reason="for the test"))
    corpus = compare(path, Selection())
    return corpus, agreement_of_corpus(corpus, Wishes(rounds=50, seed=7, gamma=False))


def test_it_says_what_was_compared_how_and_what_came_of_it(worked_out):
    corpus, agreement = worked_out
    said = markdown(agreement_report(corpus, agreement))
    for words in (
        "2 coders",
        "2 articles",
        "50 bootstrap rounds",
        "seed 7",
        "Unicode code points",
        "Rubricator",
    ):
        assert words in said
    value = next(each.value for each in agreement.results if each.measure == "bar_u_alpha")
    assert f"| Actor | \\|uα | {number(value)}" in said
    assert "Harvest \\| 2026" in said
    assert "| Ana | 2 | 1 |" in said
    assert "1 article has been done by nobody" in said
    assert "Krippendorff, K., Mathet, Y." in said
    assert "Mathet, Y., Widlöcher" not in said.split("Krippendorff, K., Mathet, Y.")[0]


def test_what_the_method_names_stands_in_the_table_with_its_interval(worked_out):
    corpus, agreement = worked_out
    (results, _coders) = (block for block in agreement_report(corpus, agreement) if isinstance(block, Table))
    rows = [row for row in results.rows if row[0] in ("Actor", "")]
    assert [row[1] for row in rows][:2] == ["|uα", "F1 overlap"]
    overlap = next(each for each in agreement.results if each.measure == "f1_overlap" and each.units)
    assert rows[1][2:4] == (number(overlap.value), interval(overlap))
    assert interval(overlap)


def test_what_nobody_used_is_named_once_and_not_in_the_table(worked_out):
    said = markdown(agreement_report(*worked_out))
    assert said.count("Claim: stance") == 1
    assert "Nothing of these was there to compare:" in said
    assert "AC1" not in said


@pytest.mark.parametrize("ending", ENDINGS)
def test_it_is_written_whole_over_an_older_one(worked_out, tmp_path, ending):
    target = tmp_path / f"report{ending}"
    target.write_text("older")
    write_report(*worked_out, target)
    assert target.stat().st_size > 1000
    assert [each.name for each in tmp_path.glob(".*")] == []


def test_an_ending_that_is_none_of_ours_is_refused(worked_out, tmp_path):
    with pytest.raises(UserError, match=r"ends in \.md, \.html or \.docx, not in “\.pdf”"):
        write_report(*worked_out, tmp_path / "report.pdf")
    with pytest.raises(UserError, match="cannot be written"):
        write_report(*worked_out, tmp_path / "nowhere" / "report.md")


TEXTS = st.text(max_size=30)


@settings(max_examples=40)
@given(
    title=TEXTS,
    rows=st.lists(st.tuples(TEXTS, TEXTS), max_size=4),
    items=st.lists(TEXTS, max_size=3),
)
def test_any_words_come_through_in_every_kind_of_file(title, rows, items):
    document = (
        Heading(1, title),
        Paragraph(title),
        Items(tuple(items)),
        Table(title, ("a", "b"), tuple(rows), frozenset({1})),
    )
    page = ElementTree.fromstring(
        html(document).replace("<!doctype html>", "").replace('<meta charset="utf-8">', "")
    )
    assert len(page.findall(".//tbody/tr")) == len(rows)
    lines = [line for line in markdown(document).splitlines() if line.startswith("| ")]
    assert len(lines) == len(rows) + 2
    word = docx.Document(BytesIO(write_document(document, ".docx")))
    assert len(word.tables[0].rows) == len(rows) + 1


def test_the_command_line_writes_it(worked_out, tmp_path):
    from app.cli.agreement import agreement

    target = tmp_path / "said.html"
    done = CliRunner().invoke(
        agreement, [str(tmp_path / "study.rubric"), "--bootstrap", "20", "--report", str(target)]
    )
    assert done.exit_code == 0, done.output
    assert "<h1>Agreement between coders: Harvest | 2026</h1>" in target.read_text(encoding="utf-8")


def test_where_codes_overlap_alpha_over_characters_stands_beside(tmp_path, places):
    path = tmp_path / "study.rubric"
    with Project.create(path, places) as project:
        fill(project)
        for coder in (ANA, BEN):
            project.sign_in(coder)
            add(project, ACTOR, "the minister")
            add(project, CLAIM, "the minister")
            project.apply(MarkDone(article_id=project.articles()[0].id, done=True, reason="for the test"))
    corpus = compare(path, Selection())
    agreement = agreement_of_corpus(corpus, Wishes(rounds=0, gamma=False))
    results = [each for each in agreement.results if each.key == "codes:all"]
    assert results[0].value is None
    assert companion(results).measure == "alpha_characters"
    said = markdown(agreement_report(corpus, agreement))
    assert "α characters | 1.000" in said
    assert "alpha_characters" not in said.replace("\\_", "_")


def test_a_word_table_has_wide_columns_for_long_cells_and_its_head_on_every_page(worked_out, tmp_path):
    target = tmp_path / "report.docx"
    write_report(*worked_out, target)
    table = docx.Document(str(target)).tables[0]
    assert table.columns[0].width > 2 * table.columns[7].width
    assert sum(column.width for column in table.columns) < docx.shared.Inches(8.5 - 1.7)
    marked = [bool(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows]
    assert marked == [True] + [False] * (len(marked) - 1)
