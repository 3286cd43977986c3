"""What is checked when the house starts: short messages with texts that are approved, complete and without a link."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from linli.kernel.notices.gateways.sms import wordings
from linli.kernel.notices.kinds import notice_kinds


@register()
def approved_texts(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """A file that cannot be used, or a kind nobody declares, keeps the house from starting."""
    try:
        named = set(wordings())
    except ImproperlyConfigured as wrong:
        return [Error(str(wrong), id="linli.E002")]
    unknown = sorted(named - {kind.name for kind in notice_kinds()})
    return [Error(f"LINLI_SMS_TEMPLATES: there is no kind of message {name!r}", id="linli.E002") for name in unknown]
