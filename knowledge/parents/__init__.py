"""Who goes on the FAFSA as a parent, how many of them sign, and why.

`who_is_parent(answers)` decides from canonical answers, `say(reason, language)` explains a rule it applied with its
source, `CHOICES` holds the values each question takes, and `IF_NOT_SURE` what to assume, and say so, when somebody
cannot answer.
"""

from types import MappingProxyType

from knowledge.parents.decide import who_is_parent
from knowledge.parents.family import CHOICES
from knowledge.parents.model import Parents, Reason, Role
from knowledge.parents.rules import Explanation, ParentRulesError, Rule, rules, say

__all__ = [
    "CHOICES",
    "IF_NOT_SURE",
    "Explanation",
    "ParentRulesError",
    "Parents",
    "Reason",
    "Role",
    "Rule",
    "rules",
    "say",
    "who_is_parent",
]

# The ordinary case. Who the parents are to each other and which one has more cannot be guessed: those questions are
# not here, and a person helps instead.
IF_NOT_SURE = MappingProxyType(
    {
        "lives_with": "both",
        "legal_adoption": "no",
        "legal_guardianship": "no",
        "parents_alive": "both",
        "both_parents_dead": "no",
        "parent_reachable": "yes",
        "more_support_parent": "equal",
        "support_parent_remarried": "no",
        "parents_filed_jointly": "yes",
    }
)
