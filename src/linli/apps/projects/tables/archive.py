"""The archive of a project: a zip that streams, with its catalogue (document 38), hashes, and what is only on paper."""

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any

from django.db.models import Q
from django.utils import timezone

from linli.apps.projects.models import ClosingFile, Evidence, Project
from linli.apps.projects.queries.closing.files import owners_of, photos_of
from linli.apps.projects.tables.closing import account_paper, closing_report, opinion_paper, satisfaction_paper
from linli.kernel import documents, files
from linli.kernel.documents import Paper
from linli.kernel.errors import Missing
from linli.kernel.files import StoredFile
from linli.kernel.settings import value_of
from linli.kernel.tables import write_xlsx

PIECE = 2**18
HEADINGS = ("件号", "责任者", "文号", "题名", "日期", "密级", "页数", "保管期限", "存放", "文件名", "SHA-256")
ON_PAPER = ("序号", "材料", "所属环节", "存放处", "日期", "核对（√）")
LOST = "原件缺失，请向管理员核查"
TO_COUNT = "打印后填"
"""Pages of what tells none: a Word file has as many as the printer of whoever binds it makes of it."""
FOLDERS = ("1报告与表格", "2佐证与附件", "3照片")


@dataclass(frozen=True)
class Piece:
    """One paper of the archive: who is responsible for it, its title, day and how its bytes are opened."""

    folder: str
    title: str
    suffix: str
    day: date | None
    responsible: str
    number: str = ""
    open: Callable[[], IO[bytes]] = io.BytesIO
    pages: int | None = None
    secrecy: str = "内部"


@dataclass
class Catalogue:
    """The rows written so far."""

    term: str
    rows: list[list[Any]] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)

    def enter(self, piece: Piece, name: str, digest: str) -> None:
        """One more paper, in the order of the zip."""
        kept = "电子（本压缩包）" if digest else LOST
        self.rows.append([
            len(self.rows) + 1, piece.responsible, piece.number, piece.title, piece.day, piece.secrecy,
            piece.pages if piece.pages is not None else TO_COUNT, self.term, kept, name, digest,
        ])  # fmt: skip
        if digest:
            self.hashes.append(f"{digest}  {name}")


class _Drain(io.RawIOBase):
    """What a zip is written to: keeps only what was not taken yet, so that nothing grows."""

    def __init__(self) -> None:
        self.held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.held += data
        return len(data)

    def take(self) -> bytes:
        """What was written since the last time."""
        found = bytes(self.held)
        self.held.clear()
        return found


def pieces_of(project: Project) -> Iterator[Piece]:
    """The papers of a project, one after the other: printed reports, then files, then photos."""
    bearer = str(project.carried_by)
    closing = ClosingFile.objects.filter(project=project).select_related("project__street", "project__place").first()
    if closing is not None:
        day = timezone.localdate(closing.submitted_at or closing.opened_at)
        papers = ((closing_report, "结项报告"), (account_paper, "经费决算表"), (satisfaction_paper, "满意度统计表"))
        for make, title in papers:
            yield _printed(make(closing), title, day, bearer, project.number)
    sheet = getattr(project, "opinions", None)
    if sheet is not None:
        given = timezone.localdate(sheet.issued_at)
        yield _printed(opinion_paper(sheet), "评审意见反馈单", given, bearer, project.number)
    for row in _files(project):
        picture = row.content_type.startswith("image/")
        yield Piece(
            FOLDERS[2 if picture else 1], Path(row.name).stem, Path(row.name).suffix, timezone.localdate(row.made_at),
            bearer, open=_opener(row), pages=files.page_count(row),
        )  # fmt: skip


def _files(project: Project) -> Iterable[StoredFile]:
    """Files and photos of everything that belongs to the project, and of what it stands on, row by row."""
    ids = owners_of(project)
    ids += [key for key in (project.agreement_id, project.proposal_id, project.commitment_id) if key]
    mine = Q(owner_id__in=ids) | Q(shown_as__in=photos_of(project).order_by().values("pk"))
    rows = StoredFile.objects.filter(mine, small_of__isnull=True).order_by("id")
    return rows.iterator(chunk_size=100)


def _opener(row: StoredFile) -> Callable[[], IO[bytes]]:
    return lambda: files.opened(row)


def _printed(paper: Paper, title: str, day: date, responsible: str, number: str) -> Piece:
    """A report as a Word file: setting a PDF takes more memory than all the photos together."""
    content = documents.write_paper(paper)
    return Piece(FOLDERS[0], title, ".docx", day, responsible, number, lambda: io.BytesIO(content))


def stream(project: Project) -> Iterator[bytes]:
    """The zip, piece by piece: no more than one piece of a file stands in memory. A lost file is named, not skipped."""
    drain = _Drain()
    catalogue = Catalogue(str(value_of("projects.archive_term", street=project.street_id)))
    with zipfile.ZipFile(drain, "w", zipfile.ZIP_STORED) as archive:
        for number, piece in enumerate(pieces_of(project), 1):
            name = f"{piece.folder}/{number:03d}_{_clean(piece.title)}{piece.suffix}"
            digest = yield from _add(archive, drain, piece, name)
            catalogue.enter(piece, name, digest)
        archive.writestr("卷内目录.xlsx", workbook("卷内目录", HEADINGS, catalogue.rows))
        archive.writestr("纸质材料核对单.xlsx", workbook("纸质材料核对单", ON_PAPER, paper_rows(project)))
        yield drain.take()
        archive.writestr("校验值SHA256.txt", "\n".join([*catalogue.hashes, ""]))
    yield drain.take()


def _add(archive: zipfile.ZipFile, drain: _Drain, piece: Piece, name: str) -> Generator[bytes, None, str]:
    """Write one file and give its SHA-256; "" where the store lost it."""
    digest = hashlib.sha256()
    try:
        body = piece.open()
    except Missing:
        return ""
    info = zipfile.ZipInfo(name, date_time=timezone.localtime().timetuple()[:6])
    with body, archive.open(info, "w", force_zip64=True) as into:
        while part := body.read(PIECE):
            digest.update(part)
            into.write(part)
            yield drain.take()
    yield drain.take()
    return digest.hexdigest()


def _clean(title: str) -> str:
    return "".join(sign for sign in title if sign not in '\\/:*?"<>|\n')[:60] or "未命名"


def paper_rows(project: Project) -> list[list[Any]]:
    """What lies only on paper: evidence that says where, and the papers that are signed by hand."""
    rows = Evidence.objects.filter(milestone__project=project).exclude(on_paper="").select_related("milestone")
    rows = rows.order_by("milestone__number", "number")
    found: list[list[Any]] = [[one.title, one.milestone.title, one.on_paper, one.given_on] for one in rows]
    if project.agreement_id:
        found.append(["项目协议书原件（签章）", "立项", "", None])
    if project.commitment_id:
        found.append(["报账票据原件", "经费", "", None])
    found.append(["结项报告签章页", "结项", "", None])
    return [[number, *row, ""] for number, row in enumerate(found, 1)]


def workbook(title: str, headings: Any, rows: Any) -> bytes:
    """A table as an Excel file."""
    with tempfile.TemporaryDirectory(prefix="linli-archive-") as folder:
        path = Path(folder) / "rows.xlsx"
        write_xlsx(path, list(headings), rows, title=title)
        return path.read_bytes()
