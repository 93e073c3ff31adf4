"""Codebooks as hypothesis makes them: anything that the domain allows, the awkward parts of it often."""

from hypothesis import strategies as st

from app.domain.codebook import POINTING, WITH_CHOICES, Attribute, AttributeKind, Code, Codebook
from app.domain.ids import AttributeId, CodeId, new_id

AWKWARD = (
    *("|", " | ", ">", " > ", "\\", '"', "'", "=1+1", "'=x", "-", "@", "+", "[", '["a"]', ",", ";", "\t"),
    *(
        "\n",
        "\r",
        "\r\n",
        "\0",
        "\x07",
        "\x85",
        "\u2028",
        "\ufeff",
        "\u200f",
        "شرق",
        "日本",
        "😀",
        "é",
        "&",
        "<b>",
    ),
    *(
        "When to use:",
        "Examples:",
        "• ",
        "no",
        "yes",
        "null",
        "1.0",
        "2026-05-31",
        "# x",
        "- x",
        "{",
        "%",
        " ",
    ),
)
LETTERS = st.characters(exclude_categories=["Cs"])


def texts(longest=30):
    pieces = st.one_of(st.sampled_from(AWKWARD), st.text(LETTERS, max_size=6))
    return st.lists(pieces, max_size=3).map(lambda parts: "".join(parts)[:longest])


names = texts().filter(bool)


def folded_names(count):
    return st.lists(names, min_size=count, max_size=count, unique_by=str.casefold)


@st.composite
def questions(draw, name, layers=()):
    kind = draw(st.sampled_from([each for each in AttributeKind if layers or each is not AttributeKind.LINK]))
    choice = texts(12).filter(bool).filter(lambda each: "|" not in each)
    choices = (
        tuple(draw(st.lists(choice, min_size=1, max_size=4, unique=True))) if kind in WITH_CHOICES else ()
    )
    answers = {
        AttributeKind.YES_NO: st.booleans(),
        AttributeKind.NUMBER: st.floats(allow_nan=False, allow_infinity=False),
        AttributeKind.DATE: st.sampled_from(["2026", "2026-05", "2026-05-31"]),
        AttributeKind.TEXT: names.filter(str.strip),
        AttributeKind.MULTIPLE: st.lists(st.sampled_from(choices or ("x",)), min_size=1, unique=True).map(
            tuple
        ),
    }
    default = answers.get(kind, st.sampled_from(choices or ("x",)))
    targets = (
        draw(st.lists(st.sampled_from(layers or ("x",)), unique=True)) if kind is AttributeKind.LINK else ()
    )
    return Attribute(
        id=AttributeId(new_id()),
        name=name,
        kind=kind,
        required=draw(st.booleans()),
        default=draw(st.none() if kind in POINTING else st.none() | default),
        help=draw(texts()),
        choices=choices,
        targets=tuple(targets),
    )


@st.composite
def codebooks(draw, min_codes=0):
    """A codebook of up to four codes; sub-codes may stand far behind the code above them."""
    count = draw(st.integers(min_codes, 4))
    code_names = draw(folded_names(count))
    shortcuts = draw(st.permutations("abcdef1"))
    parents = [draw(st.none() | st.sampled_from(range(at))) if at else None for at in range(count)]
    layers = tuple(name for name, parent in zip(code_names, parents, strict=True) if parent is None)
    asked = iter(draw(folded_names(6)))
    codes: list[Code] = []
    for at, (name, parent) in enumerate(zip(code_names, parents, strict=True)):
        some = [next(asked) for _ in range(draw(st.integers(0, 1)))]
        codes.append(
            Code(
                id=CodeId(new_id()),
                name=name,
                parent=None if parent is None else codes[parent].id,
                colour=draw(st.sampled_from(["#0072B2", "#FFFFFF", "#00000A"])),
                shortcut=draw(st.sampled_from(["", shortcuts[at]])),
                definition=draw(texts()),
                when=draw(texts()),
                when_not=draw(texts()),
                examples=tuple(draw(st.lists(texts(), max_size=3))),
                exclusive=parent is None and draw(st.booleans()),
                attributes=tuple(draw(questions(each, layers)) for each in some),
            )
        )
    variables = tuple(draw(questions(next(asked))) for _ in range(draw(st.integers(0, 2))))
    return Codebook(
        name=draw(texts()), version=draw(st.integers(1, 99)), codes=tuple(codes), variables=variables
    )
