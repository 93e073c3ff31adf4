import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import UserError
from app.domain.words import Matcher
from app.exchange.word_list import read_words, write_words
from tests.builders import term

PATTERNS = st.text(alphabet=st.sampled_from("ab/é😀.*()[ 习\u2028"), min_size=1, max_size=8).filter(str.strip)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "words.txt"


def test_a_line_is_a_term_and_strokes_make_an_expression(path):
    path.write_bytes("\ufeffaid\r\n\r\n  camp café \n/refugees?/\n//\n/\n".encode())
    terms = read_words(path)
    assert [(term.pattern, term.regular, term.whole_words) for term in terms] == [
        ("aid", False, True),
        ("camp café", False, True),
        ("refugees?", True, False),
        ("//", False, True),
        ("/", False, True),
    ]
    assert len({term.id for term in terms}) == len({term.colour for term in terms}) == 5


@given(patterns=st.lists(st.tuples(PATTERNS, st.booleans()), max_size=4))
def test_what_was_written_finds_the_same_when_it_is_read(tmp_path_factory, patterns):
    path = tmp_path_factory.mktemp("words") / "words.txt"
    terms = []
    for pattern, whole in patterns:
        plain = term(pattern.strip(), whole_words=whole)
        terms.append(plain)
    write_words(terms, path)
    again = read_words(path) if terms else ()
    assert len(again) == len(terms)
    for before, after in zip(terms, again, strict=True):
        text = f"x {before.pattern} {before.pattern}"
        loose = {"whole_words": False}
        (one, other) = (Matcher([each.model_copy(update=loose)]).hits(text) for each in (before, after))
        assert one == other != []


def test_expressions_come_back_as_they_were(path):
    terms = [term("a/b", regular=True, whole_words=False), term("aid|help ", regular=True)]
    write_words(terms, path)
    assert path.read_bytes() == b"/a/b/\n/aid|help /\n"
    assert [(each.pattern, each.regular) for each in read_words(path)] == [
        ("a/b", True),
        ("aid|help ", True),
    ]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"aid\n/(aid/\n", "words.txt, line 2: The expression “(aid” is broken at its end"),
        (b"aid\n" + b"a" * 501, "words.txt, line 2: String should have at most 500 characters"),
        (b"aid\n" * 501, "words.txt has more than 500 terms"),
        (b"", "words.txt was not imported: the file is empty."),
        (b"\x89PNG\r\n", "words.txt was not imported: this is a PNG picture, not plain text."),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(path, content, complaint):
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        read_words(path)
    assert complaint in str(caught.value)


def test_a_place_that_fails_is_said_in_words(tmp_path):
    with pytest.raises(UserError, match="cannot be read"):
        read_words(tmp_path / "none.txt")
    with pytest.raises(UserError, match="cannot be written"):
        write_words([], tmp_path)
