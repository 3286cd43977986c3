"""Public notices of the walked rounds: written, checked and signed by three people, shown, concluded."""

from datetime import datetime, timedelta

from linli.apps.publicity import services
from linli.apps.publicity.models import Consequence, PublicNotice
from linli.apps.rounds.models import Decision, Round
from linli.apps.rounds.queries import standing_awards
from linli.demo.streets import STREET, Here
from linli.kernel import publication
from linli.kernel.refs import ref_of


def show(
    here: Here, intake: Round, decision: Decision, *, title: str, at: datetime, closed: datetime, objection: str = ""
) -> PublicNotice:
    """What a decision gives, on display for working days; an ``objection`` is answered and changes nothing."""
    officer = here.people["linhu.jiedao"]
    lines = [
        services.Line(
            award.proposal.title, str(award.proposal.place), award.commitment.bearer or str(award.proposal.place),
            award.amount,
        )
        for award in standing_awards(intake).select_related("proposal__place", "commitment")
    ]  # fmt: skip
    text = services.NoticeText(
        title=title, office="党建工作办公室", phones="010-62880099", address="临湖路1号", email="dangjian@linhu.example"
    )
    notice = services.publish(
        subject=ref_of(intake), grounds=ref_of(decision), kind="result", text=text, lines=lines,
        place=here.places[STREET], actor=officer, at=at,
    )  # fmt: skip
    publication.check(notice, actor=here.people["linhu.kezhang"], at=at + timedelta(hours=1))
    publication.sign_off(notice, actor=here.people["linhu.lingdao"], at=at + timedelta(hours=2))
    notice.refresh_from_db()
    if objection:
        row = services.object_to(notice, text=objection, actor=None, at=at + timedelta(days=1))
        services.answer_objection(
            row, consequence=Consequence.NONE, actor=officer, at=at + timedelta(days=2),
            answer="经核对报名材料和评分表，评审程序符合规定，评审结果维持不变；已当面向来电居民说明。",
        )  # fmt: skip
    services.close(notice, actor=officer, at=closed)
    return notice
