"""What the house itself adds: the person's data about signing in, its record, and what is told when that breaks."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.contributions import contribute
from linli.kernel.notices import NoticeKind, declare_kind
from linli.kernel.scope import nobody
from linli.site.accounts.addresses import keep_books
from linli.site.accounts.leaving import PERSONAL
from linli.site.accounts.recording import listen
from linli.site.directory import DOUBTFUL, LEFT
from linli.site.proving import CHAINS, SILENT

contribute(PERSONAL)
listen()
declare_kind(NoticeKind(CHAINS, _("The audit record is not whole"), may_switch_off=nobody))
declare_kind(NoticeKind(SILENT, _("The audit record does not reach its collector"), may_switch_off=nobody))
declare_kind(NoticeKind(LEFT, _("Somebody is no longer in the directory"), may_switch_off=nobody))
declare_kind(NoticeKind(DOUBTFUL, _("The directory was not followed"), may_switch_off=nobody))
keep_books()
