"""Short messages: approved texts only, inside the hours of the house, so many a day to one person, never a link."""

from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.notices.gateways import aliyun, signed
from linli.kernel.notices.gateways.telephone import OutsideDoor
from linli.kernel.notices.gateways.templates import Wording, filled, has_link, read_templates
from linli.kernel.notices.models import Delivery, DeliveryState
from linli.kernel.notices.ways import NeverArrives
from linli.kernel.notices.wishes import next_after

SMS = "sms"
GATEWAYS = {"aliyun": aliyun.send, "signed": signed.send}
MAY_HAVE_LEFT = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)


def wordings() -> dict[str, Wording]:
    """The approved texts by kind; none where no gateway is set up. Raises ImproperlyConfigured."""
    own = settings.LINLI_MESSAGES.get(SMS)
    return read_templates(own["templates"]) if own else {}


def sent_today(delivery: Delivery) -> int:
    """How many others left, or may have left, for the same person since midnight."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    left = Q(state__in=MAY_HAVE_LEFT, claimed_at__gte=midnight) | Q(unsure_since__gte=midnight)
    mine = Delivery.objects.filter(left, door=SMS, notice__recipient=delivery.notice.recipient)
    return mine.exclude(pk=delivery.pk).count()


class SmsDoor(OutsideDoor):
    """``gateway``, ``address``, ``key``, ``secret``, ``signature``, ``templates``, ``hours``, ``a_day``."""

    name = SMS
    title = _("short message")

    @property
    def repeats(self) -> timedelta:  # type: ignore[override]  # it depends on the gateway of the house
        """A gateway that knows messages by their number may be asked again; Aliyun's may not."""
        return timedelta(days=1) if self.configured().get("gateway") == "signed" else timedelta(0)

    def carries(self, kind: str) -> bool:
        return super().carries(kind) and kind in wordings()

    def opens_at(self, now: datetime) -> datetime | None:
        """Outside the hours of the house: their next beginning."""
        start, end = self.configured().get("hours", (time.min, time.min))
        return next_after(now, end, start) if start != end else None

    def send(self, delivery: Delivery) -> str:
        """The gateway's receipt. Raises TryLater, NeverArrives, Unclear."""
        own: dict[str, Any] = self.configured()
        wording = wordings().get(delivery.notice.kind)
        if wording is None:
            raise NeverArrives(_("There is no approved text for this kind of message."))
        variables = filled(wording, delivery)
        if any(has_link(value) for value in variables.values()):
            raise NeverArrives(_("A short message carries no link; this one was not sent."))
        phone = self.address_of(delivery)
        if sent_today(delivery) >= own["a_day"]:
            raise NeverArrives(_("This person has had as many short messages today as the house allows."))
        gateway = GATEWAYS[own["gateway"]]
        return gateway(
            own,
            phone=phone,
            template=wording.template,
            variables=variables,
            number=delivery.pk.hex,
            seconds=self.seconds(),
        )
