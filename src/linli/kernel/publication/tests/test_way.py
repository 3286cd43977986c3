"""The way to the public: three persons, the seal of the text, withdrawal at once."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from openpyxl import Workbook
from tests.playground.actors import Somebody
from tests.playground.models import Poster, Wish

from linli.kernel import files, publication
from linli.kernel.audit import timeline
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.publication import Publication, PublicationState, publication_of
from linli.kernel.refs import ref_of
from linli.kernel.scope import Anchor, Role

pytestmark = pytest.mark.django_db

WORKER, SECRETARY, OFFICER, LEADER = (
    Somebody(label, frozenset({(role, Anchor())}))
    for label, role in (
        ("甲", Role.DEPARTMENT_CONTACT),
        ("乙", Role.AUDITOR),
        ("丙", Role.AUDIT_ADMINISTRATOR),
        ("戊", Role.TEAM_LEADER),
    )
)
ALL = Somebody("丁", frozenset((role, Anchor()) for role in Role))
S = PublicationState


def poster(state: PublicationState = S.DRAFT, text: str = "欢迎参加，电话010-62880011。") -> Poster:
    """A poster taken as far as ``state``."""
    row = Poster.objects.create(title="邻里节", text=text)
    steps: tuple[tuple[PublicationState, Callable[..., object], Somebody], ...] = (
        (S.SUBMITTED, publication.submit, WORKER),
        (S.CHECKED, publication.check, SECRETARY),
        (S.PUBLIC, publication.sign_off, OFFICER),
        (S.WITHDRAWN, publication.withdraw, WORKER),
    )
    for reached, verb, actor in steps:
        if publication_of(row).state != state:
            verb(row, actor=actor)
        if reached == state:
            break
    return row


def shown() -> list[str]:
    return list(Poster.objects.filter(pk__in=publication.public("playground.poster")).values_list("title", flat=True))


def test_it_is_public_after_three_persons_and_not_before() -> None:
    row, seen = Poster.objects.create(title="邻里节"), [shown()]
    for verb, actor in ((publication.submit, WORKER), (publication.check, SECRETARY), (publication.sign_off, OFFICER)):
        verb(row, actor=actor)
        seen.append(shown())
    assert (seen, publication.is_public(row)) == ([[], [], [], ["邻里节"]], True)


def test_withdrawal_takes_it_away_from_every_reading_at_once() -> None:
    row = poster(S.PUBLIC)
    publication.withdraw(row, actor=SECRETARY)
    assert (shown(), publication.signed(Poster.objects.all())) == ([], [])
    assert (publication.is_public(row), publication.is_public(ref_of(row))) == (False, False)


def test_the_record_tells_its_way_in_its_own_timeline() -> None:
    row = poster(S.WITHDRAWN)
    assert [entry.row.action for entry in timeline(ref_of(row))] == [
        f"playground.poster.{verb}" for verb in ("submit", "check", "sign_off", "withdraw")
    ]


@pytest.mark.parametrize(
    ("state", "verb", "actor"),
    [
        (S.DRAFT, publication.submit, OFFICER),
        (S.SUBMITTED, publication.check, WORKER),
        (S.SUBMITTED, publication.check, OFFICER),
        (S.CHECKED, publication.sign_off, SECRETARY),
        (S.WITHDRAWN, publication.take_up_again, OFFICER),
    ],
)
def test_it_lets_nobody_else_do_it(state: PublicationState, verb: Callable[..., object], actor: Somebody) -> None:
    row = poster(state)
    with pytest.raises(NotAllowed):
        verb(row, actor=actor)
    assert publication_of(row).state == state


def test_one_person_with_all_roles_takes_one_step_only() -> None:
    row = Poster.objects.create(title="邻里节")
    publication.submit(row, actor=ALL)
    with pytest.raises(NotAllowed):
        publication.check(row, actor=ALL)
    publication.check(row, actor=SECRETARY)
    with pytest.raises(NotAllowed):
        publication.sign_off(row, actor=ALL)


def test_the_checker_with_all_roles_does_not_sign() -> None:
    row = poster(S.SUBMITTED)
    publication.check(row, actor=ALL)
    with pytest.raises(NotAllowed):
        publication.sign_off(row, actor=ALL)


@pytest.mark.parametrize(
    "columns", [{"checker_id": WORKER.actor_id}, {"signer_id": WORKER.actor_id}, {"signer_id": SECRETARY.actor_id}]
)
def test_the_database_keeps_the_three_apart(columns: dict[str, object]) -> None:
    row = poster(S.PUBLIC)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(ref_id=row.pk).update(**columns)


def test_the_database_shows_nothing_that_was_not_signed() -> None:
    row = poster(S.CHECKED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(ref_id=row.pk).update(state=S.PUBLIC, public_at=datetime.now(UTC))


def test_it_refuses_to_submit_a_finding_and_names_its_place() -> None:
    row = Poster.objects.create(title="邻里节", text="报名找13812341234。")
    with pytest.raises(Refusal) as refused:
        publication.submit(row, actor=WORKER)
    assert refused.value.code == "not-for-the-public"
    assert "正文：手机号码“138******34”" in str(refused.value)
    assert (publication_of(row).state, timeline(ref_of(row))) == (S.DRAFT, [])


def test_it_refuses_to_submit_a_file_with_a_hidden_sheet() -> None:
    row, book, packed = Poster.objects.create(title="邻里节"), Workbook(), BytesIO()
    book.active["A1"] = "项目"
    book.create_sheet("底稿").sheet_state = "hidden"
    book.properties.creator = ""
    book.save(packed)
    packed.name, _start = "名单.xlsx", packed.seek(0)
    files.keep(packed, accept=files.SHEETS, owner=ref_of(row), actor=WORKER)
    with pytest.raises(Refusal, match=r"名单\.xlsx · 工作表“底稿”"):
        publication.submit(row, actor=WORKER)


def test_a_text_changed_behind_the_check_is_not_signed() -> None:
    row = poster(S.CHECKED)
    Poster.objects.filter(pk=row.pk).update(text="换了")
    row.refresh_from_db()
    with pytest.raises(Conflict):
        publication.sign_off(row, actor=OFFICER)
    publication.send_back(row, actor=OFFICER, reason="文字变了")
    assert publication_of(row).state == S.DRAFT


def test_a_public_text_that_changes_needs_a_new_check() -> None:
    row = poster(S.PUBLIC)
    row.text = "换了"
    row.save()
    publication.changed(row, actor=SECRETARY)
    now = publication_of(row)
    assert (now.state, now.author_id, now.checker_id, shown()) == (S.DRAFT, SECRETARY.actor_id, None, [])


def test_a_public_text_changed_by_any_other_way_is_shown_no_longer() -> None:
    row = poster(S.PUBLIC)
    Poster.objects.filter(pk=row.pk).update(text="换了")
    row.refresh_from_db()
    assert (publication.is_public(row), publication.signed(Poster.objects.all())) == (False, [])


def test_a_file_added_behind_the_sign_off_breaks_the_seal() -> None:
    row, packed = poster(S.PUBLIC), BytesIO("名单".encode())
    packed.name = "名单.txt"
    files.keep(packed, accept=files.SHEETS, owner=ref_of(row), actor=WORKER)
    assert publication.is_public(row) is False


def test_nobody_passes_a_text_he_has_not_read() -> None:
    row = poster(S.SUBMITTED)
    with pytest.raises(Conflict):
        publication.check(row, actor=SECRETARY, seen="0" * 64)
    publication.check(row, actor=SECRETARY, seen=publication.digest_of(row))
    assert publication_of(row).state == S.CHECKED


def test_sending_back_asks_a_reason() -> None:
    row = poster(S.SUBMITTED)
    with pytest.raises(Refusal) as refused:
        publication.send_back(row, actor=SECRETARY, reason=" ")
    assert refused.value.field == "reason"


def test_a_residents_text_waits_and_one_check_shows_it() -> None:
    wish, resident = Wish.objects.create(text="想有个读书角"), Somebody("居民")
    publication.hold_until_checked(wish, actor=resident)
    before = publication.is_public(wish)
    publication.check(wish, actor=LEADER)
    assert (before, publication.is_public(wish)) == (False, True)


def test_a_residents_text_with_a_telephone_is_taken_but_not_passed() -> None:
    wish = Wish.objects.create(text="找我 13812341234")
    publication.hold_until_checked(wish, actor=Somebody("居民"))
    with pytest.raises(Refusal, match="138"):
        publication.check(wish, actor=LEADER)
    assert publication_of(wish).state == S.SUBMITTED


def test_the_list_of_a_street_lets_its_own_office_pass() -> None:
    text = "值班电话010-62880099"
    before = len(publication.scan_text(text))
    from linli.kernel.settings import choose

    choose("publication.may_stand", "010-62880099、和安路1号", actor=None)
    assert (before, publication.scan_text(text)) == (1, [])


def test_the_standing_of_rows_comes_with_them_in_one_query(django_assert_num_queries: Callable[[int], object]) -> None:
    poster(S.PUBLIC)
    Poster.objects.create(title="未起步")
    with django_assert_num_queries(1):  # type: ignore[attr-defined]  # a context manager of pytest-django
        rows = list(publication.with_standing(Poster.objects.order_by("pk")))
    assert [row.publication_state for row in rows] == ["public", "draft"]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_sign_offs_at_once_one_wins_and_the_other_reads_why(race: Callable[..., list[str]]) -> None:
    row = poster(S.CHECKED)
    told = race(SIGNING, [(str(row.pk),), (str(row.pk),)])
    assert sorted(line.strip() for line in told) == ["Conflict", "signed"]
    assert [entry.row.action.rpartition(".")[2] for entry in timeline(ref_of(row))] == ["submit", "check", "sign_off"]


SIGNING = """
import sys
from linli.kernel import publication
from linli.kernel.errors import Refusal
from linli.kernel.scope import Anchor, Role
from tests.playground.actors import Somebody
from tests.playground.models import Poster
row = Poster.objects.get(pk=sys.argv[1])
try:
    publication.sign_off(row, actor=Somebody("丙", frozenset({(Role.AUDIT_ADMINISTRATOR, Anchor())})))
    print("signed")
except Refusal as refusal:
    print(type(refusal).__name__)
"""
