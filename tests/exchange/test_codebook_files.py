"""Codebook files: what goes out comes back, what people write by hand is understood, what is wrong has a place."""

import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.codebook import Code, Codebook
from app.domain.errors import UserError
from app.domain.ids import CodeId, new_id
from app.exchange.codebook_files import CODEBOOK_FORMATS, codebook_format, read_codebook, save_codebook
from app.exchange.codebook_model import arranged, codebook_schema, to_raw
from app.project.demo import default_codebook
from app.system.resources import resource
from tests.builders import ACTOR, CLAIM, STANCE, codebook
from tests.codebooks import codebooks


def no_press(_shown):
    raise AssertionError("nothing is to be printed here")


def round_trip(format_name, book, known=None):
    made = codebook_format(format_name)
    return made.read(made.write(book, no_press), known or Codebook()).codebook


@pytest.fixture
def read(tmp_path):
    """Reads text or bytes as a file of that name."""

    def read(name, content, known=None):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_codebook(path, known)

    return read


def refusal(read, name, content, known=None):
    with pytest.raises(UserError) as caught:
        read(name, content, known)
    sentence = str(caught.value)
    assert sentence.endswith(".") and "\n" not in sentence and "Traceback" not in sentence
    assert name in sentence
    return sentence


@pytest.mark.parametrize("format_name", ["yaml", "json", "csv"])
@settings(max_examples=40)
@given(book=codebooks())
def test_any_codebook_comes_back_the_same(format_name, book):
    if format_name == "csv" and not (book.codes or book.variables):
        return  # A table without a row is refused; see below.
    assert round_trip(format_name, book) == arranged(book)


@settings(max_examples=40)
@given(book=codebooks(min_codes=1))
def test_qdc_brings_back_all_that_it_holds(book):
    found = round_trip("qdc", book)
    writable = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

    def held(code):
        texts = [code.name, code.definition, code.when, code.when_not, *code.examples]
        return code.id, code.parent, code.colour, [writable.sub("\ufffd", each) for each in texts]

    assert [held(code) for code in found.codes] == [held(code) for code in arranged(book).codes]
    assert round_trip("qdc", book, known=arranged(book)).variables == book.variables


@settings(max_examples=15)
@given(book=codebooks(min_codes=1))
def test_qdc_is_what_the_standard_asks_for(book):
    root = ElementTree.fromstring(codebook_format("qdc").write(book, no_press))
    space = "{urn:QDA-XML:codebook:1.0}"
    assert root.tag == f"{space}CodeBook"
    assert root.attrib["origin"].startswith("Rubricator ")
    assert [each.tag for each in root] == [f"{space}Codes"]
    codes = list(root.iter(f"{space}Code"))
    assert len(codes) == len(book.codes)
    for code in codes:
        assert set(code.attrib) == {"guid", "name", "isCodable", "color"}
        assert re.fullmatch("[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", code.attrib["guid"])
        assert re.fullmatch("#[0-9A-F]{6}", code.attrib["color"])
        assert code.attrib["isCodable"] == "true"
        children = [each.tag.removeprefix(space) for each in code]
        assert children in (["Description"] * n + ["Code"] * (len(children) - n) for n in (0, 1))


@pytest.mark.parametrize("each", CODEBOOK_FORMATS, ids=lambda each: each.name)
def test_an_empty_codebook_goes_out_or_is_refused_in_words(each):
    if each.name == "qdc":
        with pytest.raises(UserError, match="has no codes"):
            each.write(Codebook(), no_press)
    elif each.name != "pdf":
        assert each.write(Codebook(), no_press)


def test_the_shipped_schema_is_that_of_the_model():
    shipped = resource("schema", "rubricator-codebook.schema.json").read_text(encoding="utf-8")
    assert json.loads(shipped) == codebook_schema()


def test_every_field_of_the_schema_is_described():
    for entry in codebook_schema()["$defs"].values():
        assert entry.get("description") or entry.get("enum")
        for field, says in entry.get("properties", {}).items():
            assert says.get("description", "").endswith("."), field


def fits(value, schema, definitions):
    """The part of JSON Schema that ours uses."""
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return any(fits(value, each, definitions) for each in schema["anyOf"])
    kinds = {"string": str, "boolean": bool, "number": (int, float), "integer": int, "null": type(None)}
    match schema.get("type"):
        case "object":
            known = schema["properties"]
            return (
                isinstance(value, dict)
                and set(schema.get("required", ())) <= set(value) <= set(known)
                and schema["additionalProperties"] is False
                and all(fits(each, known[field], definitions) for field, each in value.items())
            )
        case "array":
            return isinstance(value, list) and all(fits(each, schema["items"], definitions) for each in value)
        case kind:
            return (
                isinstance(value, kinds[kind])
                and value in schema.get("enum", [value])
                and (not isinstance(value, str) or bool(re.search(schema.get("pattern", ""), value)))
                and (not isinstance(value, str) or schema.get("minLength", 0) <= len(value))
            )


@settings(max_examples=15)
@given(book=codebooks())
def test_what_we_write_fits_the_schema(book):
    schema = codebook_schema()
    raw = json.loads(codebook_format("json").write(book, no_press))
    assert fits(raw, schema, schema["$defs"])
    assert not fits({**raw, "code": []}, schema, schema["$defs"])
    broken = json.loads(json.dumps(to_raw(codebook())))
    broken["codes"][0]["colour"] = "blue"
    assert not fits(broken, schema, schema["$defs"])


def test_files_name_their_schema_and_no_host():
    for name in ("yaml", "json"):
        text = codebook_format(name).write(codebook(), no_press).decode()
        assert "rubricator-codebook.schema.json" in text
        assert "://" not in text


def test_yaml_takes_words_and_dates_as_people_write_them(read):
    text = """
codes:
  - name: Claim
    attributes:
      - {name: quoted, kind: choice, choices: [yes, no, on]}
      - {name: level, kind: ordered choice, choices: [1, 2, 3], default: 2}
      - {name: direct, kind: yes/no, default: no, required: yes}
      - {name: day, kind: date, default: 2026-05-31}
"""
    quoted, level, direct, day = read("book.yaml", text).codebook.codes[0].attributes
    assert (quoted.choices, level.choices) == (("yes", "no", "on"), ("1", "2", "3"))
    assert (level.default, direct.default, direct.required, day.default) == ("2", False, True, "2026-05-31")


def test_ids_are_taken_from_the_project_only_where_the_file_gives_none(read):
    book = codebook()
    text = f"codes: [{{name: Claim}}, {{id: {ACTOR}, name: Somebody}}, {{name: New}}]"
    reading = read("book.yaml", text, book)
    claim, actor, new = reading.codebook.codes
    assert (claim.id, actor.id) == (CLAIM, ACTOR)
    assert new.id not in {code.id for code in book.codes}
    assert reading.notes == (
        "1 code or question without an id in the file was matched to the project's by path and name",
        "1 code or question without an id in the file was made new",
    )


def test_a_path_of_which_the_file_gives_the_id_elsewhere_is_nobody_elses(read):
    text = f"codes: [{{name: Claim}}, {{id: {CLAIM}, name: Statement}}]"
    claim, statement = read("book.yaml", text, codebook()).codebook.codes
    assert statement.id == CLAIM != claim.id


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("book.yaml", "codes: [", "this is not valid YAML in line 1"),
        ("book.yaml", "- 1", "this is not a codebook"),
        ("book.yaml", "codes: [{name: A}, {nam: B}]", "codes > 2 > name: this is missing"),
        (
            "book.yaml",
            "codes: [{name: A, colr: x}]",
            "codes > 1 > colr: a codebook has nothing of this name, perhaps “colour” is meant; see “rubricator",
        ),
        ("book.yaml", "article_variables: []", "nothing of this name, perhaps “variables” is meant; see"),
        ("book.yaml", "variables: [{name: A, kind: text, choises: []}]", "perhaps “choices” is meant"),
        (
            "book.yaml",
            "codes: [{name: A, zzz: x}]",
            "codes > 1 > zzz: a codebook has nothing of this name; see",
        ),
        (
            "book.yaml",
            "codes: [{name: A, attributes: [{name: x, kind: text}], codes: [{name: B, codes: [{name: C, "
            "attributes: [{name: X, kind: date}]}]}]}]",
            "book.yaml: “C” asks for “X”, which “A” above it asks for already.",
        ),
        (
            "book.yaml",
            "codes: [{name: A, codes: [{name: B, colour: blue}]}]",
            "codes > 1 > codes > 1 > colour: “blue”",
        ),
        ("book.yaml", "variables: [{name: A, kind: tone}]", "variables > 1 > kind: Input should be"),
        ("book.yaml", "variables: [{name: A, kind: choice}]", "variables > 1: the attribute “A” is a choice"),
        ("book.yaml", "codes: [{name: A, id: 7}]", "codes > 1 > id: Input should be a valid string"),
        ("book.yaml", "codes: [{name: A, id: seven}]", "“seven” is not an id"),
        ("book.yaml", 'codes: [{name: "\\ud800"}]', "half of a character"),
        ("book.yaml", b"codes: []\nname: \xff", "not UTF-8 text, from line 2 on"),
        ("book.yaml", "&a [*a]", "this is not a codebook"),
        ("book.yaml", "codes: &a [{name: A, codes: *a}]", "nested far too deeply"),
        ("book.yaml", "x: " + "[" * 5000 + "]" * 5000, "nested far too deeply"),
        ("book.yaml", "a: !!python/object/apply:os.system [ls]", "not valid YAML in line 1"),
        ("book.json", '{"codes": [\n{"name": "A",}]}', "not valid JSON in line 2"),
        ("book.json", '{"version": NaN}', "NaN is not a number"),
        ("book.json", "[" * 100_000, "nested far too deeply"),
        ("book.json", '{"version": ' + "9" * 5000 + "}", "not valid JSON"),
        ("book.json", '{"version": 0}', "version: Input should be greater than or equal to 1"),
        ("book.txt", "codes: []", "no ending of a codebook file"),
        ("book.html", "<html></html>", "cannot be imported"),
        ("book.pdf", b"%PDF-1.4", "cannot be imported"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_with_its_place(read, name, content, said):
    assert said in refusal(read, name, content)


def test_aliases_that_grow_without_end_are_refused(read):
    lines = ["a0: &a0 {name: x}"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert "far too large" in refusal(read, "book.yaml", "\n".join(lines))


def test_more_codes_than_anybody_codes_with_are_refused(read):
    assert "more than 3,000" in refusal(
        read, "b.json", json.dumps({"codes": [{"name": str(n)} for n in range(3001)]})
    )
    assert "more than 3,000" in refusal(read, "b.csv", "name\n" + "".join(f"c{n}\n" for n in range(3002)))


def test_a_file_is_replaced_whole_and_nothing_else_is(tmp_path):
    target = tmp_path / "book.csv"
    assert save_codebook(codebook(), target, no_press) == ()
    save_codebook(default_codebook(), target, no_press)
    assert read_codebook(target).codebook == default_codebook()
    target.write_bytes(b"SQLite format 3\0" + bytes(100))
    with pytest.raises(UserError, match="is not a codebook file"):
        save_codebook(codebook(), target, no_press)
    with pytest.raises(UserError, match="cannot be written"):
        save_codebook(codebook(), tmp_path / "no" / "book.csv", no_press)
    assert [path.name for path in tmp_path.iterdir()] == ["book.csv"], "nothing half written is left"


def test_a_press_that_fails_leaves_the_old_file(tmp_path):
    def broken(_shown):
        raise UserError("The press is out of order.")

    target = tmp_path / "book.pdf"
    target.write_bytes(b"%PDF-old")
    with pytest.raises(UserError, match="out of order"):
        save_codebook(codebook(), target, broken)
    assert target.read_bytes() == b"%PDF-old"
    assert [path.name for path in tmp_path.iterdir()] == ["book.pdf"]


READABLE = [each.name for each in CODEBOOK_FORMATS if each.can_read]


@st.composite
def spoilt(draw, good):
    """A file of ours in which some stretch is gone or something else stands instead."""
    start = draw(st.integers(0, len(good)))
    end = draw(st.integers(start, min(len(good), start + 60)))
    return good[:start] + draw(st.binary(max_size=8)) + good[end:]


@pytest.mark.parametrize("format_name", READABLE)
@settings(max_examples=60)
@given(data=st.data())
def test_whatever_a_file_holds_it_is_read_or_refused_in_words(tmp_path_factory, format_name, data):
    good = codebook_format(format_name).write(codebook(), no_press)
    path = tmp_path_factory.getbasetemp() / f"spoilt-{format_name}"
    path.write_bytes(data.draw(st.binary(max_size=60) | spoilt(good)))
    try:
        assert read_codebook(path, codebook(), format_name).codebook
    except UserError as error:
        assert str(error).endswith(".") and "\n" not in str(error)


@pytest.mark.parametrize("format_name", READABLE)
def test_what_is_not_there_or_empty_is_said(tmp_path, format_name):
    empty = tmp_path / "empty"
    empty.touch()
    for path, said in (
        (empty, "empty: "),
        (tmp_path, "cannot be read"),
        (tmp_path / "gone", "cannot be read"),
    ):
        with pytest.raises(UserError, match=said):
            read_codebook(path, None, format_name)


def test_codes_far_from_their_parents_are_brought_together():
    book = codebook()
    late = Code(id=CodeId(new_id()), name="late", parent=ACTOR, colour="#000000")
    book = Codebook.model_validate({**dict(book), "codes": (*book.codes, late)})
    assert [code.name for code in round_trip("yaml", book).codes][:2] == ["Actor", "late"]
    assert book.attribute(STANCE) == round_trip("csv", book).attribute(STANCE)
