"""What federal loans cost to pay back: plans, monthly payments, rates and fees, as pure functions over cited tables."""

from knowledge.repayment.model import Plan, Rules, rules
from knowledge.repayment.open import plans_open
from knowledge.repayment.payments import Schedule, level, rap_payment, standard, tiered_standard, tiered_years
from knowledge.repayment.rates import LoanKind, Rate, fee, kind_of_loan, last_known, rate

__all__ = [
    "LoanKind",
    "Plan",
    "Rate",
    "Rules",
    "Schedule",
    "fee",
    "kind_of_loan",
    "last_known",
    "level",
    "plans_open",
    "rap_payment",
    "rate",
    "rules",
    "standard",
    "tiered_standard",
    "tiered_years",
]
