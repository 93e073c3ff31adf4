"""Small projects for tests. Texts and names are made up here."""

from app.domain.articles import Draft
from app.domain.codebook import Attribute, AttributeKind, Code, Codebook
from app.domain.coders import Coder
from app.domain.ids import AnnotationId, AttributeId, CodeId, CoderId, TermId, new_id
from app.domain.spans import Span
from app.domain.words import Term
from app.project.commands import AddAnnotation, ImportArticles, ReplaceCodebook
from app.project.project import Project

ACTOR, CLAIM, CONCERN, LABOUR = (CodeId(new_id()) for _ in range(4))
TYPE, CLAIMANT, STANCE, FIGURE, ROLE, DATE, DIRECT, NOTE, WHO = (AttributeId(new_id()) for _ in range(9))
RELEVANT, TONE = (AttributeId(new_id()) for _ in range(2))

ANA = Coder(id=CoderId(new_id()), name="Ana")
BEN = Coder(id=CoderId(new_id()), name="Ben")

GATES = (
    "“We will open the gate,” the minister said, “but not before winter.”\n\n"
    "Aid groups 🚚🇺🇳 in Hořice called the camp unfit\u00a0for children.\u2028The café was full."
)
HARVEST = "The harvest was late.\nPickers at Löwen farm had not been paid since May."
ARABIC = "قال الوزير إن المساعدات ستصل غداً 😀.\nوأضافت المنظمة أن الوضع صعب."


def codebook() -> Codebook:
    kind = AttributeKind
    return Codebook(
        name="Test",
        codes=(
            Code(
                id=ACTOR,
                name="Actor",
                colour="#0072B2",
                shortcut="a",
                attributes=(
                    Attribute(
                        id=TYPE, name="type", kind=kind.CHOICE, choices=("state", "NGO"), required=True
                    ),
                    Attribute(id=ROLE, name="role", kind=kind.MULTIPLE, choices=("speaker", "victim")),
                    Attribute(id=WHO, name="entity", kind=kind.ENTITY),
                ),
            ),
            Code(
                id=CLAIM,
                name="Claim",
                colour="#D55E00",
                shortcut="c",
                attributes=(
                    Attribute(id=CLAIMANT, name="claimant", kind=kind.LINK, targets=("Actor",)),
                    Attribute(id=STANCE, name="stance", kind=kind.ORDERED, choices=("against", "for")),
                    Attribute(id=DATE, name="date", kind=kind.DATE),
                    Attribute(id=DIRECT, name="direct", kind=kind.YES_NO),
                    Attribute(id=NOTE, name="note", kind=kind.TEXT),
                ),
            ),
            Code(
                id=CONCERN,
                name="Concern",
                colour="#009E73",
                shortcut="h",
                attributes=(Attribute(id=FIGURE, name="figure", kind=kind.NUMBER),),
            ),
            Code(id=LABOUR, name="forced labour", parent=CONCERN, colour="#117733", shortcut="f"),
        ),
        variables=(
            Attribute(id=RELEVANT, name="relevance", kind=kind.YES_NO),
            Attribute(id=TONE, name="tone", kind=kind.ORDERED, choices=("bad", "good")),
        ),
    )


def term(pattern: str, **values) -> Term:
    return Term(id=TermId(new_id()), pattern=pattern, **{"colour": "#D55E00", **values})


def fill(project: Project, *texts: str) -> Project:
    """Give a new project the codebook and articles, and put Ana to work."""
    project.apply(ReplaceCodebook(codebook=codebook()))
    project.apply(
        ImportArticles(drafts=tuple(Draft(text=text) for text in texts or (GATES, HARVEST, ARABIC)))
    )
    project.sign_in(ANA)
    return project


def add(project: Project, code: CodeId, *quotes: str, article: int = 0, **values) -> AnnotationId:
    """Code the first occurrences of quotes; returns the id of the annotation."""
    target = project.articles()[article]
    text = project.text(target)
    starts = [text.index(quote) for quote in quotes]
    spans = tuple(Span(start=s, end=s + len(q)) for s, q in zip(starts, quotes, strict=True))
    annotation_id = AnnotationId(new_id())
    project.apply(AddAnnotation(id=annotation_id, article_id=target.id, code_id=code, spans=spans, **values))
    return annotation_id
