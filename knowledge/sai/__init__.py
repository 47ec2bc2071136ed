"""The federal formula: Student Aid Index, Pell Grant and need, as pure functions over an award year's tables.

`from_answers` turns canonical answers into `EstimateInputs` (`from_partial_answers` in the middle of a form);
`estimate` gives the `Estimate` with its worksheet.
"""

from knowledge.sai.answers import award_year_of, from_answers, from_partial_answers, only_known
from knowledge.sai.estimate import Estimate, estimate
from knowledge.sai.inputs import Assets, EstimateInputs, Family, Person, Study
from knowledge.sai.worksheet import Line, Worksheet

__all__ = [
    "Assets",
    "Estimate",
    "EstimateInputs",
    "Family",
    "Line",
    "Person",
    "Study",
    "Worksheet",
    "award_year_of",
    "estimate",
    "from_answers",
    "from_partial_answers",
    "only_known",
]
