"""The folds of benchmarks/understanding.py, run by it in the bot's own Python (3.10), where the intent model lives.

    bot/.venv/bin/python bot/benchmarks/understanding_folds.py ASKED.json [--only-one]

ASKED.json holds the examples of bot/data/nlu, the lessons and the signs. Prints, as JSON, what each message was taken
for by a model that had seen neither it nor anything nearly like it: a message's near-duplicates are always in its own
fold, and so are all questions of its note.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any, Dict, List, Sequence, Tuple

sys.path.insert(0, str(Path(__file__).parents[1]))

from engine.intent_model import RANKED, Example, IntentModel, Lesson
from engine.message_features import folded
from engine.sentence_vectors import SentenceVectors
from engine.wish_or_question import weighed
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedGroupKFold

FOLDS = 5
ALIKE = 0.8
"""From this likeness on (cosine of groups of 2 to 4 letters) two messages of four words or more are near-duplicates."""


def families(texts: Sequence[str]) -> Sequence[int]:
    """For each text the number of its family of near-duplicates. Short ones ("yes") are families of their own."""
    groups = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, preprocessor=folded)
    rows = groups.fit_transform(texts)
    alike = (rows @ rows.T).tocoo()
    long = [len(text.split()) > 3 for text in texts]
    kept = [
        score >= ALIKE and long[one] and long[other]
        for score, one, other in zip(alike.data, alike.row, alike.col, strict=True)
    ]
    alike.data = alike.data * kept
    alike.eliminate_zeros()
    return connected_components(alike, directed=False)[1].tolist()


def fold_of(name: str) -> int:
    """The fold of a note's questions, or of one example of a boundary: the same every time."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS


def ranked(one: Dict[str, Any], shares: Dict[str, float]) -> List[Tuple[str, float]]:
    """The likeliest intents, after how near a note is has been weighed in as the bot does."""
    ranking = [{"name": name, "confidence": share} for name, share in list(shares.items())[:RANKED]]
    if one.get("near"):
        ranking = weighed(ranking, one["near"])
    return [(entry["name"], entry["confidence"]) for entry in ranking]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("asked", type=Path)
    parser.add_argument("--only-one", action="store_true", help="the first fold alone")
    arguments = parser.parse_args()
    asked = json.loads(arguments.asked.read_text(encoding="utf-8"))
    examples: List[Dict[str, Any]] = asked["examples"]
    lessons: List[Dict[str, Any]] = asked["lessons"]
    for lesson in lessons:
        of_boundary = lesson["subject"].startswith("boundary ")
        lesson["fold"] = fold_of(lesson["text"] if of_boundary else lesson["subject"])
    texts = [one["text"] for one in examples]
    strata = [f"{one['intent']} {one['language']}" for one in examples]
    splits = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=1).split(texts, strata, families(texts))
    found, seconds, vectors = [], [], SentenceVectors.found()
    for fold, (learned, held) in enumerate(splits):
        started = perf_counter()
        model = IntentModel.trained(
            [Example(examples[at]["text"], examples[at]["intent"]) for at in learned],
            [Lesson(one["text"], one["subject"], one["intent"]) for one in lessons if one["fold"] != fold],
            asked["signs"],
            vectors,
        )
        seconds.append(perf_counter() - started)
        tested = [examples[at] for at in held] + [one for one in lessons if one["fold"] == fold and one["tested"]]
        rankings = model.probabilities([one["text"] for one in tested])
        found += [{**one, "ranking": ranked(one, shares)} for one, shares in zip(tested, rankings, strict=True)]
        if arguments.only_one:
            break
    sys.stdout.write(json.dumps({"found": found, "seconds_to_learn": seconds}, ensure_ascii=False))


if __name__ == "__main__":
    main()
