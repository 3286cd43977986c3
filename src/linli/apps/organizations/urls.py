"""Addresses of organizations."""

from django.urls import path

from linli.apps.organizations.views import (
    changing,
    checklists,
    keeping,
    organization,
    party,
    party_changing,
    party_coverage,
    portal,
    registers,
)  # fmt: skip

app_name = "organizations"

HERE = "desk/organizations/"

urlpatterns = [
    path("organizations/<uuid:pk>/", portal.public, name="public"),
    path(HERE, organization.organizations, name="list"),
    path(f"{HERE}export/", organization.export, name="export"),
    path(f"{HERE}standings/export/", organization.export_standings, name="export_standings"),
    path(f"{HERE}new/", changing.new, name="new"),
    path(f"{HERE}rows/<slug:what>/<uuid:pk>/end/", keeping.end, name="end"),
    path(f"{HERE}<uuid:pk>/", organization.organization, name="organization"),
    path(f"{HERE}<uuid:pk>/edit/", changing.edit, name="edit"),
    path(f"{HERE}<uuid:pk>/contact/", changing.contact, name="contact"),
    path(f"{HERE}<uuid:pk>/change/<slug:verb>/", changing.change, name="change"),
    path(f"{HERE}<uuid:pk>/add/<slug:what>/", keeping.add, name="add"),
    path(f"{HERE}<uuid:pk>/checklists/", checklists.checklists, name="checklists"),
    path(f"{HERE}<uuid:pk>/checklists/<slug:checklist>/<slug:item>/", checklists.tick, name="tick"),
    path("desk/honours/", registers.honours, name="honours"),
    path("desk/honours/export/", registers.export_honours, name="export_honours"),
    path("desk/honours/new/", registers.new_honour, name="new_honour"),
    path("desk/facilities/", registers.facilities, name="facilities"),
    path("desk/facilities/export/", registers.export_facilities, name="export_facilities"),
    path("desk/facilities/new/", registers.new_facility, name="new_facility"),
    path("desk/facilities/<uuid:pk>/edit/", registers.edit_facility, name="edit_facility"),
    path("desk/partners/", registers.partners, name="partners"),
    path("desk/partners/export/", registers.export_partners, name="export_partners"),
    path("desk/partners/new/", registers.new_partner, name="new_partner"),
    path("desk/party/", party.parties, name="parties"),
    path("desk/party/export/", party.export_parties, name="export_parties"),
    path("desk/party/tree/", party.tree, name="party_tree"),
    path("desk/party/new/", party_changing.new_party, name="new_party"),
    path("desk/party/coverage/", party_coverage.coverage, name="party_coverage"),
    path("desk/party/coverage/print/", party_coverage.coverage_paper, name="party_coverage_paper"),
    path("desk/party/coverage/export/", party_coverage.export_coverage, name="export_party_coverage"),
    path("desk/party/coverage/rows/", party_coverage.coverage_rows, name="party_coverage_rows"),
    path("desk/party/coverage/rows/export/", party_coverage.export_coverage_rows, name="export_party_coverage_rows"),
    path("desk/party/units/<uuid:pk>/", party_coverage.unit, name="party_unit"),
    path("desk/party/units/<uuid:pk>/instructor/", party_changing.assign_instructor, name="assign_instructor"),
    path("desk/party/places/<uuid:pk>/", party_coverage.place, name="party_place"),
    path("desk/party/counts/<slug:what>/<uuid:pk>/", party_changing.count_members, name="count_members"),
    path("desk/party/rows/<slug:what>/<uuid:pk>/end/", party_changing.end_row, name="end_party_row"),
    path("desk/party/<uuid:pk>/", party.party, name="party"),
    path("desk/party/<uuid:pk>/checklists/", checklists.checklists, {"of": "party"}, name="party_checklists"),
    path(
        "desk/party/<uuid:pk>/checklists/<slug:checklist>/<slug:item>/",
        checklists.tick,
        {"of": "party"},
        name="tick_party",
    ),
    path("desk/party/<uuid:pk>/change/<slug:verb>/", party_changing.change_party, name="change_party"),
]
