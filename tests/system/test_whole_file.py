"""Files that appear whole or not at all."""

import pytest

from app.system.whole_file import write_whole


def test_a_file_takes_the_place_of_an_older_one(tmp_path):
    target = tmp_path / "table.csv"
    for content in (b"first", b"second"):
        write_whole(target, content)
        assert target.read_bytes() == content
    assert list(tmp_path.iterdir()) == [target]


def test_nothing_is_left_where_it_cannot_be_put(tmp_path):
    target = tmp_path / "folder"
    (target / "with something in it").mkdir(parents=True)
    with pytest.raises(OSError, match="folder"):
        write_whole(target, b"content")
    assert list(tmp_path.iterdir()) == [target]
