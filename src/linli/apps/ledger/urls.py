"""Addresses of the ledger."""

from django.urls import path

from linli.apps.ledger.views import commitments, funds

app_name = "ledger"

HERE = "desk/ledger/"

urlpatterns = [
    path(HERE, funds.funds, name="funds"),
    path(f"{HERE}export/", funds.export, name="export"),
    path(f"{HERE}funds/new/", funds.new, name="new_fund"),
    path(f"{HERE}funds/<uuid:pk>/", funds.fund, name="fund"),
    path(f"{HERE}funds/<uuid:pk>/change/", funds.change, name="change_fund"),
    path(f"{HERE}funds/<uuid:pk>/quota/", funds.quota, name="set_quota"),
    path(f"{HERE}funds/<uuid:pk>/quotas/", funds.quotas, name="set_quotas"),
    path(f"{HERE}funds/<uuid:pk>/close/", funds.close, name="close_fund"),
    path(f"{HERE}commitments/", commitments.commitments, name="commitments"),
    path(f"{HERE}commitments/<uuid:pk>/", commitments.commitment, name="commitment"),
    path(f"{HERE}commitments/<uuid:pk>/plan/", commitments.plan, name="plan"),
    path(f"{HERE}commitments/<uuid:pk>/release/", commitments.release, name="release"),
    path(f"{HERE}commitments/<uuid:pk>/adjust/", commitments.adjust, name="adjust"),
    path(f"{HERE}instalments/<uuid:pk>/met/", commitments.met, name="met"),
    path(f"{HERE}instalments/<uuid:pk>/pay/", commitments.pay, name="pay"),
    path(f"{HERE}payments/", commitments.payments, name="payments"),
    path(f"{HERE}payments/<uuid:pk>/refund/", commitments.refund, name="refund"),
    path(f"{HERE}payments/<uuid:pk>/strike/", commitments.strike, name="strike"),
]
