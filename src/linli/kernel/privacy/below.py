"""What the mechanisms below keep about a person, and for how long: files uploaded, work asked for, the record."""

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel.contributions.kinds import Basis, Person, PersonalData
from linli.kernel.files.models import StoredFile
from linli.kernel.jobs.models import Job, State
from linli.kernel.privacy.freezing import nothing_rests, stays
from linli.kernel.privacy.retention import Retention, retain


def find_files(person: Person) -> int:
    """How many files this account uploaded."""
    return StoredFile.objects.filter(uploader_id=person.user_id).count() if person.user_id else 0


def export_files(person: Person) -> list[dict[str, Any]]:
    """Names and days; the files themselves belong to the records they lie with."""
    rows = StoredFile.objects.filter(uploader_id=person.user_id) if person.user_id else StoredFile.objects.none()
    return [{"文件": row.name, "上传时间": row.made_at.isoformat()} for row in rows.order_by("id")]


def erase_files(person: Person) -> str | Promise:
    """Who uploaded a file is forgotten; the file stays with its record."""
    if person.user_id and StoredFile.objects.filter(uploader_id=person.user_id).update(uploader_id=None):
        return _("The files stay with the records they belong to, without your name.")
    return ""


def find_jobs(person: Person) -> int:
    """How many pieces of background work this account asked for."""
    return Job.objects.filter(owner_id=person.user_id).count() if person.user_id else 0


def export_jobs(person: Person) -> list[dict[str, Any]]:
    """Titles and days."""
    rows = Job.objects.filter(owner_id=person.user_id) if person.user_id else Job.objects.none()
    return [{"后台任务": row.told_title, "时间": row.enqueued_at.isoformat()} for row in rows.order_by("id")]


def erase_jobs(person: Person) -> str:
    """Who asked for the work is forgotten."""
    if person.user_id:
        Job.objects.filter(owner_id=person.user_id).update(owner_id=None)
    return ""


def forget_jobs(before: datetime) -> int:
    """Work that was done before a moment; failures stay until somebody has looked at them."""
    return Job.objects.filter(state=State.DONE, finished_at__lt=before).delete()[0]


FILES = PersonalData(
    name="files",
    title=_("Files you uploaded"),
    models=(StoredFile,),
    find=find_files,
    export=export_files,
    erase=erase_files,
    freeze=stays(_("Who uploaded a file is shown nowhere; the file is used with the record it belongs to.")),
    unfreeze=nothing_rests,
    purpose=_("So that a file can be traced to whoever put it there"),
    basis=Basis.DUTY,
    retention="files",
)
JOBS = PersonalData(
    name="jobs",
    title=_("Background work you asked for"),
    models=(Job,),
    find=find_jobs,
    export=export_jobs,
    erase=erase_jobs,
    freeze=stays(_("Only you and the system administrator see it, until it is removed.")),
    unfreeze=nothing_rests,
    purpose=_("So that you find again what you started"),
    basis=Basis.DUTY,
    retention="jobs",
)

retain(
    Retention(
        "audit", 180, "网络安全法第二十一条第三项", "A", title=_("The record of who did what"),
        since=_("from the end of the month; money and decisions: for ever"), setting="audit.retention_days",
        carried_out=_("every night at 02:30 the keys of months that ended are destroyed"),
    )
)  # fmt: skip
retain(
    Retention(
        "files", None, "随所属记录", "K", title=_("Uploaded files"), since=_("as long as the record they belong to"),
        carried_out=_("every night at 03:40 bytes without a record are removed"),
    )
)  # fmt: skip
retain(
    Retention(
        "jobs", 180, "街道自定（最短保存，个人信息保护法第十九条）", "K", title=_("Background work that is done"),
        since=_("from the day it was done"), remove=forget_jobs,
    )
)  # fmt: skip
