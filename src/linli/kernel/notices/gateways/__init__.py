"""Ways to telephones: SMS, WeCom, DingTalk, an Official Account; each closed until the house sets it up."""

from linli.kernel.notices.gateways.dingtalk import DINGTALK, DingTalkDoor
from linli.kernel.notices.gateways.official import OFFICIAL, OfficialAccountDoor
from linli.kernel.notices.gateways.sms import SMS, SmsDoor
from linli.kernel.notices.gateways.wecom import WECOM, WeComDoor
from linli.kernel.notices.ways import register_door

__all__ = ["DINGTALK", "OFFICIAL", "SMS", "WECOM", "open_gateways"]


def open_gateways() -> None:
    """Make the four ways known; called once, when the house starts."""
    for door in (SmsDoor(), WeComDoor(), DingTalkDoor(), OfficialAccountDoor()):
        register_door(door)
