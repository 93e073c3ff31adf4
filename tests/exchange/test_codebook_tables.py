"""Codebooks as tables: what spreadsheets make of ours, and what people write themselves."""

import csv
import io

import pytest

from app.domain.codebook import AttributeKind, Codebook
from app.domain.errors import UserError
from app.exchange.codebook_csv import CsvCodebook
from app.exchange.codebook_rows import COLUMNS
from tests.builders import ACTOR, CLAIM, CONCERN, FIGURE, LABOUR, RELEVANT, TYPE, codebook

TABLE = CsvCodebook()


def no_press(_shown):
    raise AssertionError("nothing is to be printed here")


def read(text, known=None, encoding="utf-8"):
    return TABLE.read(text.encode(encoding), known or Codebook())


def refusal(text, known=None):
    with pytest.raises(UserError) as caught:
        read(text, known)
    sentence = str(caught.value)
    assert sentence.endswith(".") and "\n" not in sentence
    return sentence


def rows_of(book):
    text = TABLE.write(book, no_press).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def as_table(rows, columns=COLUMNS, **dialect):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore", **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def test_a_table_has_a_row_for_everything_in_words_that_a_person_reads():
    rows = rows_of(codebook())
    assert [row["row"] for row in rows[:3]] == ["codebook", "code", "attribute"]
    labour = next(row for row in rows if row["name"] == "forced labour")
    assert (labour["path"], labour["shortcut"], labour["id"]) == ("Concern > forced labour", "f", LABOUR)
    stance = next(row for row in rows if row["name"] == "stance")
    assert (stance["kind"], stance["choices"], stance["path"]) == ("ordered choice", "against|for", "Claim")
    assert [row["name"] for row in rows if row["row"] == "variable"] == ["relevance", "tone"]


@pytest.mark.parametrize(
    ("dialect", "encoding"),
    [
        ({"delimiter": ";"}, "utf-8-sig"),
        ({"delimiter": ";"}, "cp1252"),
        ({"delimiter": "\t"}, "utf-16"),
        ({"delimiter": "\t", "lineterminator": "\n"}, "utf-16-le"),
        ({"quoting": csv.QUOTE_ALL}, "utf-8"),
    ],
)
def test_what_a_spreadsheet_saves_of_ours_is_the_same_codebook(dialect, encoding):
    text = as_table(rows_of(codebook()), **dialect)
    assert read(text, encoding=encoding).codebook == codebook()
    assert read("sep=;\r\n" + as_table(rows_of(codebook()), delimiter=";")).codebook == codebook()


def test_columns_may_stand_in_any_order_and_under_other_names():
    text = "Color;Code name;ID;Description\r\n#0072b2;Actor;;Who acts\r\n;Claim;;\r\n"
    actor, claim = read(text).codebook.codes
    assert (actor.name, actor.colour, actor.definition, claim.colour) == (
        "Actor",
        "#0072B2",
        "Who acts",
        "#D55E00",
    )


def test_a_list_of_names_is_a_codebook():
    reading = read("tag,description,number of highlights\npeople,Anybody,3\nplaces,,0\n")
    assert [code.name for code in reading.codebook.codes] == ["people", "places"]
    assert "columns left aside: number of highlights" in reading.notes


def test_paths_make_a_tree_in_any_order_and_missing_codes_are_made():
    reading = read("path\nHarm > Work > Wages\nHarm>Health\nActor\nHarm\n")
    assert [(depth, code.name) for depth, code in reading.codebook.walk()] == [
        *[(0, "Harm"), (1, "Work"), (2, "Wages"), (1, "Health"), (0, "Actor")]
    ]
    assert "“Harm > Work” has no row of its own and was made" in reading.notes
    assert len({code.colour for code in reading.codebook.codes}) == 2, "sub-codes take the colour above them"


def test_a_parent_column_does_for_a_path():
    reading = read("name,parent\nWork,Harm\nHarm,\n")
    assert [(depth, code.name) for depth, code in reading.codebook.walk()] == [(0, "Harm"), (1, "Work")]


def test_rows_without_ids_are_those_of_the_project_with_the_same_path():
    rows = [{**row, "id": ""} for row in rows_of(codebook())]
    reading = read(as_table(rows), codebook())
    assert reading.codebook == codebook()
    assert "15 codes and questions without an id in the file were matched" in reading.notes[-1]
    ids = {code.id for code in read(as_table(rows)).codebook.codes}
    assert not ids & {ACTOR, CLAIM, CONCERN, LABOUR}, "without a project every id is new"


def test_an_id_counts_for_more_than_a_path():
    rows = [{"path": "Statement", "id": CLAIM.upper()}, {"path": "Claim", "id": ""}]
    statement, claim = read(as_table(rows, ("path", "id")), codebook()).codebook.codes
    assert statement.id == CLAIM != claim.id


def test_the_name_in_a_row_renames_what_the_path_leads_to():
    rows = [{**row, "name": "Agent"} if row["id"] == ACTOR else row for row in rows_of(codebook())]
    for row in rows:
        row["targets"] = row["targets"].replace("Actor", "Agent")
    reading = read(as_table(rows), codebook())
    assert reading.codebook.code(ACTOR).name == "Agent"
    assert reading.codebook.code(ACTOR).attributes[0].id == TYPE
    assert "row 3: “Actor” has the name “Agent”, which counts" in reading.notes


def test_columns_that_are_missing_leave_the_project_as_it_is():
    book = codebook()
    reading = read(
        as_table(rows_of(book), ("row", "path", "name", "kind", "choices", "targets", "required")), book
    )
    assert reading.codebook == book
    asked = book.codes[0].attributes[0].model_copy(update={"help": "Who?", "default": "NGO"})
    first = book.codes[0].model_copy(update={"attributes": (asked, *book.codes[0].attributes[1:])})
    helped = book.model_copy(update={"codes": (first, *book.codes[1:])})
    assert read(as_table(rows_of(helped), ("row", "path", "name")), helped).codebook == helped
    only_meaning = as_table([{"path": "Actor", "definition": "Who acts"}], ("path", "definition"))
    actor = read(only_meaning, book).codebook.codes[0]
    assert (actor.id, actor.shortcut, actor.definition) == (ACTOR, "a", "Who acts")


def test_a_colour_that_is_not_given_stays_that_of_the_project():
    text = "path,colour\nConcern,\nConcern > forced labour,\nConcern > new,\n"
    concern, labour, new = read(text, codebook()).codebook.codes
    assert (concern.colour, labour.colour, new.colour) == ("#009E73", "#117733", "#009E73")


def test_without_a_column_for_it_the_kind_of_a_row_is_found_out():
    text = "path,name,kind,choices\nActor,,,\nActor,type,choice,state|NGO\n,relevance,yes/no,\n"
    reading = read(text, codebook())
    (kind,), (relevance,) = reading.codebook.codes[0].attributes, reading.codebook.variables
    assert (kind.id, kind.choices, relevance.id) == (TYPE, ("state", "NGO"), RELEVANT)


@pytest.mark.parametrize("cell", ["3,5", "3.5", " 3.50 ", "+3.5", "3,50"])
def test_numbers_may_have_a_decimal_comma(cell):
    text = f"path;name;kind;default\nA;;;\nA;figure;number;{cell}\n"
    assert read(text).codebook.codes[0].attributes[0].default == 3.5


@pytest.mark.parametrize("word", ["yes", "TRUE", "1", "x", "WAHR", "Oui", "verdadero"])
def test_yes_is_yes_in_the_language_of_the_spreadsheet(word):
    text = f"path;name;kind;default;required\nA;;;;\nA;direct;yes/no;{word};{word}\n"
    (direct,) = read(text).codebook.codes[0].attributes
    assert (direct.kind, direct.default, direct.required) == (AttributeKind.YES_NO, True, True)


def test_examples_stand_in_lines_or_between_bars():
    text = 'path,examples\nA,"one\ntwo, too\n"\nB,one | two\nC,"[""a\\nb""]"\nD,either|or\n'
    assert [code.examples for code in read(text).codebook.codes] == [
        *[("one", "two, too"), ("one", "two"), ("a\nb",), ("either|or",)]
    ]


def test_no_cell_is_run_as_a_formula_and_every_one_comes_back():
    book = codebook()
    texts = {"definition": "=HYPERLINK(1)", "when": "-1", "when_not": "'=x", "examples": ("@a", "+b")}
    first = book.codes[0].model_copy(update=texts)
    book = book.model_copy(update={"codes": (first, *book.codes[1:])})
    cells = [cell for row in rows_of(book) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert TABLE.read(TABLE.write(book, no_press), Codebook()).codebook == book


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour,size\n#000000,3\n", "needs a column “path” or “name”"),
        ("path\n", "no row with a code"),
        ("path\nA\nA\n", "row 3: “A” stands in row 2 already."),
        ("path,colour\nA,#000000\nB,blue\n", "row 3: colour: “blue” is not a colour like #0072B2."),
        ("path,colour\nA,\nB,,x\n", "row 3 has 3 cells, but there are 2 columns."),
        ("path,shortcut\nA,abcd\n", "row 2: shortcut: “abcd” is not a shortcut"),
        ("path,id\nA,7\n", "“7” is not an id"),
        ("row,path\nchapter,A\n", "row 2: “chapter” is no kind of row"),
        ("row,path,name\ncode,,\ncode,, \n", "row 2: this code has no name."),
        ("path,name,kind\nA,,\nB,type,text\n", "row 3: there is no code “B” for the attribute “type”."),
        ("path,name,kind\nA,,\nA,type,words\n", "row 3: “words” is no kind of attribute"),
        (
            "path,name,kind\nA,,\nA,type,choice\n",
            "row 3: the attribute “type” is a choice and needs choices.",
        ),
        ("path,name,kind\nA,,\nA,,text\n", "row 3: this attribute has no name."),
        ("path,name,kind,default\nA,,,\nA,n,number,1.234,5\n", "row 3 has 5 cells"),
        ("path;name;kind;default\nA;;;\nA;n;number;1.234,5\n", "row 3: “1.234,5” is not a number"),
        ("path,name,kind,required\nA,,,\nA,n,number,perhaps\n", "row 3: “perhaps” is neither yes nor no."),
        ('path,name\nA,"x\n', "a quotation mark is opened in line 2 and never closed."),
        ("row,name,version\ncodebook,B,one\ncode,A,\n", "row 2: “one” is not a number"),
        (
            "row,name,version\ncodebook,B,1\ncode,A,\ncodebook,C,1\n",
            "row 4: the codebook has a row already, row 2.",
        ),
        ("path\n" + " > ".join("abcdefghij" * 6) + "\n", "nested far too deeply"),
    ],
)
def test_what_is_wrong_has_its_row(text, said):
    assert said in refusal(text)


def test_row_numbers_are_those_of_the_spreadsheet():
    assert "row 5: “A”" in refusal("sep=;\npath;name\nA;\n\nA;\n")


def test_what_is_no_text_is_refused():
    with pytest.raises(UserError, match="ZIP archive or an Office document"):
        TABLE.read(b"PK\x03\x04" + bytes(200), Codebook())
    with pytest.raises(UserError, match="not UTF-8 text, from line 2 on"):
        TABLE.read(TABLE.write(codebook(), no_press).split(b"\n")[0] + b"\n\xff\xfe", Codebook())


def test_a_question_may_move_to_another_code():
    rows = rows_of(codebook())
    for row in rows:
        if row["id"] == FIGURE:
            row["path"] = "Concern > forced labour"
    assert [each.id for each in read(as_table(rows)).codebook.code(LABOUR).attributes] == [FIGURE]


def test_a_name_with_signs_is_a_path_where_no_column_says_the_place():
    codes = read(
        "Name;Definition\nActor;who\nActor > State;gov\nActor > State > Army;men\nCO2>2%;air\n"
    ).codebook.codes
    names = {code.id: code.name for code in codes}
    assert [(code.name, names.get(code.parent, "")) for code in codes] == [
        ("Actor", ""),
        ("State", "Actor"),
        ("Army", "State"),
        ("CO2>2%", ""),
    ]
    kept = read("name;parent\nActor;\nState > Army;Actor\n").codebook.codes
    assert [code.name for code in kept] == ["Actor", "State > Army"]
