"""The table of all articles and the search by words, held against looking through everything by hand."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.articles import Draft
from app.domain.catalogue import ArticleFilter, Column, Sorting, extra_column
from app.domain.errors import UserError
from app.domain.ids import CoderId, SampleId, new_id
from app.domain.progress import Cancelled, unheard
from app.domain.reviews import ReviewState
from app.domain.searching import Query, Searcher
from app.project.catalogue import ArticleTable, TextSearch, csv_lines, with_sub_codes
from app.project.commands import ImportArticles, MarkDone, ReplaceCodebook
from app.project.commands_articles import DrawSample, EditArticles, RemoveArticles
from app.project.project import Project
from tests.builders import ACTOR, ANA, BEN, CONCERN, LABOUR, add, codebook

TEXTS = (
    "The minister opened the gate. The café was full, the aid convoy late.",
    "정부는 학교를 열겠다고 말했다.",
    "政府宣布将重新开放学校。",
    "ไก่งวงเดินข้ามถนน",
    "カーテンを閉めた政府",
    "Aid groups wait; no convoy came. \x02odd\x1f marks\x03 here",
    "हिन्दी भाषा में लिखा",
    "قال الوزير إن المساعدات ستصل",
)
ABOUT = (
    {"title": "Gate", "source": "Courier", "date": "2026-05-02", "metadata": {"page": "10"}},
    {"title": "학교", "source": "Ilbo", "date": "2026", "metadata": {"page": "2"}},
    {"title": "Élysée", "source": "Courier", "date": "2025-12-31"},
    {"title": "eel", "source": "", "date": "soon", "metadata": {"page": "2", "desk": "world"}},
    {"title": "Zebra 10", "source": "Mail", "date": "2026-05"},
    {"title": "Zebra 9", "source": "Mail", "date": ""},
    {"title": "Bhasha", "source": "Mail", "date": "2024-01-01", "author": "Mira"},
    {"title": "Wazir", "source": "courier", "date": "2026-05-31"},
)


@pytest.fixture
def project(tmp_path, places):
    drafts = tuple(Draft(text=text, **about) for text, about in zip(TEXTS, ABOUT, strict=True))
    with Project.create(tmp_path / "many.rubric", places) as made:
        made.apply(ReplaceCodebook(codebook=codebook()))
        made.apply(ImportArticles(drafts=drafts))
        made.sign_in(ANA)
        yield made


@pytest.fixture
def table(project):
    made = ArticleTable(project.path)
    yield made
    made.close()


@pytest.fixture
def texts(project):
    made = TextSearch(project.path)
    yield made
    made.close()


def shown(project, table, sorting=Sorting(), coder=None, **asked):  # noqa: B008 - a frozen value
    wanted = ArticleFilter(**asked)
    codes = with_sub_codes(project.codebook(), wanted.code_id)
    found = table.listing(wanted, codes, sorting, (coder or project.coder).id, unheard)
    titles = {each.id: each.title for each in project.articles()}
    return [titles[each] for each in found.ids]


def look(texts, typed, only=None):
    found = []
    texts.look(typed, only, found.append, unheard)
    return [(hit.title, hit.context.quote) for hit in found]


def test_words_stand_anywhere_in_title_or_metadata_without_case_and_accents(project, table):
    assert shown(project, table, text="ELYSEE") == ["Élysée"]
    assert shown(project, table, text="courier gate") == ["Gate"]
    assert shown(project, table, text="world") == ["eel"]
    assert shown(project, table, text="100%_'\"") == []
    assert shown(project, table, text=" ") == [about["title"] for about in ABOUT]


def test_outlet_date_and_field(project, table):
    assert shown(project, table, source="Courier") == ["Gate", "Élysée"]
    assert shown(project, table, source="") == ["eel"]
    assert shown(project, table, date_from="2026") == ["Gate", "학교", "Zebra 10", "Wazir"]
    assert shown(project, table, date_to="2025") == ["Élysée", "Bhasha"]
    assert shown(project, table, date_from="2026-05-02", date_to="2026-05") == ["Gate", "Wazir"]
    assert shown(project, table, key="page", value="2") == ["학교", "eel"]
    assert shown(project, table, key="desk") == [each["title"] for each in ABOUT if each["title"] != "eel"]


def test_state_coder_and_code_with_its_sub_codes(project, table):
    add(project, ACTOR, "minister")
    add(project, LABOUR, "convoy", article=5)
    project.apply(MarkDone(article_id=project.articles()[0].id, reason="late"))
    project.sign_in(BEN)
    add(project, ACTOR, "groups", article=5)
    project.apply(MarkDone(article_id=project.articles()[4].id, reason="late"))
    everybody, done = [each["title"] for each in ABOUT], ReviewState.DONE
    assert shown(project, table, state=done) == ["Gate", "Zebra 10"]
    assert shown(project, table, state=done, coder_id=BEN.id) == ["Zebra 10"]
    assert shown(project, table, state=ReviewState.IN_PROGRESS) == ["Zebra 9"]
    untouched = [each for each in everybody if each not in ("Gate", "Zebra 9", "Zebra 10")]
    assert shown(project, table, state=ReviewState.NOT_OPENED) == untouched
    assert shown(project, table, coder_id=ANA.id) == ["Gate", "Zebra 9"]
    assert shown(project, table, code_id=CONCERN) == ["Zebra 9"]
    assert shown(project, table, code_id=ACTOR, coder_id=BEN.id) == ["Zebra 9"]
    assert shown(project, table, code_id=ACTOR, with_code=False) == [
        each for each in everybody if each not in ("Gate", "Zebra 9")
    ]
    assert shown(project, table, code_id=ACTOR, source="Mail", text="zebra") == ["Zebra 9"]
    parts = project.collection.parts(ArticleFilter(code_id=ACTOR, coder_id=BEN.id, text=" x ", source=""))
    assert [part.words for part in parts] == ["“x”", "Outlet: (none)", "With code: Actor (Ben)", "Coder: Ben"]
    assert parts[2].without == ArticleFilter(coder_id=BEN.id, text=" x ", source="")
    by_work = shown(project, table, Sorting(Column.ANNOTATIONS, downwards=True))
    assert by_work[:2] == ["Zebra 9", "Gate"]
    by_state = shown(project, table, Sorting(Column.STATE, downwards=True), coder=ANA)
    assert by_state[:2] == ["Gate", "Zebra 9"]


def test_columns_are_put_in_order_as_people_do(project, table):
    assert shown(project, table, Sorting(Column.TITLE)) == [
        *("Bhasha", "eel", "Élysée", "Gate", "Wazir", "Zebra 9", "Zebra 10", "학교"),
    ]
    assert shown(project, table, Sorting(Column.DATE)) == [
        *("Bhasha", "Élysée", "학교", "Zebra 10", "Gate", "Wazir", "eel", "Zebra 9"),
    ]
    assert shown(project, table, Sorting(Column.DATE, downwards=True))[-2:] == ["eel", "Zebra 9"]
    assert shown(project, table, Sorting(extra_column("page"), downwards=True))[:3] == ["Gate", "학교", "eel"]
    assert shown(project, table, Sorting(Column.SOURCE))[:3] == ["Gate", "Élysée", "Wazir"]


def test_what_changes_is_seen_the_next_time(project, table):
    assert len(shown(project, table)) == 8
    first = project.articles()[0].id
    table.note(project.apply(EditArticles(ids=(first,), title="Door", metadata={"page": None})).articles)
    table.note(project.apply(RemoveArticles(ids=(project.articles()[1].id,))).articles)
    table.note(project.apply(ImportArticles(drafts=(Draft(text="New.", title="Newest"),))).articles)
    assert shown(project, table, text="door") == ["Door"]
    assert shown(project, table)[-1] == "Newest"
    assert shown(project, table, key="page", value="10") == []
    listing = table.listing(ArticleFilter(), (), Sorting(), CoderId(""), unheard)
    assert [listing.places[each] for each in listing.ids] == list(range(1, 9))
    assert listing.extras == {"desk": ("world",), "page": ("2",)}
    assert listing.sources == ("Courier", "courier", "Mail")


def test_a_sample_narrows_the_table(project, table):
    made = SampleId(new_id())
    project.apply(DrawSample(id=made, name="Three", size=3, seed=5))
    (sample,) = project.collection.samples()
    assert len(shown(project, table, sample_id=made)) == 3
    project.apply(RemoveArticles(ids=sample.articles[:1]))
    table.note(sample.articles[:1])
    assert len(shown(project, table, sample_id=made)) == 2


def test_reading_can_be_stopped_and_goes_on_the_next_time(project, table, texts):
    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        texts.look("gate", None, lambda _hit: None, stop)
    assert look(texts, "gate") == [("Gate", "gate")]
    assert len(shown(project, table)) == 8


def test_reading_goes_on_where_it_was_stopped_and_sees_what_changed_meanwhile(project, table, monkeypatch):
    monkeypatch.setattr("app.storage.catalogue._AT_A_TIME", 3)
    heard = []

    def stop_at_the_third_look(_done, _total):
        heard.append(1)
        if len(heard) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        table.listing(ArticleFilter(), (), Sorting(), ANA.id, stop_at_the_third_look)
    for number in (0, 7):
        article = project.articles()[number].id
        table.note(project.apply(EditArticles(ids=(article,), title=f"New {number}")).articles)
    table.note(project.apply(RemoveArticles(ids=(project.articles()[1].id,))).articles)
    assert shown(project, table) == [each.title for each in project.articles()]
    assert shown(project, table, text="new") == ["New 0", "New 7"]
    monkeypatch.setattr("app.storage.catalogue._MANY", 2)
    some = tuple(each.id for each in project.articles()[2:6])
    table.note(project.apply(EditArticles(ids=some, source="Herald")).articles)
    assert len(shown(project, table, source="Herald")) == 4
    assert len(shown(project, table)) == 7


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("CAFE", [("Gate", "café")]),
        ("convoy aid", [("Zebra 9", "Aid"), ("Zebra 9", "convoy"), ("Gate", "aid"), ("Gate", "convoy")]),
        ('"aid convoy"', [("Gate", "aid convoy")]),
        ("convoy -minister", [("Zebra 9", "convoy")]),
        ("minis*", [("Gate", "minister")]),
        ("minis", []),
        ("정부", [("학교", "정부")]),
        ("학교", [("학교", "학교")]),
        ("学校", [("Élysée", "学校")]),
        ("政府", [("Élysée", "政府"), ("Zebra 10", "政府")]),
        ("校学", []),
        ("ไก่", [("eel", "ไก่")]),
        ("カーテン", [("Zebra 10", "カーテン")]),
        ("भाषा", [("Bhasha", "भाषा")]),
        ("भाष", []),
        ("الوزير", [("Wazir", "الوزير")]),
        ("marks here", [("Zebra 9", "marks"), ("Zebra 9", "here")]),
    ],
)
def test_words_of_every_script_are_found_where_they_stand(texts, typed, found):
    assert sorted(look(texts, typed)) == sorted(found)


def test_hits_are_ranges_of_the_text(project, texts):
    found = []
    texts.look("convoy OR 政府 café", None, found.append, unheard)
    texts.look("convoy", None, found.append, unheard)
    assert found
    for hit in found:
        text = project.text(project.article(hit.article_id))
        assert text[hit.start : hit.end].casefold() == hit.context.quote.casefold()


@pytest.mark.parametrize(
    ("typed", "quotes"),
    [
        ("GRÖSSERE", ["Größere", "grössere"]),
        ("GROSSERE", ["Größere", "grössere"]),
        ("größere", ["Größere", "grössere"]),
        ("STRASSEN", ["Straßen", "STRASSEN"]),
        ("strass*", ["Straßen", "STRASSEN"]),
        ('"SSEREN größere"', []),
        ("ﬁnale", ["ﬁnale", "FINALE"]),
        ("ΟΔΟΣ", ["οδος", "οδοσ"]),
        ("İzmir", ["İzmir"]),
    ],
)
def test_letters_that_fold_to_two_are_found_as_finding_in_a_text_finds_them(project, texts, typed, quotes):
    text = "Größere Straßen, grössere STRASSEN; das ﬁnale FINALE. οδος οδοσ in İzmir."
    project.apply(ImportArticles(drafts=(Draft(text=text, title="Fold"),)))
    texts.note()
    found = []
    texts.look(typed, None, found.append, unheard)
    assert [text[hit.start : hit.end] for hit in found] == quotes
    assert [hit.context.quote for hit in found] == quotes
    if typed != "GROSSERE" and "*" not in typed:
        # Words are found without their accents, which a text is not.
        ranges = Searcher(Query(words=typed.strip('"'), whole_words=True)).find(text)
        assert [text[start:end] for start, end in ranges] == quotes


def test_the_best_come_first_and_only_where_one_looks(project, texts):
    project.apply(
        ImportArticles(
            drafts=(Draft(text="harbour " * 30, title="All"), Draft(text="A harbour.", title="One"))
        )
    )
    texts.note()
    assert [title for title, _quote in look(texts, "harbour")] == ["All"] * 5 + ["One"]
    assert {title for title, _quote in look(texts, "harbour", frozenset({project.articles()[-1].id}))} == {
        "One"
    }


def test_articles_that_came_are_found_and_those_that_went_are_not(project, texts):
    assert look(texts, "harbour") == []
    project.apply(ImportArticles(drafts=(Draft(text="The harbour is shut.", title="Harbour"),)))
    texts.note()
    assert look(texts, "harbour") == [("Harbour", "harbour")]
    project.apply(RemoveArticles(ids=(project.articles()[-1].id,)))
    texts.note()
    assert look(texts, "harbour") == []
    project.undo()
    texts.note()
    assert look(texts, "harbour") == [("Harbour", "harbour")]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.text(alphabet="aid \"-*^:(){}+~NOTERA学정é\0'\x1f\\;", max_size=20))
def test_nothing_that_is_typed_is_an_error_of_the_grammar(texts, typed):
    try:
        look(texts, typed)
    except UserError as error:
        assert str(error).startswith(("Type a word", "Add a word"))


def test_where_sqlite_cannot_search_a_sentence_says_so(project, monkeypatch):
    monkeypatch.setattr("app.storage.full_text._TOKENS", "tokenize='there is none'")
    with pytest.raises(UserError, match="lacks FTS5"):
        look(TextSearch(project.path), "aid")


def test_the_project_file_stays_as_it_was(project, texts, table):
    before = project.path.read_bytes()
    look(texts, "aid")
    shown(project, table)
    assert project.path.read_bytes() == before
    assert [path.name for path in project.path.parent.glob("many*")] == ["many.rubric"]


def test_a_step_can_be_written_while_somebody_searches(project, texts):
    hits = []

    def found(hit):
        hits.append(hit)
        project.apply(EditArticles(ids=(project.articles()[0].id,), author=f"A{len(hits)}"))

    texts.look("aid", None, found, unheard)
    assert len(hits) == 2


def test_a_table_goes_out_as_csv(project):
    project.apply(EditArticles(ids=(project.articles()[0].id,), title='=1+1, "x"', metadata={"note": "a\rb"}))
    columns = (Column.NUMBER, Column.TITLE, Column.DATE, extra_column("note"))
    rows = project.collection.rows([each.id for each in project.articles()[:2]])
    for guard in (False, True):
        text = "".join(csv_lines(columns, ((row, at) for at, row in enumerate(rows, start=1)), guard=guard))
        read = list(csv.reader(io.StringIO(text, newline="")))
        assert read[0] == ["article_id", "number", "title", "date", "note"]
        title = '=1+1, "x"'
        assert read[1][1:] == ["1", f"'{title}" if guard else title, "2026-05-02", "a\rb"]
        assert "\r\n" not in text
