"""What projects tell people: the kinds of their notices."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.notices import NoticeKind, declare_kind
from linli.kernel.scope import nobody


def contribute() -> None:
    """Declare them; a warning whose silence fails a project cannot be switched off."""
    declare_kind(NoticeKind("projects.midterm.remind", _("A mid-term self-report is due"), may_switch_off=nobody))
