"""A notice hangs for its working days, takes objections, is concluded when all are answered; upheld is heard above."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from PIL import Image

from linli.apps.places.tests.factories import District, make_district
from linli.apps.publicity import queries, services
from linli.apps.publicity.models import BoardMoment, Consequence, NoticeStage, Objection, PublicNotice, Way
from linli.apps.publicity.services import Line, NoticeText
from linli.apps.publicity.tests.factories import LINES, TEXT, Three, make_notice, make_three, show
from linli.kernel import publication, settings
from linli.kernel.audit import timeline
from linli.kernel.audit.models import AuditRow
from linli.kernel.contributions import Person
from linli.kernel.deadlines import Deadline
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.files import StoredFile
from linli.kernel.refs import Ref, new_key, ref_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # ten in the morning at the street
END = datetime(2026, 3, 9, 9, 30, tzinfo=UTC)  # the fifth working day after, when the office closes
AFTER = END + timedelta(seconds=1)


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def three(here: District) -> Three:
    return make_three(here.street)


@pytest.fixture
def shown(here: District, three: Three) -> PublicNotice:
    return show(make_notice(here.street, actor=three.author), three, MONDAY)


def objection(notice: PublicNotice, **given: str) -> Objection:
    return services.object_to(notice, text="名单中的项目与去年重复。", actor=None, at=MONDAY, **given)  # type: ignore[arg-type]  # name and phone only


def test_its_period_begins_when_a_third_person_signs_it_off(here: District, three: Three) -> None:
    notice = make_notice(here.street, actor=three.author)
    assert (notice.days, notice.stage, list(queries.public_notices())) == (5, NoticeStage.PREPARED, [])
    show(notice, three, MONDAY)
    assert (notice.stage, notice.opens, notice.closes) == (NoticeStage.RUNNING, MONDAY, END)
    assert list(queries.public_notices()) == [notice]


def test_the_days_are_the_streets_choice(here: District, three: Three) -> None:
    settings.choose("publicity.notice_days", 7, street=here.street.pk, actor=None)
    assert make_notice(here.street).days == 7
    assert make_notice(here.street, days=3).days == 3


def test_the_office_comes_from_the_streets_settings(here: District) -> None:
    with pytest.raises(Refusal) as refused:
        make_notice(here.street, text=NoticeText(title="公示"))
    assert refused.value.field == "office"
    settings.choose("publicity.office", "街道纪检监察办公室", street=here.street.pk, actor=None)
    settings.choose("publicity.phones", "010-62880011", street=here.street.pk, actor=None)
    notice = make_notice(here.street, text=NoticeText(title="公示"))
    assert (notice.unit, notice.office) == ("清河里街道办事处", "街道纪检监察办公室")
    assert notice.body == "经申报、评审和研究，拟对下列项目予以立项支持，现予公示。"


def test_a_mobile_of_a_person_or_a_door_keeps_it_from_the_public(here: District, three: Three) -> None:
    lines = [Line("助餐", "槐荫社区", "联系人13812345678"), Line("修缮", "怡和园2号楼3单元501室")]
    with pytest.raises(Refusal):
        services.publish(
            subject=ref_of(here.street), grounds=Ref("places.place", new_key()), kind="result", text=TEXT,
            place=here.street, lines=lines, actor=three.author,
        )  # fmt: skip
    assert PublicNotice.objects.count() == 0


def test_several_telephones_of_the_office_may_stand(here: District, three: Three) -> None:
    text = NoticeText(title="公示", office="纪检监察办公室", phones="010-62880011、010-62880012")
    notice = show(make_notice(here.street, text=text, actor=three.author), three, MONDAY)
    assert notice.stage == NoticeStage.RUNNING


def test_publishing_hands_it_to_the_check(here: District, three: Three) -> None:
    notice = services.publish(
        subject=ref_of(here.street), grounds=Ref("places.place", new_key()), kind="result", text=TEXT,
        place=here.street, lines=LINES, actor=three.author,
    )  # fmt: skip
    assert publication.publication_of(notice).state == "submitted"


def test_anybody_objects_without_a_name_while_it_hangs(shown: PublicNotice) -> None:
    row = objection(shown)
    assert (row.way, bool(row.name), bool(row.phone)) == (Way.PORTAL, False, False)
    came = [one.actor for one in timeline(ref_of(shown)) if one.row.action == "publicity.objection.receive"]
    assert came == ["居民"]
    for moment in (MONDAY - timedelta(days=1), AFTER):
        with pytest.raises(Refusal) as refused:
            services.object_to(shown, text="晚了", actor=None, at=moment)
        assert refused.value.code == "not-on-display"


def test_what_was_told_in_time_is_entered_later(shown: PublicNotice, three: Three) -> None:
    told = services.object_to(
        shown, text="来访反映", way=Way.DESK, received_at=END, actor=three.author, at=AFTER + timedelta(days=1)
    )
    assert told.received_at == END
    with pytest.raises(NotAllowed):
        services.object_to(shown, text="来访反映", way=Way.DESK, received_at=END, actor=None, at=AFTER)


def test_it_is_concluded_only_after_its_period_and_when_all_is_answered(shown: PublicNotice, three: Three) -> None:
    row = objection(shown)
    with pytest.raises(Refusal) as early:
        services.close(shown, actor=three.author, at=END)
    assert str(early.value) == "公示期到2026-03-09 17:30止，期满后方可办结。"
    with pytest.raises(Refusal) as waiting:
        services.close(shown, actor=three.author, at=AFTER)
    assert str(waiting.value) == "还有1件异议未答复，请先答复，再办结公示。"
    shown.refresh_from_db()
    assert shown.stage == NoticeStage.RUNNING
    services.answer_objection(row, consequence=Consequence.NONE, answer="经核对不重复。", actor=three.signer, at=AFTER)
    services.close(shown, actor=three.author, at=AFTER)
    assert (shown.stage, Deadline.objects.get().met) == (NoticeStage.CLOSED, AFTER)
    with pytest.raises(Conflict):
        services.close(shown, actor=three.author, at=AFTER)


def test_an_upheld_objection_is_told_to_whoever_decided(shown: PublicNotice, three: Three) -> None:
    row = objection(shown)
    services.answer_objection(row, consequence=Consequence.UPHELD, answer="情况属实，退回。", actor=three.signer)
    told = AuditRow.objects.get(action="publicity.objection.uphold")
    assert (told.ref_id, list(queries.upheld_for(shown.subject))) == (row.pk, [row])
    with pytest.raises(Conflict):
        services.answer_objection(row, consequence=Consequence.NONE, answer="不成立", actor=three.signer)


def test_an_answer_says_something_and_comes_from_those_who_answer(shown: PublicNotice, three: Three) -> None:
    row = objection(shown)
    with pytest.raises(Refusal):
        services.answer_objection(row, consequence=Consequence.NONE, answer="  ", actor=three.signer)
    stranger = make_three_of_the_neighbour(shown)
    with pytest.raises(NotAllowed):
        services.answer_objection(row, consequence=Consequence.NONE, answer="不成立", actor=stranger)


def make_three_of_the_neighbour(shown: PublicNotice) -> object:
    from linli.apps.people.tests.factories import make_user
    from linli.apps.places.models import Place
    from linli.kernel.scope import Role

    return make_user(Role.LEADER, Place.objects.get(name="望桥街道"), password=None)


def test_a_change_takes_it_down_and_its_period_begins_anew(shown: PublicNotice, three: Three) -> None:
    services.amend(shown, text=TEXT, lines=LINES[:1], version=shown.version, actor=three.author, at=MONDAY)
    assert (shown.stage, shown.opens, list(queries.public_notices())) == (NoticeStage.PREPARED, None, [])
    show(shown, three, MONDAY + timedelta(days=1))
    assert shown.closes == END + timedelta(days=1)
    assert [line.project for line in shown.lines.all()] == ["银龄助餐"]


def test_withdrawing_breaks_the_period_off(shown: PublicNotice, three: Three) -> None:
    publication.withdraw(shown, actor=three.author, reason="名单有误", at=MONDAY)
    shown.refresh_from_db()
    assert (shown.stage, shown.closes) == (NoticeStage.PREPARED, None)
    with pytest.raises(Refusal):
        objection(shown)


def test_two_who_change_it_at_once_do_not_lose_a_text(here: District, three: Three) -> None:
    notice = make_notice(here.street, actor=three.author)
    services.amend(notice, text=TEXT, lines=(), version=0, actor=three.author)
    with pytest.raises(Conflict):
        services.amend(notice, text=TEXT, lines=LINES, version=0, actor=three.checker)


def picture() -> ContentFile[bytes]:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "white").save(drawn, "JPEG")
    return ContentFile(drawn.getvalue(), "张贴.jpg")


def test_pictures_of_the_board_are_kept_with_day_and_place(shown: PublicNotice, here: District, three: Three) -> None:
    given = {"picture": picture(), "place": here.community, "actor": three.author}
    services.add_photo(shown, moment=BoardMoment.START, taken_on=date(2026, 3, 2), at=AFTER, **given)
    with pytest.raises(Refusal):
        services.add_photo(shown, moment=BoardMoment.END, taken_on=date(2026, 3, 1), at=AFTER, **given)
    assert (shown.photos.count(), StoredFile.objects.get().owner_id) == (1, shown.pk)


def test_names_and_telephones_stand_sealed_and_can_be_taken_off(shown: PublicNotice, three: Three) -> None:
    from linli.apps.publicity.contributions.personal import erase, find

    three.author.phone = "13812345678"
    three.author.save()
    row = objection(shown, name="王小明", phone="13812345678")
    assert (str(row.phone), str(row.name)) == ("138****5678", "王*")
    person = Person(user_id=three.author.pk)
    assert find(person) == 1
    assert str(erase(person)) == "异议内容保留，姓名和电话已去除。"
    row.refresh_from_db()
    assert (find(person), str(row.name), row.text) == (0, "", "名单中的项目与去年重复。")


def test_the_database_repeats_that_a_notice_has_grounds(shown: PublicNotice) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicNotice.objects.filter(pk=shown.pk).update(grounds_kind="")
