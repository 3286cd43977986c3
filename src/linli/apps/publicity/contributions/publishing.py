"""How a notice becomes public: its texts, who passes it, what its period does meanwhile."""

from django.utils.translation import gettext_lazy as _

from linli.apps.publicity.models import PublicNotice
from linli.apps.publicity.permissions import CHECKERS, SIGNERS, WRITERS
from linli.apps.publicity.services import kept_beside
from linli.kernel.publication import PublicKind, declare


def texts(notice: PublicNotice) -> dict[str, str]:
    """Everything the public reads of a notice; the headings are those of its paper."""
    lines = "\n".join(
        f"{line.number} {line.unit} {line.project} {line.bearer} {line.amount or ''} {line.remark}"
        for line in notice.lines.all()
    )
    return {
        "标题": notice.title,
        "正文": notice.body,
        "名单": lines,
        "公示单位": notice.unit,
        "公示天数": f"{notice.days}",
        "受理单位": notice.office,
        "监督电话": notice.phones,
        "地址": notice.address,
        "邮箱": notice.email,
    }


def offices(notice: PublicNotice) -> list[str]:
    """Telephones and addresses of the office: what may stand although it looks like a person's."""
    return [*notice.phone_list, notice.address, notice.email]


NOTICE = PublicKind(
    "publicity.notice",
    _("Public notice"),
    texts=texts,
    writes=WRITERS,
    checks=CHECKERS,
    signs_off=SIGNERS,
    may_stand=offices,
    moved=kept_beside,
    label=lambda notice: f"{notice.title} · {notice.place.name}",
    told={"sign_off": _("signed the notice off; its period begins")},
)


def contribute() -> None:
    """Declare the kind as one that becomes public."""
    declare(NOTICE)
