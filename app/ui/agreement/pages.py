"""The tabs with tables: what differs, every measure, articles, and what is left out."""

from PySide6.QtCore import Slot

from app.domain.comparing import Corpus, DifferenceKind
from app.domain.progress import Progress
from app.project.agreement_details import by_article
from app.project.agreement_words import measure
from app.project.behind import Behind, differences_behind
from app.ui.agreement.page import Page, Reckon, Room, Shown, Subject
from app.ui.agreement.places import Place
from app.ui.agreement.sheets import articles_sheet, differences_sheet, left_out_sheet, measures_sheet
from app.ui.buttons import Button

_OLDER = (
    "INCEpTION and DKPro show αU of 1995, which its author replaced by uα in 2016: their values differ from these by "
    "design."
)


class DifferencesPage(Page):
    """Every place where coders do not say the same, or those behind one number."""

    title = "Differences"

    def __init__(self, room: Room) -> None:
        super().__init__("differences", "What differs", room)
        self._behind = Behind()
        hint = "All differences of this variable again"
        self.every = Button("agreement-every", "Show &all", self.widen, hint)
        self.every.hide()
        self.choices.addWidget(self.every)

    def narrow(self, behind: Behind) -> None:
        """Show only what is behind one number."""
        self._behind = behind
        self.every.setVisible(behind != Behind())
        self.changed.emit()

    def holds_in(self, corpus: Corpus) -> bool:
        """Tell whether the number behind which is looked is one of this corpus."""
        articles = {each.id for each in corpus.articles}
        article_id = self._behind.article_id
        return set(self._behind.coders) <= set(corpus.coders) and (
            article_id is None or article_id in articles
        )

    @Slot()
    def widen(self) -> None:
        """Show everything again."""
        self.narrow(Behind())

    def choice(self) -> object:
        """Return the number behind which is looked."""
        return self._behind

    def reckon(self, subject: Subject) -> Reckon:
        """Find what differs."""
        corpus, variable, behind = subject.corpus, subject.variable, self._behind

        def work(_progress: Progress) -> Shown:
            found = differences_behind(corpus, variable, behind)
            coders = {
                coder: name
                for coder, name in corpus.coders.items()
                if not behind.coders or coder in behind.coders
            }
            kinds = ", ".join(
                f"{count:,} {kind}"
                for kind in DifferenceKind
                if (count := sum(each.kind is kind for each in found))
            )
            where = _where(subject, behind)
            if not found:
                return Shown(f"{where}Nothing differs here.", differences_sheet((), coders))
            return Shown(f"{where}{kinds}. Enter shows the place.", differences_sheet(found, coders))

        return work

    def lead(self, behind: object) -> None:
        """Lead to the place."""
        self.place_wanted.emit(behind)


def _where(subject: Subject, behind: Behind) -> str:
    """Say behind which number is looked."""
    names = [subject.corpus.coders[each] for each in behind.coders if each in subject.corpus.coders]
    titles = [each.title for each in subject.corpus.articles if each.id == behind.article_id]
    parts = [" and ".join(names), *(f"“{each}”" for each in titles)]
    if behind.cell:
        parts.append(f"“{behind.cell[0]}” by one, “{behind.cell[1]}” by the other")
    told = ", ".join(filter(None, parts))
    return f"{told}: " if told else ""


class MeasuresPage(Page):
    """Every coefficient of the variable."""

    title = "All measures"

    def __init__(self, room: Room) -> None:
        super().__init__("measures", "All measures", room)

    def choice(self) -> object:
        """Rows are those that are there already, so that nothing is kept."""
        return None

    def reckon(self, subject: Subject) -> Reckon:
        """Lay out the rows."""
        words = f"{_OLDER} " if subject.variable.kind.marked else ""
        words += ".667 and .800 are marks for measures of the alpha type only, not for F1, AC1 or γ."
        return lambda _progress: Shown(words, measures_sheet(subject.results))


class ArticlesPage(Page):
    """The headline of every article alone."""

    title = "By article"

    def __init__(self, room: Room) -> None:
        super().__init__("articles", "Agreement by article", room)
        self.open = Button("agreement-open", "&Show the article", self._on_open)
        self.choices.addWidget(self.open)

    def reckon(self, subject: Subject) -> Reckon:
        """Work out every article."""

        def work(progress: Progress) -> Shown:
            found = by_article(subject.corpus, subject.variable, progress)
            symbol = measure(subject.results[0].measure).symbol if subject.results else ""
            words = f"{symbol} of each article alone. It is never averaged. Enter shows what differs in it."
            return Shown(words, articles_sheet(found))

        return work

    @Slot()
    def _on_open(self) -> None:
        row = self.view.currentIndex().row()
        behind = self.view.sheets.rows[row].behind if 0 <= row < len(self.view.sheets.rows) else None
        if isinstance(behind, Behind) and behind.article_id:
            self.place_wanted.emit(Place(behind.article_id, 0, 0, ()))


class LeftOutPage(Page):
    """What is not compared, whatever the variable."""

    title = "Left out"

    def __init__(self, room: Room) -> None:
        super().__init__("left-out", "What is left out, and why", room)

    def reckon(self, subject: Subject) -> Reckon:
        """Lay out the reasons."""
        count = len(subject.corpus.left_out)
        words = (
            "Only independent work on articles that two coders or more have marked done is compared."
            if count
            else "Nothing is left out."
        )
        return lambda _progress: Shown(words, left_out_sheet(subject.corpus))

    def lead(self, behind: object) -> None:
        """Lead to the article."""
        self.place_wanted.emit(behind)
