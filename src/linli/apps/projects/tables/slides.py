"""The slides of one project: its records put into the street's template, or into the shipped one."""

from io import BytesIO

from linli.apps.projects.models import ClosingFile, SlideTemplate
from linli.apps.projects.queries.closing.deck import MOST_PHOTOS, TEXTS, Deck, filled, plain_deck
from linli.apps.projects.queries.closing.files import facts_of, photos_of
from linli.apps.projects.tables.closing import ACCOUNT, INDICATORS, account_rows, indicator_rows, satisfaction_words
from linli.kernel import files
from linli.kernel.documents.layouts.blocks import shown
from linli.kernel.files import StoredFile
from linli.kernel.money import format_yuan


def deck_of(closing: ClosingFile) -> Deck:
    """Texts, tables and up to four pictures of a project."""
    project, facts = closing.project, facts_of(closing.project)
    texts = dict.fromkeys(TEXTS, "")
    texts |= {one.code: one.text for one in closing.sections.all() if one.code in TEXTS}
    texts |= {
        "title": project.title, "bearer": str(project.carried_by), "place": project.place.name,
        "year": str(project.year), "number": project.number, "amount": format_yuan(project.amount),
        "satisfaction": satisfaction_words(facts),
        "spent": format_yuan(facts.spending.total.paid) if facts.spending else "",
    }  # fmt: skip
    rows, total = account_rows(facts)
    tables = {
        "indicator table": [[one.title for one in INDICATORS], *indicator_rows(facts.indicators)],
        "account table": [[one.title for one in ACCOUNT], *([shown(cell) for cell in row] for row in [*rows, total])]
        if rows
        else [],
    }
    return Deck(texts, tables, [_bytes(one.stored) for one in photos_of(project)[:MOST_PHOTOS]])


def _bytes(row: StoredFile) -> bytes:
    with files.opened(row) as body:
        return bytes(BytesIO(body.read()).getvalue())


def slides_of(closing: ClosingFile) -> bytes:
    """The filled slides; of the highest version the street took in, else of the shipped ones."""
    own = SlideTemplate.objects.filter(street=closing.project.street_id).first()
    stored = StoredFile.objects.filter(pk=own.file_id).first() if own is not None else None
    return filled(_bytes(stored) if stored is not None else plain_deck(), deck_of(closing))
