"""Tampering with the chain by raw SQL, and what stays valid."""

from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.playground.actors import Somebody
from tests.playground.models import Errand

from linli.kernel import audit, events
from linli.kernel.audit.checking import anchor_file
from linli.kernel.audit.export import lines
from linli.kernel.audit.models import INSTALLATION, AuditRow, ChainHead
from linli.kernel.audit.proving import run
from linli.kernel.audit.reading import facts_of
from linli.kernel.errors import Refusal
from linli.kernel.jobs import Job
from linli.kernel.refs import new_key, ref_of
from linli.kernel.seals import destroy_key

pytestmark = pytest.mark.django_db
TAKE, FINISH = "playground.errand.take", "playground.errand.finish"


@pytest.fixture(autouse=True)
def no_anchors() -> None:
    anchor_file(INSTALLATION).unlink(missing_ok=True)


@pytest.fixture
def five() -> list[AuditRow]:
    return [audit.record(TAKE, None, actor=None, facts={"who": f"第{n}人"}) for n in range(5)]


def _sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _wrong() -> list[int]:
    return [problem.number for problem in audit.verify(INSTALLATION).problems]


def _db(key: object) -> object:
    return str(key).replace("-", "") if connection.vendor == "sqlite" else key


def test_it_finds_nothing_wrong_with_an_untouched_chain(five: list[AuditRow]) -> None:
    report = audit.verify(INSTALLATION)
    assert (report.rows, report.whole) == (5, True)


def test_it_numbers_rows_without_gaps(five: list[AuditRow]) -> None:
    assert [row.number for row in five] == [1, 2, 3, 4, 5]


def test_it_leaves_no_gap_where_a_verb_rolled_back(five: list[AuditRow]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        audit.record(TAKE, None, actor=None)
        raise RuntimeError
    assert audit.record(TAKE, None, actor=None).number == 6
    assert audit.verify(INSTALLATION).whole


@pytest.mark.parametrize("column", ["action", "facts", "kind", "sealed_by"])
def test_it_finds_an_edited_text_column(five: list[AuditRow], column: str) -> None:
    _sql(f"UPDATE audit_auditrow SET {column} = 'x' WHERE number = %s", 3)
    assert _wrong() == [3]


def test_it_finds_an_edited_time(five: list[AuditRow]) -> None:
    AuditRow.objects.filter(number=3).update(at=timezone.now() - timedelta(days=1))
    assert _wrong() == [3]


def test_it_finds_an_edited_actor(five: list[AuditRow]) -> None:
    _sql("UPDATE audit_auditrow SET actor_id = %s WHERE number = 3", _db(new_key()))
    assert _wrong() == [3]


def test_it_finds_a_removed_row(five: list[AuditRow]) -> None:
    _sql("DELETE FROM audit_auditrow WHERE number = 3")
    assert _wrong() == [4]


def test_it_finds_a_removed_row_whose_followers_were_renumbered(five: list[AuditRow]) -> None:
    _sql("DELETE FROM audit_auditrow WHERE number = 3")
    _sql("UPDATE audit_auditrow SET number = 3 WHERE number = 4")
    _sql("UPDATE audit_auditrow SET number = 4 WHERE number = 5")
    _sql("UPDATE audit_chainhead SET length = 4")
    assert _wrong() == [3, 4]


def test_it_finds_an_inserted_row(five: list[AuditRow]) -> None:
    copy = AuditRow.objects.get(number=5)
    copy.pk, copy.number = new_key(), 6
    copy.save(force_insert=True)
    assert _wrong() == [6, 6]


def test_it_finds_rows_that_changed_places(five: list[AuditRow]) -> None:
    _sql("UPDATE audit_auditrow SET number = 99 WHERE number = 2")
    _sql("UPDATE audit_auditrow SET number = 2 WHERE number = 3")
    _sql("UPDATE audit_auditrow SET number = 3 WHERE number = 99")
    assert _wrong() == [2, 3, 4]


def test_it_finds_a_cut_tail(five: list[AuditRow]) -> None:
    _sql("DELETE FROM audit_auditrow WHERE number = 5")
    assert _wrong() == [4]


def test_it_finds_a_cut_tail_by_the_anchor_when_the_head_was_patched_too(five: list[AuditRow]) -> None:
    assert audit.write_anchors() == 1
    link = AuditRow.objects.get(number=4).link
    _sql("DELETE FROM audit_auditrow WHERE number = 5")
    _sql("UPDATE audit_chainhead SET length = 4, link = %s", link)
    assert _wrong() == [4]


def test_it_finds_a_chain_recomputed_without_the_key(five: list[AuditRow]) -> None:
    import hashlib
    import hmac

    from linli.kernel.audit.recording import covered

    previous = ""
    for row in AuditRow.objects.order_by("number"):
        row.facts, guess = "{}", b"a key the forger made up".ljust(32)
        row.mac = hmac.new(guess, covered(row, previous), hashlib.sha256).hexdigest()
        _sql("UPDATE audit_auditrow SET facts = %s, mac = %s WHERE number = %s", row.facts, row.mac, row.number)
        previous = row.link
    assert _wrong() == [1, 2, 3, 4, 5]


def test_it_finds_rows_rewritten_with_the_key_by_the_anchor_of_their_day(five: list[AuditRow]) -> None:
    from linli.kernel.audit.recording import covered
    from linli.kernel.seals import sign

    audit.write_anchors()
    first, second = AuditRow.objects.order_by("number")[:2]
    second.facts = "{}"
    _key, mac = sign(covered(second, first.link), purpose="audit", key_id=second.key_id)
    _sql("UPDATE audit_auditrow SET facts = %s, mac = %s WHERE number = 2", second.facts, mac)
    assert _wrong() == [5]


def test_it_finds_an_edited_anchor(five: list[AuditRow]) -> None:
    audit.write_anchors()
    path = anchor_file(INSTALLATION)
    path.write_text(path.read_text().replace('"number": 5', '"number": 4'))
    assert 4 in _wrong()


def test_it_writes_an_anchor_only_for_a_chain_that_grew(five: list[AuditRow]) -> None:
    assert (audit.write_anchors(), audit.write_anchors()) == (1, 0)
    audit.record(TAKE, None, actor=None)
    assert audit.write_anchors() == 1
    assert audit.verify(INSTALLATION).anchors == 2


@pytest.fixture
def vault(tmp_path: Path, settings: Any) -> Path:
    settings.LINLI_ANCHORS = str(tmp_path / "vault")
    return tmp_path / "vault"


def _say(verb: str, folder: Path | None = None) -> int:
    return run(Namespace(verb=verb, folder=folder))


def test_it_finds_a_rolled_back_house_by_the_anchors_beyond_it(five: list[AuditRow], vault: Path) -> None:
    audit.write_anchors()
    assert _say("verify") == 0
    _sql("DELETE FROM audit_auditrow WHERE number > 3")
    _sql("UPDATE audit_chainhead SET length = 3, link = %s", five[2].link)
    anchor_file(INSTALLATION).unlink()
    assert _wrong() == [3]
    assert audit.verify(INSTALLATION, beside=()).whole


def test_it_finds_anchors_that_were_written_anew_in_the_house(five: list[AuditRow], vault: Path) -> None:
    from linli.kernel.audit.checking import _append

    audit.write_anchors()
    anchor_file(INSTALLATION).unlink()
    _append(INSTALLATION, {"day": "2026-01-01", "number": 5, "digest": "0" * 64})
    assert _wrong() == [5, 5]


def test_it_finds_half_an_anchor(five: list[AuditRow]) -> None:
    audit.write_anchors()
    path = anchor_file(INSTALLATION)
    path.write_text(path.read_text()[:40])
    assert _wrong() == [0]


def test_the_command_prints_the_ends_and_adds_them_to_a_folder(
    five: list[AuditRow], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _say("anchor", tmp_path / "disk") == 0
    day, chain, number, digest, mac = capsys.readouterr().out.split()
    kept = anchor_file(INSTALLATION, tmp_path / "disk").read_text()
    assert (day, chain, number) == (timezone.localdate().isoformat(), INSTALLATION, "5")
    assert digest in kept
    assert mac in kept
    assert _say("anchor", tmp_path / "disk") == 0
    assert anchor_file(INSTALLATION, tmp_path / "disk").read_text() == kept


def test_the_command_says_what_is_wrong(five: list[AuditRow], capsys: pytest.CaptureFixture[str]) -> None:
    assert _say("verify") == 0
    assert capsys.readouterr().out == "审计链1条，记录5条，锚点0个：全部完整。\n"
    _sql("UPDATE audit_auditrow SET facts = 'x' WHERE number = 3")
    assert _say("verify") == 1
    told = capsys.readouterr().out
    assert "installation，第3条：此条写入之后，其内容或在链中的位置被改动。" in told
    assert "1条审计链中有1条不完整" in told


def test_the_command_refuses_a_folder_it_cannot_use(five: list[AuditRow], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal, match="没有文件夹"):
        _say("verify", tmp_path / "nowhere")
    with pytest.raises(Refusal, match="本机的锚点已写好"):
        _say("anchor", tmp_path / "file")
    assert anchor_file(INSTALLATION).exists()


def test_it_keeps_the_chain_valid_when_a_person_is_erased() -> None:
    person = new_key()
    row = audit.record(FINISH, None, actor=None, facts={"who": audit.Personal(person, "李某")})
    assert facts_of(row) == [{"who": "李某"}]
    destroy_key(f"person:{person}")
    assert facts_of(row) == [{"who": "（已删除）"}]
    assert audit.verify(INSTALLATION).whole


def test_it_never_writes_a_personal_value_in_the_clear() -> None:
    row = audit.record(FINISH, None, actor=None, facts={"who": audit.Personal(new_key(), "13800001234")})
    assert "13800001234" not in AuditRow.objects.get(pk=row.pk).facts


def test_it_seals_old_rows_away_and_keeps_money_and_decisions() -> None:
    old = datetime(2026, 1, 15, tzinfo=UTC)
    sealed = audit.record(TAKE, None, actor=None, facts={"who": "甲"}, at=old)
    kept = audit.record(FINISH, None, actor=None, facts={"who": "乙"}, at=old)
    fresh = audit.record(TAKE, None, actor=None, facts={"who": "丙"}, at=old + timedelta(days=200))
    assert audit.seal_away(days=180, at=old + timedelta(days=260)) == [f"audit:{INSTALLATION}:2026-01"]
    assert facts_of(sealed, kept, fresh) == [None, {"who": "乙"}, {"who": "丙"}]
    assert audit.verify(INSTALLATION).whole


def test_it_keeps_a_month_until_its_last_day_is_old_enough() -> None:
    last = datetime(2026, 1, 31, 12, tzinfo=UTC)
    audit.record(TAKE, None, actor=None, at=datetime(2026, 1, 1, 12, tzinfo=UTC))
    audit.record(TAKE, None, actor=None, at=last)
    assert audit.seal_away(days=180, at=last + timedelta(days=179)) == []
    assert audit.seal_away(days=180, at=last + timedelta(days=182)) == [f"audit:{INSTALLATION}:2026-01"]


def test_it_refuses_to_forget_before_half_a_year() -> None:
    with pytest.raises(ValueError, match="180"):
        audit.seal_away(days=179)


def test_it_refuses_an_action_nobody_registered() -> None:
    with pytest.raises(ImproperlyConfigured):
        audit.record("playground.errand.unheard", None, actor=None)


def test_it_refuses_facts_that_are_not_plain_data() -> None:
    with pytest.raises(TypeError):
        audit.record(TAKE, None, actor=None, facts={"who": object()})


def test_it_tells_the_story_of_a_record_in_plain_words() -> None:
    errand = Errand.objects.create(title="取药")
    audit.record(TAKE, errand, actor=None, facts={"who": "甲", "hidden": "x"})
    audit.record(FINISH, errand, actor=Somebody(), facts={"who": "甲"})
    told = [(entry.actor, entry.title, entry.facts) for entry in audit.timeline(ref_of(errand))]
    assert told == [("系统时钟", "领取", (("谁", "甲"),)), ("已注销人员", "完成", (("谁", "甲"),))]


def test_it_exports_csv_with_neutral_formulas() -> None:
    audit.record(TAKE, None, actor=None, facts={"who": "甲"})
    text = "".join(lines(AuditRow.objects.order_by("number")))
    heading, line = text.removeprefix("\ufeff").splitlines()
    assert heading == "时间,人员,来源,事项,对象,内容,链,序号,校验码,对象编号"
    assert line.split(",")[5:8] == ["谁：甲", "全系统", "1"]


@pytest.mark.django_db(transaction=True)
def test_it_adds_three_queries_to_a_verb_with_a_subscriber() -> None:
    events.record(FINISH, None, actor=None, facts={"who": "甲"})
    with (
        CaptureQueriesContext(
            connection,
        ) as seen,
        transaction.atomic(),
    ):
        events.record(FINISH, None, actor=None, facts={"who": "乙"})
    statements = [query["sql"] for query in seen if query["sql"].split()[0] in ("SELECT", "INSERT", "UPDATE")]
    assert (len(statements), Job.objects.count()) == (3, 2)


RECORD = """
from django.db import transaction
from linli.kernel import audit
for _ in range(20):
    with transaction.atomic():
        audit.record("playground.errand.take", None, actor=None, facts={"who": sys.argv[1]})
"""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_it_numbers_without_gaps_when_two_processes_write(race: Callable[..., list[str]]) -> None:
    race(RECORD, [("甲",), ("乙",)])
    assert sorted(AuditRow.objects.values_list("number", flat=True)) == list(range(1, 41))
    assert ChainHead.objects.get().length == 40
    assert audit.verify(INSTALLATION).whole
