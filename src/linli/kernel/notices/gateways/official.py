"""An Official Account (公众号): a template message to a follower who linked it."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.notices.gateways.asking import Question, address, as_json, ask
from linli.kernel.notices.gateways.telephone import OutsideDoor, moment_of, title_of
from linli.kernel.notices.gateways.tokens import judged, with_token
from linli.kernel.notices.models import Delivery

OFFICIAL = "official"
LONGEST = 20
"""Signs a field of a template takes."""


class OfficialAccountDoor(OutsideDoor):
    """``app``, ``secret``, ``template`` and its two fields: ``title_field``, ``time_field``."""

    name = OFFICIAL
    title = _("Official Account")
    repeats = timedelta(minutes=9)
    """The service knows a message by our number for ten minutes."""

    def _token(self) -> dict[str, Any]:
        own = self.configured()
        content = {"grant_type": "client_credential", "appid": own["app"], "secret": own["secret"]}
        url = address(own["address"], "/cgi-bin/stable_token")
        kind = {"Content-Type": "application/json"}
        return ask(Question(url, "POST", as_json(content), kind, self.seconds()))

    def send(self, delivery: Delivery) -> str:
        """The message's number at the service. Raises TryLater, NeverArrives, Unclear."""
        own = self.configured()
        content = {
            "touser": self.address_of(delivery),
            "template_id": own["template"],
            "client_msg_id": delivery.pk.hex,
            "data": {
                own["title_field"]: {"value": title_of(delivery)[:LONGEST]},
                own["time_field"]: {"value": moment_of(delivery)[:16]},
            },
        }

        def once(token: str) -> dict[str, Any]:
            url = address(own["address"], "/cgi-bin/message/template/send", access_token=token)
            kind = {"Content-Type": "application/json"}
            return ask(Question(url, "POST", as_json(content), kind, self.seconds()))

        answer = with_token((self.name, own["address"], own["app"]), self._token, once)
        return judged(answer, receipt="msgid")
