"""What was compared, made up by hypothesis: awkward names, emoji, coders of one name, overlaps, nothing found."""

from hypothesis import strategies as st

from app.domain.answers import NOT_IN_TEXT
from app.domain.codebook import Attribute, AttributeKind, Code, Codebook
from app.domain.coders import Coder, distinct_names
from app.domain.comparing import CodedArticle, CodedSpan, Coding, Corpus, LinkedTo, Unit
from app.domain.ids import AnnotationId, ArticleId, AttributeId, CodeId, CoderId
from app.domain.word_scale import WordScale
from app.project.variables import variables_of

AWKWARD = (
    *(
        "=cmd()",
        "'=cmd()",
        "-x",
        "@home",
        "a,b",
        'say "so"',
        "two\nlines",
        "two lines",
        "😀🇺🇳",
        "شخص يعمل",
        "a;b",
    ),
    *(
        "a\tb",
        "NA",
        "NA (label)",
        "∅",
        "None",
        "#",
        "O",
        "unit",
        "doc",
        "start",
        "→1",
        "label →1",
        "1",
        "2.5",
        " edge ",
    ),
)
BARRED = (*AWKWARD, "a|b", "a¦b", "a > b")
TEXTS = (
    "The minister 😀 said so. Aid groups, though, did not.",
    "قال الوزير إن المساعدات ستصل غداً 😀.\nوأضافت المنظمة.",
    "one-two… =three\n\n“four”\t五六七 eight.",
    "!?",
)

CHOICE, ORDERED, SEVERAL, YES_NO, NUMBER, LINK, WHO = (AttributeId(f"q{at}") for at in range(7))
ON_ARTICLE = {
    kind: AttributeId(f"v{at}") for at, kind in enumerate(("choice", "ordered", "several", "number"))
}
LAYER, FIRST, SECOND, OTHER = (CodeId(f"c{at}") for at in range(4))

_KINDS = AttributeKind


def _names(pool, least, most):
    return st.lists(
        st.sampled_from(pool), min_size=least, max_size=most, unique_by=lambda name: name.casefold()
    )


@st.composite
def codebooks(draw):
    layers, subs = draw(_names(BARRED, 2, 2)), draw(_names(BARRED, 2, 2))
    asked, on_article = draw(_names(BARRED, 7, 7)), draw(_names(BARRED, 4, 4))
    choices = [tuple(draw(_names(AWKWARD, 2, 4))) for _question in range(3)]
    with_choices = (_KINDS.CHOICE, _KINDS.ORDERED, _KINDS.MULTIPLE)
    questions = [
        Attribute(id=AttributeId(f"q{at}"), name=asked[at], kind=kind, choices=choices[at])
        for at, kind in enumerate(with_choices)
    ] + [
        Attribute(id=AttributeId(f"q{at}"), name=asked[at], kind=kind)
        for at, kind in enumerate((_KINDS.YES_NO, _KINDS.NUMBER, _KINDS.LINK, _KINDS.ENTITY), start=3)
    ]
    variables = [
        Attribute(id=AttributeId(f"v{at}"), name=on_article[at], kind=kind, choices=choices[at])
        for at, kind in enumerate(with_choices)
    ]
    variables.append(Attribute(id=ON_ARTICLE["number"], name=on_article[3], kind=_KINDS.NUMBER))
    grey = "#777777"
    return Codebook(
        codes=(
            Code(id=LAYER, name=layers[0], colour=grey),
            Code(id=FIRST, name=subs[0], parent=LAYER, colour=grey),
            Code(id=SECOND, name=subs[1], parent=LAYER, colour=grey),
            Code(id=OTHER, name=layers[1], colour=grey, attributes=tuple(questions)),
        ),
        variables=tuple(variables),
    )


@st.composite
def _answers(draw, questions):
    answers = {}
    for each in questions:
        if not draw(st.booleans()):
            continue
        if each.kind in (_KINDS.CHOICE, _KINDS.ORDERED):
            answers[each.id] = draw(st.sampled_from(each.choices))
        elif each.kind is _KINDS.MULTIPLE:
            answers[each.id] = frozenset(draw(st.sets(st.sampled_from(each.choices))))
        elif each.kind is _KINDS.YES_NO:
            answers[each.id] = draw(st.sampled_from(("yes", "no")))
        elif each.kind is _KINDS.NUMBER:
            answers[each.id] = draw(st.sampled_from((0.0, 1.0, -2.0, 2.5, 1e16, 0.1)))
    return answers


@st.composite
def _fragments(draw, text):
    edges = draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=4, unique=True).map(sorted))
    return tuple(zip(edges[::2], edges[1::2], strict=False))


@st.composite
def _coding(draw, prefix, text, codebook, unit):
    scale = WordScale(text)
    spans = []
    for at in range(draw(st.integers(0, 3))):
        fragments = draw(_fragments(text))
        code = draw(st.sampled_from(codebook.codes))
        links = {}
        if code.id == OTHER and draw(st.booleans()):
            to = tuple(
                AnnotationId(f"{prefix}-{each}") for each in draw(st.sets(st.integers(0, 3), max_size=2))
            )
            names = frozenset(draw(st.sets(st.sampled_from(("→1", *BARRED, NOT_IN_TEXT)), max_size=2)))
            if to or names:
                links[LINK] = LinkedTo(to, names)
        spans.append(
            CodedSpan(
                id=AnnotationId(f"{prefix}-{at}"),
                code=code.id,
                fragments=fragments,
                places=scale.places(fragments) if unit is Unit.WORDS else fragments,
                quote=" … ".join(text[start:end] for start, end in fragments),
                answers=draw(_answers(code.attributes)),
                links=links,
            )
        )
    return Coding("", tuple(spans), draw(_answers(codebook.variables)))


@st.composite
def corpora(draw, unit=None):
    """Return a corpus and the texts of its articles."""
    codebook = draw(codebooks())
    unit = unit or draw(st.sampled_from(Unit))
    names = draw(st.lists(st.sampled_from(BARRED), min_size=2, max_size=3))
    coders = [Coder(id=CoderId(f"coder-id-{at}"), name=name) for at, name in enumerate(names)]
    texts, articles = {}, []
    for at in range(draw(st.integers(1, 3))):
        text = draw(st.sampled_from(TEXTS))
        article_id = ArticleId(f"article-{at}")
        texts[article_id] = text
        # Of three coders one may not have done an article.
        done = coders if draw(st.booleans()) else coders[: max(2, len(coders) - 1)]
        codings = {each.id: draw(_coding(f"a{at}{each.id}", text, codebook, unit)) for each in done}
        length = WordScale(text).length if unit is Unit.WORDS else len(text)
        articles.append(CodedArticle(article_id, draw(st.sampled_from(BARRED)), length, codings))
    corpus = Corpus(
        coders=distinct_names(coders),
        articles=tuple(articles),
        variables=variables_of(codebook),
        left_out=(),
        unit=unit,
        tolerance=0,
        batches={},
    )
    return corpus, texts


def small_corpus(unit=Unit.CHARACTERS):
    """Return a corpus of two coders and two articles, the same in every run, and its texts."""
    questions = (
        Attribute(id=CHOICE, name="type", kind=_KINDS.CHOICE, choices=("state", "NGO")),
        Attribute(id=LINK, name="claimant", kind=_KINDS.LINK),
    )
    codebook = Codebook(
        codes=(
            Code(id=OTHER, name="Claim", colour="#777777", attributes=questions),
            Code(id=FIRST, name="demand", parent=OTHER, colour="#777777"),
        ),
        variables=(
            Attribute(id=AttributeId("v0"), name="genre", kind=_KINDS.CHOICE, choices=("news", "NA")),
        ),
    )
    texts = {ArticleId(f"article-{at}"): text for at, text in enumerate(TEXTS[:2])}
    places = {"coder-id-0": ((0, 8), (13, 22), (25, 35)), "coder-id-1": ((0, 7), (13, 20), (26, 35))}

    def coding(article_id, coder, genre):
        scale = WordScale(texts[article_id])
        spans = tuple(
            CodedSpan(
                id=AnnotationId(f"{article_id}-{coder}-{at}"),
                code=FIRST if at == 1 else OTHER,
                fragments=(place,),
                places=scale.places([place]) if unit is Unit.WORDS else (place,),
                quote=texts[article_id][slice(*place)],
                answers={CHOICE: "state" if coder.endswith("0") or at else "NGO"},
                links={LINK: LinkedTo((AnnotationId(f"{article_id}-{coder}-2"),), frozenset())},
            )
            for at, place in enumerate(places[coder])
        )
        return Coding("", spans, {AttributeId("v0"): genre})

    articles = tuple(
        CodedArticle(
            article_id,
            f"Title {at}",
            WordScale(text).length if unit is Unit.WORDS else len(text),
            {CoderId(coder): coding(article_id, coder, ("news", "NA")[at]) for coder in places},
        )
        for at, (article_id, text) in enumerate(texts.items())
    )
    names = {CoderId("coder-id-0"): "Ana", CoderId("coder-id-1"): "Ben"}
    return Corpus(names, articles, variables_of(codebook), (), unit, 0, {}), texts
