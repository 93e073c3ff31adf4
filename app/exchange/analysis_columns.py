"""What the cells of an export for analysis hold: names of coders, codes and columns, and answers as text."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from app.domain.answers import NOT_IN_TEXT, AnnotationTarget, Answer, EntityTarget, NotInText, Target
from app.domain.codebook import Attribute, Code, Codebook
from app.domain.coders import Coder, distinct_names
from app.domain.ids import AttributeId, CodeId, CoderId

BETWEEN = "|"


class Names:
    """Names as every file of one export uses them; never ambiguous."""

    def __init__(self, codebook: Codebook, coders: Sequence[Coder]) -> None:
        self.codebook = codebook
        self.coders: Mapping[CoderId, str] = distinct_names(coders)
        self.codes: Mapping[CodeId, str] = {code.id: code.name for code in codebook.codes}
        self.layers: Mapping[CodeId, str] = {code.id: codebook.layer(code.id).name for code in codebook.codes}
        self.attributes: Mapping[AttributeId, str] = _attribute_columns(codebook)
        self.layer_ids: Mapping[CodeId, CodeId] = {
            code.id: codebook.layer(code.id).id for code in codebook.codes
        }
        self.questions: Mapping[CodeId, Sequence[Attribute]] = {
            code.id: tuple(codebook.questions(code.id)) for code in codebook.codes
        }
        self.variables: Mapping[AttributeId, str] = {
            each.id: f"var.{each.name}" for each in codebook.variables
        }


def cell(answer: Answer | None) -> object:
    """Return an answer as one cell: several values with bars between, links as ids."""
    match answer:
        case None:
            return ""
        case bool():
            return "yes" if answer else "no"
        case int() | float():
            return int(answer) if float(answer).is_integer() else answer
        case tuple():
            return BETWEEN.join(each if isinstance(each, str) else target_id(each) for each in answer)
        case _:
            return answer


def target_id(target: Target) -> str:
    """Return what a link points at."""
    match target:
        case AnnotationTarget():
            return target.annotation
        case EntityTarget():
            return target.entity
        case NotInText():
            return NOT_IN_TEXT


def codebook_rows(codebook: Codebook) -> Iterable[Sequence[object]]:
    """Yield a row for every code, every attribute and every article variable."""
    for _depth, code in codebook.walk():
        layer = codebook.layer(code.id).name
        parent = codebook.code(code.parent).name if code.parent else ""
        yield (
            *("code", layer, code.name, code.id, parent, code.colour, code.shortcut, code.definition),
            *(code.when, code.when_not, BETWEEN.join(code.examples), _yes_no(code.exclusive)),
            *("", "", "", "", "", ""),
        )
        for attribute in code.attributes:
            yield ("attribute", layer, code.name, code.id, *[""] * 8, *_attribute_cells(attribute))
    for variable in codebook.variables:
        yield ("variable", "", "", "", *[""] * 8, *_attribute_cells(variable))


CODEBOOK_HEADER = (
    *(
        "kind_of_row",
        "layer",
        "code",
        "code_id",
        "parent",
        "colour",
        "shortcut",
        "definition",
        "when",
        "when_not",
    ),
    *("examples", "exclusive", "attribute", "attribute_id", "attribute_kind", "required", "choices", "help"),
)


def _attribute_cells(attribute: Attribute) -> tuple[object, ...]:
    choices = BETWEEN.join(attribute.choices)
    required = _yes_no(attribute.required)
    return attribute.name, attribute.id, attribute.kind.value, required, choices, attribute.help


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"


def _attribute_columns(codebook: Codebook) -> dict[AttributeId, str]:
    times = Counter(code.name for code in codebook.codes)

    def name_of(code: Code) -> str:
        return code.name if times[code.name] == 1 else "/".join(each.name for each in codebook.path(code.id))

    return {
        attribute.id: f"attr.{name_of(code)}.{attribute.name}"
        for _depth, code in codebook.walk()
        for attribute in code.attributes
    }
