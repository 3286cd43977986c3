"""DingTalk (钉钉): a work notice (工作通知) of the house's own application to a member."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.notices.gateways.asking import Question, address, as_json, ask
from linli.kernel.notices.gateways.telephone import OutsideDoor, pointer
from linli.kernel.notices.gateways.tokens import judged, with_token
from linli.kernel.notices.models import Delivery

DINGTALK = "dingtalk"


class DingTalkDoor(OutsideDoor):
    """The application's ``key``, ``secret`` and ``agent``; people are found by the identity they linked."""

    name = DINGTALK
    title = _("DingTalk")

    def _token(self) -> dict[str, Any]:
        own = self.configured()
        url = address(own["address"], "/gettoken", appkey=own["key"], appsecret=own["secret"])
        return ask(Question(url, seconds=self.seconds()))

    def send(self, delivery: Delivery) -> str:
        """The task's number at DingTalk. Raises TryLater, NeverArrives, Unclear."""
        own = self.configured()
        content = {
            "agent_id": int(own["agent"]),
            "userid_list": self.address_of(delivery),
            "msg": {"msgtype": "text", "text": {"content": pointer(delivery)}},
        }

        def once(token: str) -> dict[str, Any]:
            url = address(own["address"], "/topapi/message/corpconversation/asyncsend_v2", access_token=token)
            kind = {"Content-Type": "application/json"}
            return ask(Question(url, "POST", as_json(content), kind, self.seconds()))

        answer = with_token((self.name, own["address"], own["key"]), self._token, once)
        return judged(answer, receipt="task_id")
