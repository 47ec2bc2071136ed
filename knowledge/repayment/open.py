"""Which repayment plans a borrower can use."""

from knowledge.repayment.model import OpenPlans, rules

__all__ = ["plans_open"]


def plans_open(*, parent: bool, new: bool) -> OpenPlans:
    """The plans, in the order they are told, with their sources.

    `parent`: Parent PLUS loans. `new`: any loan was made on or after July 1, 2026; it then decides for all of them.
    """
    open_to = rules().open
    if parent:
        return open_to.new_parent if new else open_to.earlier_parent
    return open_to.new_student if new else open_to.earlier_student
