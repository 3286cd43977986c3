"""Addresses of the ledger."""

from django.urls import path

from linli.apps.ledger.views import commitments, funds, spending, spending_papers, spending_prints, spending_verbs

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
    path(f"{HERE}commitments/<uuid:pk>/spending/", spending.of_commitment, name="commitment_spending"),
    path(f"{HERE}commitments/<uuid:pk>/spending/new/", spending.new, name="new_expenditure"),
    path(f"{HERE}commitments/<uuid:pk>/terms/", spending_verbs.terms, name="terms"),
    path(f"{HERE}commitments/<uuid:pk>/close-year/", spending_verbs.close_year, name="close_year"),
    path(f"{HERE}commitments/<uuid:pk>/account.<slug:form>", spending_prints.account, name="account"),
    path(
        f"{HERE}commitments/<uuid:pk>/register.<slug:form>",
        spending_prints.commitment_register,
        name="commitment_register",
    ),
    path(f"{HERE}spending/", spending.spending, name="spending"),
    path(f"{HERE}spending/register.<slug:form>", spending_prints.register, name="register"),
    path(f"{HERE}spending/invoices.<slug:form>", spending_prints.vouchers, name="vouchers"),
    path(f"{HERE}spending/<uuid:pk>/", spending.expenditure, name="expenditure"),
    path(f"{HERE}spending/<uuid:pk>/change/", spending.change, name="change_expenditure"),
    path(f"{HERE}spending/<uuid:pk>/invoice/", spending_papers.invoice_file, name="invoice_file"),
    path(f"{HERE}spending/<uuid:pk>/invoice/typed/", spending_papers.invoice, name="invoice"),
    path(f"{HERE}spending/<uuid:pk>/paper/<slug:code>/", spending_papers.paper, name="paper"),
    path(f"{HERE}spending/<uuid:pk>/fee/", spending_papers.fee, name="add_fee"),
    path(f"{HERE}spending/<uuid:pk>/fees/", spending_prints.fees, name="fees"),
    path(f"{HERE}spending/<uuid:pk>/approval.<slug:form>", spending_prints.approval_form, name="approval_form"),
    path(f"{HERE}spending/<uuid:pk>/step/<slug:verb>/", spending_verbs.step, name="step"),
    path(f"{HERE}shares/<uuid:pk>/detach/", spending_papers.detach, name="detach"),
    path(f"{HERE}shares/<uuid:pk>/split/", spending_papers.split, name="split"),
    path(f"{HERE}shares/<uuid:pk>/take-back/", spending_papers.take_back, name="take_back"),
    path(f"{HERE}papers/<uuid:pk>/remove/", spending_papers.remove_paper, name="remove_paper"),
    path(f"{HERE}fees/<uuid:pk>/remove/", spending_papers.remove_fee, name="remove_fee"),
    path(f"{HERE}instalments/<uuid:pk>/application/", spending_prints.application, name="application"),
    path(f"{HERE}instalments/<uuid:pk>/met/", commitments.met, name="met"),
    path(f"{HERE}instalments/<uuid:pk>/pay/", commitments.pay, name="pay"),
    path(f"{HERE}payments/", commitments.payments, name="payments"),
    path(f"{HERE}payments/<uuid:pk>/refund/", commitments.refund, name="refund"),
    path(f"{HERE}payments/<uuid:pk>/strike/", commitments.strike, name="strike"),
]
