"""A category is suggested with reasons; what people confirm and correct trains the next model."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from linli.algorithms.classify.inventing import KINDS, messages
from linli.apps.needs import queries, services
from linli.apps.needs.jobs import learn_at_night
from linli.apps.needs.models import Category, CategoryChoice, ModelState, Need, Route, Sensitivity, TrainedModel
from linli.apps.needs.permissions import keeps_rules
from linli.apps.needs.tests.factories import NOW, make_category, make_need
from linli.apps.needs.tests.staff import Street, make_street
from linli.apps.places.models import Place
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.refs import Ref

pytestmark = pytest.mark.django_db
CODES = {kind: f"9{number}" for number, kind in enumerate(KINDS)}
LAMP, RUBBISH, BOTH = "三号楼的路灯坏了，井盖也翘了", "垃圾没有清运，有异味", "垃圾堵了停车的地方"


@pytest.fixture(scope="module")
def street(module_db: Any) -> Street:
    return make_street()


@pytest.fixture(scope="module")
def taught(street: Street) -> TrainedModel:
    """A model learned from forty analysed needs, in use."""
    place, kinds = street.here.community, {kind: make_category(code, name=kind) for kind, code in CODES.items()}
    for text, kind in messages(40):
        analysed(place, text, kinds[kind])
    row = services.train_model(at=NOW)
    services.publish_model(row, actor=street.officer, at=NOW)
    return row


def analysed(place: Place, text: str, category: Category, **given: Any) -> Need:
    """A need as it stands after somebody said what it is about; written at once, the way there is tested elsewhere."""
    need = make_need(place, matter=text, contact=services.ContactText(), **given)
    Need.objects.filter(pk=need.pk).update(
        category=category, route=Route.AT_ONCE, analysed_at=NOW, state="analysed", sensitivity=category.sensitivity
    )
    return need


def test_it_suggests_nothing_before_a_model_is_published(street: Street) -> None:
    TrainedModel.objects.all().delete()
    assert services.suggest_category(LAMP) is None


def test_it_suggests_a_category_with_reasons(taught: TrainedModel) -> None:
    found = services.suggest_category(LAMP)
    assert found is not None
    assert (found.category.name, found.sure, found.model) == ("路面设施", True, taught.pk)
    assert found.reasons[0] == "路灯"
    assert 50 < found.per_cent <= 99


def test_it_names_two_where_it_is_not_sure(taught: TrainedModel) -> None:
    found = services.suggest_category(BOTH)
    assert found is not None
    assert found.second is not None
    assert {found.category.name, found.second.name} == {"环境卫生", "停车管理"}


def test_it_suggests_no_category_that_is_switched_off_or_sensitive(taught: TrainedModel) -> None:
    Category.objects.filter(code=CODES["路面设施"]).update(is_active=False)
    assert services.suggest_category(LAMP) is None
    Category.objects.filter(code=CODES["环境卫生"]).update(sensitivity=Sensitivity.HARDSHIP)
    assert services.suggest_category(RUBBISH) is None


def test_it_keeps_what_people_chose_beside_what_was_suggested(street: Street, taught: TrainedModel) -> None:
    right, wrong = (make_need(street.here.community, matter=text, actor=street.worker) for text in (LAMP, RUBBISH))
    lamps, rubbish = (Category.objects.get(code=CODES[kind]) for kind in ("路面设施", "环境卫生"))
    for need in (right, wrong):
        services.analyse(need, category=lamps, route=Route.AT_ONCE, actor=street.worker, at=NOW, by_rules=False)
    row = queries.models_of().get(pk=taught.pk)
    assert (row.asked, row.corrected) == (2, 1)
    services.correct_category(wrong, category=rubbish, actor=street.worker, at=NOW)
    row = queries.models_of().get(pk=taught.pk)
    assert (row.asked, row.corrected) == (2, 0)


def test_it_forgets_the_choice_when_a_matter_turns_out_sensitive(street: Street, taught: TrainedModel) -> None:
    hard = make_category("77", name="困难求助", sensitivity=Sensitivity.HARDSHIP)
    need = make_need(street.here.community, matter=LAMP, actor=street.worker)
    lamps = Category.objects.get(code=CODES["路面设施"])
    services.analyse(need, category=lamps, route=Route.AT_ONCE, actor=street.worker, at=NOW, by_rules=False)
    services.correct_category(need, category=hard, actor=street.worker, at=NOW)
    assert not CategoryChoice.objects.exists()
    assert services.suggest_for(need) is None


def test_sensitive_matters_and_complaints_about_people_are_never_learned_from(
    street: Street, taught: TrainedModel
) -> None:
    place = street.here.community
    hard = make_category("77", name="困难求助", sensitivity=Sensitivity.HARDSHIP)
    off = make_category("78", name="停用", is_active=False)
    analysed(place, "何某家里困难", hard)
    analysed(place, "从前的类别", off)
    about = services.receive(
        street=street.here.street,
        place=place,
        matter="米社工推诿",
        channel="portal",
        about=Ref("people.user", street.worker.pk),
        actor=None,
    ).need
    Need.objects.filter(pk=about.pk).update(category=street.lamps, analysed_at=NOW, state="analysed")
    make_need(place, matter="还没有分类")
    analysed(place, "路灯不亮", street.lamps)
    assert services.training_rows()[taught.texts :] == [("路灯不亮", street.lamps.code)]


def test_too_little_is_refused_with_how_much_there_is(street: Street, taught: TrainedModel) -> None:
    Category.objects.exclude(pk=street.lamps.pk).update(is_active=False)
    analysed(street.here.community, "路灯不亮", street.lamps)
    with pytest.raises(Refusal, match="1"):
        services.train_model(at=NOW)
    assert learn_at_night.func() == ""


def test_a_model_is_published_by_a_person_who_keeps_the_rules(street: Street, taught: TrainedModel) -> None:
    row = services.train_model(at=NOW + timedelta(days=1))
    assert (row.state, keeps_rules(street.worker, None)) == (ModelState.DRAFT, False)
    with pytest.raises(NotAllowed):
        services.publish_model(row, actor=street.worker, at=NOW)
    services.publish_model(row, actor=street.officer, at=NOW)
    states = dict(TrainedModel.objects.values_list("pk", "state"))
    assert states == {taught.pk: ModelState.REPLACED, row.pk: ModelState.PUBLISHED}
    with pytest.raises(Conflict):
        services.publish_model(row, actor=street.officer, at=NOW)


def test_the_street_goes_back_to_the_model_before(street: Street, taught: TrainedModel) -> None:
    row = services.train_model(at=NOW + timedelta(days=1))
    services.publish_model(row, actor=street.officer, at=NOW)
    services.go_back(row, actor=street.officer, reason="错得多", at=NOW)
    assert queries.model_in_use() == taught.pk
    taught.refresh_from_db()
    services.go_back(taught, actor=street.officer, reason="全停", at=NOW)
    assert (queries.model_in_use(), services.suggest_category(LAMP)) == (None, None)


def test_the_report_page_tells_accuracy_each_category_date_and_hash(
    street: Street, taught: TrainedModel, client: Client
) -> None:
    client.force_login(street.officer)
    assert reverse("needs:model", args=[taught.pk]) in client.get(reverse("needs:models")).content.decode()
    page = client.get(reverse("needs:model", args=[taught.pk])).content.decode()
    told = [*KINDS, taught.data_hash, "macro-F1"]
    assert [one for one in told if one not in page] == []
    row = services.train_model(at=NOW + timedelta(days=1))
    assert client.post(reverse("needs:publish_model", args=[row.pk])).status_code == 302
    assert queries.model_in_use() == row.pk
    assert client.post(reverse("needs:go_back", args=[row.pk]), {"reason": "错得多"}).status_code == 302
    assert queries.model_in_use() == taught.pk


def test_one_tap_on_the_needs_page_confirms_what_is_suggested(
    street: Street, taught: TrainedModel, client: Client
) -> None:
    need = make_need(street.here.community, matter=LAMP, actor=street.worker)
    client.force_login(street.worker)
    page = client.get(reverse("needs:need", args=[need.pk])).content.decode()
    assert (reverse("needs:confirm", args=[need.pk]) in page, "路灯" in page) == (True, True)
    client.post(reverse("needs:confirm", args=[need.pk]), {"category": CODES["路面设施"]})
    need.refresh_from_db()
    choice = CategoryChoice.objects.get()
    assert (need.category.code if need.category else "", choice.suggested_id) == (CODES["路面设施"], choice.chosen_id)


def test_the_desk_suggests_while_somebody_types(street: Street, taught: TrainedModel, client: Client) -> None:
    client.force_login(street.worker)
    shown = client.post(reverse("needs:suggest"), {"matter": LAMP}).content.decode()
    lamps = Category.objects.get(code=CODES["路面设施"])
    assert (f'value="{lamps.pk}"' in shown, "路灯" in shown) == (True, True)
    filled = client.post(reverse("needs:enter"), {"matter": LAMP, "look": "1"}).content.decode()
    assert f'<option value="{lamps.pk}" selected>' in filled
    taken = client.post(reverse("needs:enter"), {"matter": BOTH, "take": str(lamps.pk)}).content.decode()
    assert f'<option value="{lamps.pk}" selected>' in taken
