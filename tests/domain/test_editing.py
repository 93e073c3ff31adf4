"""Changes of a codebook: whatever is done, it holds together."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.codebook import Attribute, AttributeKind, Code, Codebook
from app.domain.codebook_diff import concerning, differences
from app.domain.editing import (
    COLOURS,
    counterpart,
    family,
    named,
    next_colour,
    owner,
    with_attribute,
    with_attribute_moved,
    with_code,
    with_code_merged,
    with_code_moved,
    with_values,
    without_attribute,
    without_code,
)
from app.domain.errors import UserError
from app.domain.ids import AttributeId, CodeId, new_id
from tests.builders import (
    ACTOR,
    CLAIM,
    CLAIMANT,
    CONCERN,
    FIGURE,
    LABOUR,
    RELEVANT,
    STANCE,
    TONE,
    TYPE,
    codebook,
)

NAMES = st.sampled_from(["Actor", "Claim", "water", "Water ", "shelter", "food", "", "x" * 101])
PICK = st.integers(0, 1000)
KINDS = st.sampled_from([AttributeKind.TEXT, AttributeKind.LINK, AttributeKind.CHOICE])


def paths(book):
    return [" > ".join(code.name for code in book.path(each.id)) for _depth, each in book.walk()]


def new_code(name, **values):
    return Code(id=CodeId(new_id()), name=name, **{"colour": "#000000", **values})


def asked(book, code_id):
    return [each.name for each in book.code(code_id).attributes]


EDITS = st.lists(st.tuples(st.integers(0, 7), PICK, PICK, PICK, NAMES, KINDS), max_size=14)


def edited(book, edit):
    """One of all possible changes, of codes and questions that may or may not be there."""
    which, one, two, three, name, kind = edit
    codes = [None, *(code.id for code in book.codes)]
    real = codes[1:] or [CodeId(new_id())]
    questions = [each.id for code in book.codes for each in code.attributes]
    questions += [each.id for each in book.variables] or [AttributeId(new_id())]
    pick = lambda some, number: some[number % len(some)]  # noqa: E731
    choices = ("a", "b") if kind is AttributeKind.CHOICE else ()
    targets = ("Actor",) if kind is AttributeKind.LINK else ()
    values = {"name": name, "kind": kind, "choices": choices, "targets": targets}
    if which == 0:
        code = Code.model_construct(id=CodeId(new_id()), parent=pick(codes, one), colour="#000000")
        return with_code(book, with_values(code, name=name, shortcut="abc"[: two % 4]), pick(codes, three))
    if which == 1:
        return with_code(book, with_values(book.code(pick(real, one)), name=name, exclusive=two % 2 == 0))
    if which == 2:
        return with_code_moved(book, pick(real, one), pick(codes, two), pick(codes, three))
    if which == 3:
        return without_code(book, pick(real, one))
    if which == 4:
        return with_code_merged(book, pick(real, one), pick(real, two))
    if which == 5:
        attribute = Attribute.model_construct(id=AttributeId(new_id()))
        return with_attribute(book, pick(codes, one), with_values(attribute, **values), pick(questions, two))
    if which == 6:
        return with_attribute_moved(book, pick(questions, one), pick(codes, two), pick(questions, three))
    return without_attribute(book, pick(questions, one))


@given(EDITS)
def test_whatever_is_done_to_a_codebook_it_holds_together_and_its_changes_can_be_said(edits):
    book = codebook()
    for edit in edits:
        try:
            after = edited(book, edit)
        except (UserError, KeyError):
            continue
        assert Codebook(**dict(after)) == after
        assert [code.id for _depth, code in after.walk()] == [code.id for code in after.codes]
        assert (differences(book, after) == ()) == (book == after)
        assert all(each.words.rstrip("”")[-1] in ".!?" for each in differences(after, book))
        book = after


@given(EDITS)
def test_nothing_concerns_a_code_unless_the_codebooks_differ(edits):
    book = codebook()
    for edit in edits:
        try:
            after = edited(book, edit)
        except (UserError, KeyError):
            continue
        for code in book.codes:
            found = concerning(differences(book, after), book, after, code.id)
            there = any(each.id == code.id for each in after.codes)
            if there and book.path(code.id) == after.path(code.id):
                assert not [each for each in found if each.code_id == code.id]
            if not there:
                assert found
        book = after


def test_a_new_code_comes_after_the_one_it_was_asked_for_after():
    book = with_code(codebook(), new_code("  water  and ice", parent=CONCERN))
    book = with_code(book, new_code("food", parent=CONCERN), LABOUR)
    assert paths(book)[2:] == [
        "Concern",
        "Concern > forced labour",
        "Concern > food",
        "Concern > water and ice",
    ]


def changed(name, **values):
    """Change a code that is told by its name."""

    def edit(book):
        code = next(each for each in book.codes if each.name == name)
        return with_code(book, with_values(code, **values))

    return edit


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (
            lambda book: with_code(book, new_code("Food", shortcut="C")),
            "The key “C” is taken by “Claim”",
        ),
        (changed("forced labour", shortcut="c"), "The key “C” is taken by “Claim”"),
        (changed("Actor", shortcut="hx"), "“H” and “HX” begin alike, and “Concern” has one"),
        (lambda book: with_code(book, new_code("actor")), "named “actor”"),
        (lambda book: with_values(book.code(ACTOR), name=""), "A name is needed."),
        (lambda book: with_values(book.code(ACTOR), name="x" * 101), "at most 100"),
        (lambda book: with_values(book.code(ACTOR), colour="red"), "not a colour"),
        (lambda book: with_code_moved(book, CONCERN, LABOUR), "cannot go below itself"),
        (lambda book: with_code_merged(book, CONCERN, LABOUR), "one below it"),
        (lambda book: with_code_merged(book, LABOUR, LABOUR), "into itself"),
        (lambda book: without_code(book, ACTOR), "“claimant” of “Claim” links to “Actor”"),
        (lambda book: without_code(book, CodeId(new_id())), "no longer in the codebook"),
        (lambda book: without_attribute(book, AttributeId(new_id())), "no longer in the codebook"),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_words(edit, reason):
    with pytest.raises(UserError, match=reason):
        edit(codebook())


def test_what_links_to_a_layer_follows_its_name_its_nesting_and_its_merging():
    book = codebook()
    renamed = with_code(book, with_values(book.code(ACTOR), name="Who"))
    assert renamed.attribute(CLAIMANT).targets == ("Who",)
    nested = with_code_moved(book, ACTOR, CONCERN)
    assert nested.attribute(CLAIMANT).targets == ("Concern",)
    merged = with_code_merged(book, ACTOR, LABOUR)
    assert merged.attribute(CLAIMANT).targets == ("Concern",)


def test_a_layer_that_is_nested_excludes_nothing_any_longer():
    book = with_code(codebook(), with_values(codebook().code(ACTOR), exclusive=True))
    assert not with_code_moved(book, ACTOR, CONCERN).code(ACTOR).exclusive
    assert with_code_moved(book, ACTOR, None).code(ACTOR).exclusive


def test_codes_move_with_all_below_them_and_merge_with_all_below_them():
    book = with_code(codebook(), new_code("debt", parent=LABOUR))
    moved = with_code_moved(book, LABOUR, None, CLAIM)
    assert paths(moved) == ["Actor", "forced labour", "forced labour > debt", "Claim", "Concern"]
    assert family(moved, LABOUR) == (LABOUR, moved.codes[2].id)
    merged = with_code_merged(book, LABOUR, CLAIM)
    assert paths(merged) == ["Actor", "Claim", "Claim > debt", "Concern"]


def test_questions_move_within_a_code_and_to_another():
    book = with_attribute_moved(codebook(), STANCE, CLAIM, CLAIMANT)
    assert asked(book, CLAIM) == ["stance", "claimant", "date", "direct", "note"]
    book = with_attribute_moved(book, FIGURE, LABOUR)
    assert (owner(book, FIGURE), asked(book, CONCERN)) == (LABOUR, [])
    assert owner(book, RELEVANT) is None
    swapped = with_attribute_moved(book, TONE, None, RELEVANT)
    assert [each.id for each in swapped.variables] == [TONE, RELEVANT]


def test_answers_go_to_the_same_question_or_one_of_its_name_and_kind():
    old = codebook().attribute(TYPE)
    twin = with_values(old, id=AttributeId(new_id()), name="Type")
    assert counterpart(old, (twin, old)) == old
    assert counterpart(old, (twin,)) == twin
    assert counterpart(old, (with_values(twin, kind=AttributeKind.TEXT, choices=()),)) is None


def test_new_codes_take_colours_in_turn():
    book = Codebook()
    for number in range(len(COLOURS)):
        assert next_colour(book, None) == COLOURS[number]
        book = with_code(book, new_code(str(number), colour=next_colour(book, None)))
    assert next_colour(book, book.codes[0].id) == COLOURS[0]
    assert next_colour(codebook(), LABOUR) == "#117733"


def said(edit):
    return [each.words for each in differences(codebook(), edit(codebook()))]


def changed_code(code_id, **values):
    return lambda book: with_code(book, with_values(book.code(code_id), **values))


def changed_question(attribute_id, **values):
    return lambda book: with_attribute(
        book, owner(book, attribute_id), with_values(book.attribute(attribute_id), **values)
    )


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda book: book, []),
        (partial(named, name="New"), ["The codebook is now called “New”; it was “Test”."]),
        (
            lambda book: with_code(book, new_code("Water", parent=CONCERN)),
            ["Code “Water” was added below “Concern”."],
        ),
        (lambda book: without_code(book, LABOUR), ["Code “forced labour” was removed."]),
        (changed_code(CONCERN, name="Harm"), ["“Concern” is now called “Harm”."]),
        (
            lambda book: with_code_moved(book, LABOUR, None),
            ["“forced labour” now is a layer; it stood below “Concern”."],
        ),
        (
            lambda book: with_code_moved(book, CONCERN, CLAIM),
            ["“Concern” now stands below “Claim”; it stood as a layer."],
        ),
        (changed_code(CLAIM, definition="Words."), ["The definition of “Claim” was written: “Words.”"]),
        (changed_code(LABOUR, examples=("tied",)), ["An example of “forced labour” was added: “tied”."]),
        (changed_code(LABOUR, shortcut=""), ["The shortcut of “forced labour” is now none; it was “F”."]),
        (changed_code(CLAIM, exclusive=True), ["Codes of “Claim” now exclude each other."]),
        (
            lambda book: with_code_moved(book, CLAIM, None, ACTOR),
            ["The layers stand in another order."],
        ),
        (
            changed_question(STANCE, choices=("for", "against", "mixed")),
            [
                "“stance” of “Claim” has a new choice: “mixed”, and runs in another order: for, against, mixed."
            ],
        ),
        (changed_question(TYPE, required=False), ["“type” of “Actor” is no longer required."]),
        (
            lambda book: without_attribute(book, FIGURE),
            ["“Concern” no longer asks for “figure”."],
        ),
        (
            lambda book: with_attribute_moved(book, FIGURE, LABOUR),
            ["“figure” is now asked on “forced labour”; it was on “Concern”."],
        ),
        (
            lambda book: without_attribute(book, TONE),
            ["The article variable “tone” was removed."],
        ),
    ],
)
def test_two_codebooks_are_compared_in_words(edit, words):
    assert said(edit) == words


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("One two three four.", "One two three four. And five.", "“And five.” was added."),
        ("One two three four five", "One two four five", "“three” was removed."),
        ("One two three four", "One two five four", "“three” became “five”."),
        ("One two", "Three four five.", "it was “One two”, now it is “Three four five.”"),
        ("One  two", "One two", "it was “One  two”, now it is “One two”."),
        ("One two", "", "The definition of “Claim” was removed; it was “One two”."),
    ],
)
def test_of_a_text_that_was_rewritten_only_the_words_that_changed_are_said(old, new, words):
    before = changed_code(CLAIM, definition=old)(codebook())
    (found,) = differences(before, changed_code(CLAIM, definition=new)(codebook()))
    assert found.words.endswith(words)


def test_what_concerns_a_code_is_what_a_judgement_rests_on():
    def concerns(edit, code_id):
        old, new = codebook(), edit(codebook())
        return bool(concerning(differences(old, new), old, new, code_id))

    assert concerns(changed_code(CLAIM, definition="x"), CLAIM)
    assert not concerns(changed_code(CLAIM, definition="x"), ACTOR)
    assert not concerns(changed_code(CLAIM, colour="#123456", shortcut="z"), CLAIM)
    # The name of the layer and what it asks are part of what a sub-code is, the layer's definition is not.
    assert concerns(changed_code(CONCERN, name="Harm"), LABOUR)
    assert concerns(changed_question(FIGURE, help="of people"), LABOUR)
    assert not concerns(changed_code(CONCERN, definition="x"), LABOUR)
    assert not concerns(changed_question(FIGURE, default=1.0), LABOUR)
