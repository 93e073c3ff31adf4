import pytest
from pydantic import ValidationError

from app.domain.answers import EntityTarget, NotInText, check_defaults, check_plain, check_targets
from app.domain.codebook import Attribute, AttributeKind, Code, Codebook
from app.domain.errors import UserError
from app.domain.ids import is_id, new_id
from tests.builders import ACTOR, LABOUR, codebook


def code(name, **values):
    return Code(id=new_id(), name=name, colour="#123456", **values)


def attribute(kind, **values):
    return Attribute(id=new_id(), name="x", kind=kind, **values)


def test_codes_are_walked_layer_by_layer_with_what_is_under_them():
    assert [(depth, each.name) for depth, each in codebook().walk()] == [
        (0, "Actor"),
        (0, "Claim"),
        (0, "Concern"),
        (1, "forced labour"),
    ]
    assert codebook().layer(LABOUR).name == "Concern"


def test_a_sub_code_asks_what_its_layer_asks():
    assert [each.name for each in codebook().questions(LABOUR)] == ["figure"]
    assert [each.name for each in codebook().questions(ACTOR)] == ["type", "role", "entity"]


@pytest.mark.parametrize(
    ("codes", "complaint"),
    [
        ((code("A"), code("a")), "two codes beside each other"),
        ((code("A", shortcut="x"), code("B", shortcut="x")), "taken by “A”"),
        ((code("A", shortcut="x"), code("B", shortcut="xy")), "taken by “A”"),
        ((code("A", parent=new_id()),), "its parent is missing"),
        ((code("A", attributes=(attribute("link", targets=("Z",)),)),), "not a layer"),
    ],
)
def test_a_codebook_that_does_not_hold_together_is_refused(codes, complaint):
    with pytest.raises(ValidationError, match=complaint):
        Codebook(codes=codes)


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"kind": "choice"}, "needs choices"),
        ({"kind": "choice", "choices": ("a", "a")}, "must differ"),
        ({"kind": "choice", "choices": ("a|b",)}, "separates answers"),
        ({"kind": "text", "choices": ("a",)}, "has no choices"),
        ({"kind": "text", "targets": ("Actor",)}, "links to nothing"),
    ],
)
def test_an_attribute_that_makes_no_sense_is_refused(values, complaint):
    with pytest.raises(ValidationError, match=complaint):
        Attribute(id=new_id(), name="x", **values)


K = AttributeKind
LOW_HIGH = {"choices": ("low", "high")}


@pytest.mark.parametrize(
    ("kind", "values", "good", "bad"),
    [
        (K.CHOICE, LOW_HIGH, "low", "lower"),
        (K.ORDERED, LOW_HIGH, "high", ("high",)),
        (K.YES_NO, {}, False, "no"),
        (K.NUMBER, {}, 3.5, True),
        (K.NUMBER, {}, 0, float("nan")),
        (K.DATE, {}, "2026-02-28", "2026-02-30"),
        (K.DATE, {}, "2026-02", "2026-13"),
        (K.DATE, {}, "2026", "26"),
        (K.TEXT, {}, "words", "  "),
    ],
)
def test_each_kind_takes_its_answers_and_no_others(kind, values, good, bad):
    question = attribute(kind, **values)
    assert check_plain(question, good) == good
    with pytest.raises(UserError, match="“x” takes"):
        check_plain(question, bad)


def test_several_choices_come_in_the_order_of_the_codebook():
    assert check_plain(attribute(K.MULTIPLE, **LOW_HIGH), ("high", "low")) == ("low", "high")
    with pytest.raises(UserError):
        check_plain(attribute(K.MULTIPLE, **LOW_HIGH), ("high", "other"))


def test_not_in_this_text_is_an_answer_but_only_alone():
    link = attribute(K.LINK)
    assert check_targets(link, (NotInText(),)) == (NotInText(),)
    with pytest.raises(UserError, match="at once"):
        check_targets(link, (NotInText(), EntityTarget(entity=new_id())))
    with pytest.raises(UserError):
        check_targets(attribute(K.ENTITY), (NotInText(),))


def test_ids_are_uuids_that_sort_by_the_time_they_were_made():
    ids = [new_id() for _ in range(50)]
    assert len(set(ids)) == 50
    assert all(is_id(each) and each[14] == "7" for each in ids)
    assert [each[:13] for each in ids] == sorted(each[:13] for each in ids)
    assert not is_id("42")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"kind": "choice", "choices": ("a", "b"), "default": "zzz"}, "“x” takes one of a, b, not “zzz”."),
        ({"kind": "multiple choice", "choices": ("a", "b"), "default": ("a", "c")}, "“x” takes some of a, b"),
        ({"kind": "date", "default": "soon"}, "“x” takes a date"),
        ({"kind": "number", "default": "4"}, "“x” takes a number"),
        ({"kind": "entity", "default": "Ana"}, "“x” takes an entity"),
    ],
)
def test_a_default_that_is_no_answer_is_refused(values, sentence):
    asked = attribute(**values)
    for book in (Codebook(codes=(code("A", attributes=(asked,)),)), Codebook(variables=(asked,))):
        with pytest.raises(UserError) as caught:
            check_defaults(book)
        assert str(caught.value).startswith(f"The default of “x” is no answer to it: {sentence}")


def test_defaults_that_are_answers_pass():
    asked = (
        attribute("choice", choices=("a", "b"), default="a"),
        attribute("yes/no", default=False),
        attribute("number", default=0.0),
    )
    check_defaults(Codebook(codes=tuple(code(str(at), attributes=(each,)) for at, each in enumerate(asked))))
