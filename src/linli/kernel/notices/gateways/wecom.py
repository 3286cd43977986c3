"""WeCom (企业微信): a text message of the house's own application to a member."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.notices.gateways.asking import Question, address, as_json, ask
from linli.kernel.notices.gateways.telephone import OutsideDoor, pointer
from linli.kernel.notices.gateways.tokens import judged, with_token
from linli.kernel.notices.models import Delivery
from linli.kernel.notices.ways import NeverArrives

WECOM = "wecom"
WINDOW = 14_400
"""Seconds within which the service takes the same text to the same member for a repeat; the longest it offers."""


class WeComDoor(OutsideDoor):
    """The application's ``corp``, ``agent`` and ``secret``; people are found by the identity they linked."""

    name = WECOM
    title = _("WeCom")
    repeats = timedelta(seconds=WINDOW - 60)

    def _token(self) -> dict[str, Any]:
        own = self.configured()
        url = address(own["address"], "/cgi-bin/gettoken", corpid=own["corp"], corpsecret=own["secret"])
        return ask(Question(url, seconds=self.seconds()))

    def send(self, delivery: Delivery) -> str:
        """The message's number at WeCom. Raises TryLater, NeverArrives, Unclear."""
        own = self.configured()
        content = {
            "touser": self.address_of(delivery),
            "msgtype": "text",
            "agentid": int(own["agent"]),
            "text": {"content": pointer(delivery)},
            "enable_duplicate_check": 1,
            "duplicate_check_interval": WINDOW,
        }

        def once(token: str) -> dict[str, Any]:
            url = address(own["address"], "/cgi-bin/message/send", access_token=token)
            kind = {"Content-Type": "application/json"}
            return ask(Question(url, "POST", as_json(content), kind, self.seconds()))

        answer = with_token((self.name, own["address"], own["corp"], own["agent"]), self._token, once)
        if answer.get("errcode") == 0 and answer.get("invaliduser"):
            raise NeverArrives(_("The service does not know this member any more."))
        return judged(answer, receipt="msgid")
