"""Numbers of things as people say them."""

import pytest

from app.domain.counting import counted


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 articles"), (1, "1 article"), (2, "2 articles"), (1_200, "1,200 articles")]
)
def test_only_one_is_singular(count, words):
    assert counted(count, "article") == words
