"""Names as every tool can read them: one line, no bar, never taken for a missing value, and no two alike."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from app.domain.comparing import CodedSpan, Corpus, Given, Variable, VariableKind
from app.domain.ids import CodeId, CoderId

MISSING = "NA"
EMPTY_SET = "∅"
TARGET = "→"
"""Begins what stands for a span that is linked to; no label begins so."""

BETWEEN = "|"

_TAKEN_FOR_MISSING = frozenset(
    (MISSING, EMPTY_SET, "nan", "NaN", "-nan", "-NaN", "NULL", "null", "None", "N/A", "n/a", "<NA>", "#")
)
"""Texts that R, pandas or ReCal read as no value; a choice of that name would silently be one."""

_FOREIGN = re.compile(r"[^\w-]+")
_LONGEST_SLUG = 40


_COLUMNS: frozenset[str] = frozenset(
    ("unit", "doc", "coder", "item", "label", "start", "end", "length", "token", "token_index", "title")
)
"""Headers that stand beside those of coders."""


class Labels:
    """A label for each text, from which the text can be had again. A text that is fit keeps its own words."""

    def __init__(self, texts: Iterable[str]) -> None:
        # What is fit as it is comes first, so that its label is never given to something else.
        listed = sorted(set(texts), key=lambda text: (_fit(text) != text, text))
        self._labels: dict[str, str] = {}
        taken: set[str] = set()
        for text in listed:
            self._labels[text] = free(_fit(text), taken)

    def of(self, text: str) -> str:
        """Return the label of a text; targets of links, which are no names, stay as they are."""
        return self._labels.get(text, text)

    def knows(self, text: str) -> bool:
        """Tell whether a text has a label."""
        return text in self._labels

    def changed(self) -> dict[str, str]:
        """Return the texts by label, where the two differ."""
        return {label: text for text, label in self._labels.items() if label != text}

    def cell(self, value: Given | None) -> object:
        """Return an answer as one cell: NA where there is none, sets with bars between, `∅` for an empty one."""
        match value:
            case None:
                return MISSING
            case str():
                return self.of(value)
            case frozenset():
                return self.joined(value)
            case _:
                return number(value)

    def joined(self, texts: Iterable[str]) -> str:
        """Return a set as one cell."""
        return BETWEEN.join(sorted(map(self.of, texts))) or EMPTY_SET


def free(wanted: str, taken: set[str]) -> str:
    """Return what is wanted, with a number where it is taken; it is taken then."""
    found, number_ = wanted, 2
    while found in taken:
        found, number_ = f"{wanted} ({number_})", number_ + 1
    taken.add(found)
    return found


def number(value: float) -> int | float:
    """Return a number without a point where it is whole and comes back the same."""
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else value


def labels_of_corpus(corpus: Corpus) -> Labels:
    """Return the labels of everything that has a name: coders, variables, codes, answers, entities."""
    return Labels(_texts(corpus))


def coder_labels(corpus: Corpus, labels: Labels) -> dict[CoderId, str]:
    """Return the label of each coder, none of which is the header of another column."""
    taken: set[str] = {*_COLUMNS}
    return {coder: free(labels.of(name), taken) for coder, name in corpus.coders.items()}


def _texts(corpus: Corpus) -> Iterator[str]:
    yield from ("yes", "no")
    yield from corpus.coders.values()
    for variable in corpus.variables:
        yield variable.name
        yield from variable.names
        if variable.attribute is not None:
            yield from variable.attribute.choices
            yield from (option_name(variable, option) for option in variable.attribute.choices)
    for article in corpus.articles:
        for coding in article.codings.values():
            yield from _answered(coding.answers.values())
            for span in coding.spans:
                yield from _answered(span.answers.values())
                for linked in span.links.values():
                    yield from linked.names


def _answered(answers: Iterable[Given]) -> Iterator[str]:
    for answer in answers:
        if isinstance(answer, str):
            yield answer
        elif isinstance(answer, frozenset):
            yield from answer


def option_name(variable: Variable, option: str) -> str:
    """Return what one choice of several is called where it stands alone, as in the results."""
    return f"{variable.name} = {option}"


def _fit(text: str) -> str:
    plain = " ".join(text.split()).replace(BETWEEN, "¦") or "?"
    if plain.startswith(TARGET):
        return f"label {plain}"
    return f"{plain} (label)" if plain in _TAKEN_FOR_MISSING else plain


def slug(number_: int, name: str) -> str:
    """Return a name for a file or folder that every system takes; the number keeps it apart from all others."""
    return f"{number_:02}-{_FOREIGN.sub('-', name)[:_LONGEST_SLUG].strip('-')}".rstrip("-")


def slugs_of(variables: Sequence[Variable]) -> dict[str, str]:
    """Return the name of a file for each variable, by its key."""
    return {each.key: slug(place, each.name) for place, each in enumerate(variables, start=1)}


Label = Callable[[CodeId], str | None]


def labelled_by(variable: Variable, labels: Labels) -> Label:
    """Return how spans are labelled: by the layer as a whole, or by each code; None for those of others."""
    if variable.kind is VariableKind.LAYER:
        found: Mapping[CodeId, str] = dict.fromkeys(variable.codes, labels.of(variable.name))
    else:
        found = {code: labels.of(name) for code, name in zip(variable.codes, variable.names, strict=True)}
    return found.get


def code_paths(variables: Sequence[Variable]) -> dict[CodeId, tuple[str, str]]:
    """Return layer and path of every code."""
    return {
        code: (each.layer, name)
        for each in variables
        if each.kind is VariableKind.LAYER
        for code, name in zip(each.codes, each.names, strict=True)
    }


def coded_layers(variables: Sequence[Variable]) -> list[Variable]:
    """Return for each layer what tells its codes apart, itself where it has one code; then that of all codes."""
    return [
        each
        for each in variables
        if each.kind is VariableKind.CODES or (each.kind is VariableKind.LAYER and len(each.codes) == 1)
    ]


def spans_of(spans: Sequence[CodedSpan], label: Label) -> Iterator[tuple[CodedSpan, str]]:
    """Yield the spans that have a label."""
    for span in spans:
        if (name := label(span.code)) is not None:
            yield span, name
