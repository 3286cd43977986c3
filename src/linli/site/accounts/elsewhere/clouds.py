"""WeCom, DingTalk and an Official Account: each its own way of OAuth 2.0; the subject is whom its messages reach.

Sources: 企业微信开发者中心 “构造网页授权链接”, “获取访问用户身份”, “读取成员”; 钉钉开放平台 “实现登录第三方网站”,
“获取用户token”, “根据unionid获取用户userid”, “查询用户详情”; 微信公众平台 “网页授权”.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings

from linli.kernel.notices.gateways.asking import Question, address, as_json, ask
from linli.kernel.notices.gateways.tokens import with_token
from linli.site.accounts.elsewhere import NotProved, Proof, Unanswered
from linli.site.accounts.elsewhere.asking import asked, text_of

JSON = {"Content-Type": "application/json"}
INSIDE_WECOM = "wxwork/"
GONE = {"wecom": (60111,), "dingtalk": (60121, 33012)}
"""Codes by which a service says that it does not know this member."""
WECOM_OUT = (2, 5)
"""Members that were disabled, or left the company (status)."""


def _messages(way: str) -> dict[str, Any]:
    own: dict[str, Any] = settings.LINLI_MESSAGES.get(way, {})
    if not own:
        raise Unanswered(f"{way} is not set up")
    return own


def _said(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer itself. Raises NotProved for any code but 0."""
    if answer.get("errcode", 0) != 0:
        raise NotProved(f"code {answer.get('errcode')}")
    return answer


def _wecom(own: dict[str, Any], path: str, **query: str) -> dict[str, Any]:
    """An answer of WeCom to a question of the house's application."""
    url = address(own["address"], "/cgi-bin/gettoken", corpid=own["corp"], corpsecret=own["secret"])
    key = ("wecom", own["address"], own["corp"], own["agent"])
    return _with_token(key, url, lambda token: Question(address(own["address"], path, access_token=token, **query)))


def _dingtalk(own: dict[str, Any], path: str, content: dict[str, str]) -> dict[str, Any]:
    """An answer of DingTalk to a question of the house's application."""
    url = address(own["address"], "/gettoken", appkey=own["key"], appsecret=own["secret"])
    key = ("dingtalk", own["address"], own["key"])

    def question(token: str) -> Question:
        return Question(address(own["address"], path, access_token=token), "POST", as_json(content), JSON)

    return _with_token(key, url, question)


def _with_token(key: tuple[str, ...], url: str, question: Callable[[str], Question]) -> dict[str, Any]:
    return asked(lambda: with_token(key, lambda: ask(Question(url)), lambda token: ask(question(token))))


def _code(given: Mapping[str, str], *names: str) -> str:
    for name in names:
        if given.get(name):
            return given[name][:600]
    raise NotProved("no code")


def leave_for_wecom(own: Mapping[str, Any], *, back: str, state: str, agent: str) -> str:
    """The page with the square code; inside WeCom the page that knows already who it is."""
    wecom = _messages("wecom")
    if INSIDE_WECOM in agent:
        words = {"appid": wecom["corp"], "agentid": wecom["agent"], "redirect_uri": back, "state": state}
        words |= {"response_type": "code", "scope": "snsapi_base"}
        return address(own["inside"], "/connect/oauth2/authorize", **words) + "#wechat_redirect"
    words = {"login_type": "CorpApp", "appid": wecom["corp"], "agentid": wecom["agent"]}
    return address(own["front"], "/wwlogin/sso/login", **words, redirect_uri=back, state=state)


def prove_by_wecom(own: Mapping[str, Any], *, given: Mapping[str, str], back: str, state: str) -> Proof:
    """The member; who is not of the company is nobody. Raises NotProved, Unanswered."""
    answer = _wecom(_messages("wecom"), "/cgi-bin/auth/getuserinfo", code=_code(given, "code"))
    return Proof(text_of(_said(answer), "userid"))


def leave_for_dingtalk(own: Mapping[str, Any], *, back: str, state: str, agent: str) -> str:
    """The page with the square code."""
    words = {"response_type": "code", "client_id": _messages("dingtalk")["key"], "scope": "openid", "prompt": "consent"}
    return address(own["front"], "/oauth2/auth", **words, redirect_uri=back, state=state)


def prove_by_dingtalk(own: Mapping[str, Any], *, given: Mapping[str, str], back: str, state: str) -> Proof:
    """The member; an outside contact is nobody. Raises NotProved, Unanswered."""
    house = _messages("dingtalk")
    content = {"clientId": house["key"], "clientSecret": house["secret"], "grantType": "authorization_code"}
    content["code"] = _code(given, "authCode", "code")
    url = address(own["api"], "/v1.0/oauth2/userAccessToken")
    token = text_of(asked(lambda: ask(Question(url, "POST", as_json(content), JSON))), "accessToken")
    me = Question(address(own["api"], "/v1.0/contact/users/me"), headers={"x-acs-dingtalk-access-token": token, **JSON})
    union = text_of(asked(lambda: ask(me)), "unionId")
    answer = _said(_dingtalk(house, "/topapi/user/getbyunionid", {"unionid": union}))
    result = answer.get("result")
    if not isinstance(result, dict) or result.get("contact_type") != 0:
        raise NotProved("an outside contact")
    return Proof(text_of(answer, "result", "userid"))


def leave_for_official(own: Mapping[str, Any], *, back: str, state: str, agent: str) -> str:
    """The page that opens inside WeChat only."""
    words = {"appid": _messages("official")["app"], "redirect_uri": back, "response_type": "code"}
    return address(own["inside"], "/connect/oauth2/authorize", **words, scope="snsapi_base", state=state) + (
        "#wechat_redirect"
    )


def prove_by_official(own: Mapping[str, Any], *, given: Mapping[str, str], back: str, state: str) -> Proof:
    """The follower. Raises NotProved, Unanswered."""
    house = _messages("official")
    words = {"appid": house["app"], "secret": house["secret"], "code": _code(given, "code")}
    url = address(house["address"], "/sns/oauth2/access_token", **words, grant_type="authorization_code")
    return Proof(text_of(_said(asked(lambda: ask(Question(url)))), "openid"))


def is_gone_from_wecom(subject: str) -> bool:
    """Whether the company has no such member any more. Raises NotProved, Unanswered where it does not say."""
    answer = _wecom(_messages("wecom"), "/cgi-bin/user/get", userid=subject)
    if answer.get("errcode") in GONE["wecom"]:
        return True
    if text_of(_said(answer), "userid").lower() != subject.lower():
        raise NotProved("the answer is about somebody else")
    return answer.get("status") in WECOM_OUT


def is_gone_from_dingtalk(subject: str) -> bool:
    """The same of DingTalk."""
    answer = _dingtalk(_messages("dingtalk"), "/topapi/v2/user/get", {"userid": subject})
    if answer.get("errcode") in GONE["dingtalk"]:
        return True
    if text_of(_said(answer), "result", "userid") != subject:
        raise NotProved("the answer is about somebody else")
    return False
