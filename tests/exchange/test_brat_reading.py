"""brat folders as other people have them: layouts, broken lines, offsets that count otherwise."""

import os
import sys
from pathlib import Path

import pytest

from app.domain.codebook import AttributeKind
from app.domain.errors import UserError
from app.domain.progress import unheard
from app.exchange.brat_read import BratReader
from app.exchange.coded import CodedOptions

SHARED = Path(__file__).parents[3] / "shared" / "formats"
TEXT = "PM Ana Ruiz 🕊️ said: “aid must reach Rafah now”.\nThe UN warned of famine."


def folder(top, **files):
    """Write files named `anna__x_txt` as `anna/x.txt`."""
    for name, content in files.items():
        path = top / (name.replace("__", "/")[:-4] + "." + name[-3:])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return top


def read(top, **options):
    return BratReader().read(top, CodedOptions(**options), unheard)


def quotes(reading):
    texts = {each.id: each.draft.text for each in reading.articles}
    return {
        each.id.rpartition("#")[2]: [span.quote(texts[each.article_id]) for span in each.spans]
        for each in reading.annotations
    }


def one(top, ann, text=TEXT):
    return read(folder(top / "set", x_txt=text, x_ann=ann))


def test_spans_count_code_points_and_lie_apart(tmp_path):
    ann = "T1\tclaim 22 46\taid must reach Rafah now\nT2\tactor 0 2;7 11\tPM Ruiz\nT3\tneed 66 72\tfamine\n"
    reading = one(tmp_path, ann)
    assert quotes(reading) == {"T1": ["aid must reach Rafah now"], "T2": ["PM", "Ruiz"], "T3": ["famine"]}
    assert reading.problems == ()
    assert [coder.name for coder in reading.coders] == ["set"]


@pytest.mark.parametrize("unit", ["utf-16-le", "utf-8"])
def test_offsets_in_other_units_are_told_by_all_quotes(tmp_path, unit):
    width = 2 if unit == "utf-16-le" else 1
    start = len(TEXT[:66].encode(unit)) // width
    reading = one(tmp_path, f"T1\tneed {start} {start + 6}\tfamine\n")
    assert quotes(reading) == {"T1": ["famine"]}
    assert any("counts" in note for note in reading.notes)


@pytest.mark.parametrize("shift", [0, 1], ids=["a line end as one", "as two"])
def test_line_ends_byte_order_mark_and_nul_are_mapped(tmp_path, shift):
    start = 10 + shift
    reading = one(tmp_path, f"T1\tneed {start} {start + 6}\tfamine\n", "\ufeffThe \0UN.\r\nfamine.\r\n")
    assert (quotes(reading), reading.problems) == ({"T1": ["famine"]}, ())
    assert reading.articles[0].draft.text == "The UN.\nfamine.\n"


def test_what_does_not_fit_is_told_and_left_out(tmp_path):
    ann = (
        "T1\tactor 0 11\tPM Ana Ruiz\nT2\tneed 65 71\tfamine\nT3\tneed 70 700\tmine\nT4\tneed 66 72\tfamine\n"
    )
    reading = one(tmp_path, ann)
    assert quotes(reading) == {"T1": ["PM Ana Ruiz"], "T4": ["famine"]}
    assert [each.partition(" does not")[0] for each in reading.problems] == [
        "x.ann, line 2: T2",
        "x.ann, line 3: T3",
    ]


def test_a_quote_that_a_line_end_cuts_is_taken_whole_or_not_at_all(tmp_path):
    whole = one(tmp_path / "a", "T1\tclaim 47 55\t.\nThe UN\nT2\tneed 66 72\tfamine\n")
    assert (quotes(whole)["T1"], whole.problems) == ([".\nThe UN"], ())
    cut = one(tmp_path / "b", "T1\tclaim 47 55\t.\nT2\tneed 66 72\tfamine\nof hunger\n")
    assert list(quotes(cut)) == ["T2"]
    assert len(cut.problems) == 2


@pytest.mark.parametrize(
    "line",
    [
        "T2 need 66 72 famine",
        "T2\tneed 66 x\tfamine",
        "T2\tneed 66 72",
        "T2\tneed 72 66\tfamine",
        "T1\tneed 66 72\tfamine",
        "R1\tby Arg1:T1 Arg2:T9",
        "R1\tby Arg1:T1",
        "R1\tby Arg1:T1 Arg2:T1",
        "A1\tsure T9 yes",
        "#1\tAnnotatorNotes T9\twhy",
        "E1\tactor:T9 Role:T1",
        "E1\tneed:T1 Role:T1",
        "some words",
    ],
)
def test_a_broken_line_is_told_with_its_number(tmp_path, line):
    reading = one(tmp_path, f"T1\tactor 0 11\tPM Ana Ruiz\n\n{line}\n")
    assert quotes(reading) == {"T1": ["PM Ana Ruiz"]}
    assert [each.startswith(("x.ann, line 3: ", "x.ann, line 1: ")) for each in reading.problems] == [True]
    assert reading.annotations[0].answers == {}


def test_relations_events_and_equivalences_are_links(tmp_path):
    ann = (
        "T1\tactor 0 11\tPM Ana Ruiz\nT2\tclaim 22 46\taid must reach Rafah now\nT3\tactor 49 55\tThe UN\n"
        "T4\twarn 56 62\twarned\nE1\twarn:T4 Who:T3 Who2:T1 What:T2\nR1\tmade_by Arg1:T2 Arg2:T1\n"
        "*\tsame T1 T3\nM1\tNegation E1\nA1\tsure T4 high\n#1\tAnnotatorNotes R1\tperhaps\n"
        "#2\tAnnotatorNotes E1\twhy\nN1\tReference T3 Wiki:1\tUnited Nations\n"
    )
    reading = one(tmp_path, ann)
    by_key = {each.id.rpartition("#")[2]: each for each in reading.annotations}
    names = {each.id: each for code in reading.codebook.codes for each in code.attributes}

    def links(key):
        return {
            names[attribute_id].name: [target.annotation.rpartition("#")[2] for target in answer]
            for attribute_id, answer in by_key[key].answers.items()
            if names[attribute_id].kind is AttributeKind.LINK
        }

    assert list(by_key) == ["T1", "T2", "T3", "E1"]
    assert (links("E1"), links("T2")) == ({"Who": ["T3", "T1"], "What": ["T2"]}, {"made_by": ["T1"]})
    assert links("T1") == {"same": ["T3"]}
    plain = {names[key].name: answer for key, answer in by_key["E1"].answers.items() if names[key].choices}
    assert (plain, by_key["E1"].memo, by_key["T2"].memo) == ({"sure": "high"}, "why", "made_by: perhaps")
    assert by_key["T3"].memo == "Reference: Wiki:1 United Nations"
    assert reading.problems == ()


def test_two_events_may_share_a_trigger(tmp_path):
    ann = "T1\twarn 56 62\twarned\nT2\tactor 49 55\tThe UN\nE1\twarn:T1 Who:T2\nE2\twarn:T1\n"
    reading = one(tmp_path, ann)
    assert list(quotes(reading)) == ["T2", "E1", "E2"]


FOLDERS = {"anna__x_txt": TEXT, "anna__x_ann": "T1\ta 66 72\tfamine\n", "ben__x_txt": TEXT, "ben__x_ann": ""}


def test_coders_are_told_by_folders(tmp_path):
    reading = read(folder(tmp_path, **FOLDERS), done=True)
    assert [coder.name for coder in reading.coders] == ["anna", "ben"]
    assert [review.done for review in reading.reviews] == [True, True]


def test_coders_are_told_by_the_ends_of_names(tmp_path):
    top = folder(tmp_path, x_txt=TEXT, x_b_txt=TEXT, x_4e_ann="", x_b_4f_ann="", y_4e_ann="")
    reading = read(top)
    assert [coder.name for coder in reading.coders] == ["4e", "4f"]
    assert [review.article_id for review in reading.reviews] == ["text:x", "text:x_b"]
    assert reading.problems == ("y_4e.ann: there is no text that it belongs to",)


def test_texts_may_lie_above_the_folders_of_coders(tmp_path):
    reading = read(folder(tmp_path, x_txt=TEXT, anna__x_ann="T1\ta 66 72\tfamine\n", ben__x_ann=""))
    assert ([coder.name for coder in reading.coders], len(reading.articles)) == (["anna", "ben"], 1)


def test_folders_that_may_be_anything_are_asked_about(tmp_path):
    top = folder(tmp_path, north__x_txt=TEXT, north__x_ann="", south__y_txt=TEXT, south__y_ann="")
    with pytest.raises(UserError, match="--layout folders or --layout one"):
        read(top)
    assert [coder.name for coder in read(top, layout="folders").coders] == ["north", "south"]
    assert len(read(top, layout="one").coders) == 1


MARK = "T1\ta 66 72\tfamine\n"


@pytest.mark.parametrize(
    "stray", [{"notes_ann": ""}, {"ben__y_ann": MARK}], ids=["beside the folders", "in one of them"]
)
@pytest.mark.parametrize("shared", [True, False], ids=["texts above", "texts in each folder"])
def test_a_stray_file_never_makes_one_coder_of_two(tmp_path, shared, stray):
    texts = {"x_txt": TEXT} if shared else {"anna__x_txt": TEXT, "ben__x_txt": TEXT}
    reading = read(folder(tmp_path / "set", **texts, anna__x_ann=MARK, ben__x_ann=MARK, **stray))
    assert [coder.name for coder in reading.coders] == ["anna", "ben"]
    assert len(reading.problems) == 1


@pytest.mark.parametrize(
    "files",
    [
        {"x_txt": TEXT, "anna__x_ann": MARK, "x_ben_ann": MARK},
        {"n__x_txt": TEXT, "n__x_ann": MARK, "n__x_ben_ann": MARK},
    ],
)
def test_folders_and_ends_of_names_at_once_are_asked_about(tmp_path, files):
    top = folder(tmp_path / "set", **files)
    with pytest.raises(UserError, match="--layout suffix"):
        read(top)
    assert "ben" in [coder.name for coder in read(top, layout="suffix").coders]


@pytest.mark.skipif(sys.platform != "linux", reason="file systems elsewhere cannot have these")
def test_endings_in_capitals_and_names_that_are_no_characters_are_read(tmp_path):
    top = folder(tmp_path / "set", x_TXT=TEXT, x_ANN=MARK)
    (top / os.fsdecode(b"x_\xe9.ann")).write_text(MARK, encoding="utf-8")
    reading = read(top)
    assert [coder.name for coder in reading.coders] == ["set", "\ufffd"]
    assert (len(reading.annotations), reading.problems) == (2, ())
    (top / "x.ann").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="another file has the same name"):
        read(top)


@pytest.mark.parametrize(("files", "lacking"), [({"x_txt": TEXT}, "no .ann"), ({"x_ann": ""}, "no .txt")])
def test_a_folder_without_one_of_the_two_says_which(tmp_path, files, lacking):
    with pytest.raises(UserError, match=lacking):
        read(folder(tmp_path / "set", **files))


@pytest.mark.skipif(sys.platform != "linux", reason="file systems elsewhere cannot have these")
def test_links_of_the_file_system_are_followed_to_files_and_round_no_circle(tmp_path):
    top = folder(tmp_path / "set", x_txt=TEXT, anna__x_ann=MARK, ben__x_ann=MARK)
    (top / "anna" / "x.txt").symlink_to(top / "x.txt")
    (top / "anna" / "round").symlink_to(top)
    (top / "anna" / "gone.ann").symlink_to(top / "nowhere.ann")
    reading = read(top)
    assert ([coder.name for coder in reading.coders], reading.problems) == (["anna", "ben"], ())


def test_one_broken_line_does_not_make_the_others_count_otherwise(tmp_path):
    ann = "T1\tactor 0 11\tPM Ana Ruiz\nT2\tclaim 23 47\taid must reach Rafah now\nT3\tneed 67 73\tfamin\n"
    reading = one(tmp_path, ann)
    assert quotes(reading) == {"T1": ["PM Ana Ruiz"], "T2": ["aid must reach Rafah now"]}
    assert [each.partition(" does not")[0] for each in reading.problems] == ["x.ann, line 3: T3"]
    assert "x.ann counts UTF-16 units" in reading.notes


def test_overlapping_fragments_become_one_span(tmp_path):
    reading = one(tmp_path, "T1\ta 0 5;3 11\tPM An Ana Ruiz\nT2\ta 0 2;0 2\tPM PM\n")
    assert quotes(reading) == {"T1": ["PM Ana Ruiz"], "T2": ["PM"]}


def test_huge_lines_and_many_of_them_are_read_in_one_pass(tmp_path):
    blanks, count = " \t" * 100_000, 20_000
    events = "".join(f"T{at}\tt {2 * at} {2 * at + 1}\ta\nE{at}\tt:T{at}\n" for at in range(2, count))
    ann = f"{events}A1\tsure E2 a{blanks}b\nT1\tt 0 1\ta\n" + "x\n" * 200_000
    reading = one(tmp_path, ann, "a " * count)
    assert len(reading.annotations) == count - 1
    assert [each.partition(" stays")[0] for each in reading.problems] == [f"x.ann, line {2 * count - 2}: T1"]


def test_more_types_than_a_codebook_can_have_are_refused(tmp_path):
    ann = "".join(f"T{at}\tt{at} 0 2\tPM\n" for at in range(3_001))
    with pytest.raises(UserError, match="far too large for a codebook"):
        one(tmp_path, ann)


def test_a_note_on_a_relation_that_is_left_out_is_left_out_too(tmp_path):
    ann = "T1\tactor 0 11\tPM Ana Ruiz\nR1\tby Arg1:T1 Arg2:T9\n#1\tAnnotatorNotes R1\tperhaps\n"
    reading = one(tmp_path, ann)
    assert [each.memo for each in reading.annotations] == [""]
    assert [each.split(": ")[0] for each in reading.problems] == ["x.ann, line 2", "x.ann, line 3"]


def test_digits_of_other_scripts_are_no_offsets(tmp_path):
    assert len(one(tmp_path, "T1\ta ٠ ٢\tPM\n").problems) == 1


def test_types_that_look_like_paths_or_are_too_long_make_a_codebook_all_the_same(tmp_path):
    conf = f"[entities]\na\n\tb\n{'p' * 120}1\n\tc\n{'p' * 120}2\n\td\n" + "".join(
        "\t" * at + f"deep{at}\n" for at in range(300)
    )
    keys = ("b", "a/b", "c", "d", "deep299")
    ann = "".join(f"T{at}\t{key} 0 2\tPM\n" for at, key in enumerate(keys))
    top = folder(tmp_path / "set", x_txt=TEXT, x_ann=ann)
    (top / "annotation.conf").write_text(conf, encoding="utf-8")
    book = read(top).codebook
    assert {each.name for each in book.codes} == {"a", *keys}
    (top / "annotation.conf").write_bytes(b"\xff")
    with pytest.raises(UserError, match=r"annotation\.conf: this is not UTF-8"):
        read(top)


def test_what_is_not_utf_8_is_told(tmp_path):
    reading = read(
        folder(tmp_path, x_txt=TEXT, x_ann="", y_txt=b"caf\xe9", y_ann="", z_txt="fine", z_ann=b"\xff")
    )
    assert [each.split(":")[0] for each in reading.problems] == ["y.txt", "z.ann"]
    assert [review.article_id for review in reading.reviews] == ["text:x"]


def test_the_configuration_gives_paths_values_and_roles(tmp_path):
    conf = "[entities]\n!Person\n\tHero\n[attributes]\nsure\tArg:<ENTITY>, Value:low|high\n[events]\nwarn Who2:Person\n"
    top = folder(
        tmp_path, x_txt=TEXT, x_ann="T1\tHero 0 11\tPM Ana Ruiz\nA1\tsure T1 high\n", annotation_txt=""
    )
    (top / "annotation.conf").write_text(conf, encoding="utf-8")
    book = read(top).codebook
    assert [[code.name for code in book.path(each.id)] for each in book.codes] == [
        ["Person"],
        ["Person", "Hero"],
    ]
    assert book.codes[0].attributes[0].choices == ("low", "high")


@pytest.mark.skipif(not SHARED.exists(), reason="the real examples are not here")
def test_real_folders_fit_to_the_last_span():
    news, six = (read(SHARED / "real" / name) for name in ("brat-news", "brat-six-coders"))
    assert (len(news.articles), len(news.annotations), news.problems) == (13, 119, ())
    assert (len(six.articles), len(six.coders), len(six.annotations)) == (4, 6, 1305)
    assert six.problems == ()
