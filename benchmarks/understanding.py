"""How well the bot understands what people want: intents in both languages, wishes told from questions.

    uv run python benchmarks/understanding.py [--quick] [--markdown]

Cross-validates the intent model on the examples of bot/data/nlu: five times, each time on the fifth that it has not
seen. Beside them it is asked questions of notes that it has not seen either, and examples of the boundaries.

Prints JSON; the exit status is 0 only when every goal holds. `--quick` tests one fifth, in under 50 s, without looking
how near a note is to each message. `--markdown` prints the tables of docs/understanding.md instead. The model itself
runs in the bot's Python (bot/benchmarks/understanding_folds.py).
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from actions.flow.intents import FLOW_OF_INTENT
from aidline.supervisor.bot_lessons import Lesson, lessons, nlu_lines
from aidline.supervisor.programs import BOT
from benchmarks.common import Goal, finish, goal, machine, note
from knowledge.boundaries import boundaries
from knowledge.library import library
from knowledge.notes import Notes
from knowledge.search import Searcher

LANGUAGES = ("en", "es")
WISHES = frozenset(FLOW_OF_INTENT)
TO_THE_NOTES = frozenset({"ask_question", "out_of_scope", "nlu_fallback"})
"""These three lead to the notes alike, so a message taken for one of them instead of another starts nothing."""
_ONE_IN = 8
"""Of the questions of notes and examples of boundaries, one in so many is asked; the rest teaches."""


@dataclass(frozen=True)
class Heard:
    """A message of known intent, and what it was taken for. `flow` is the wish that its note lies close to."""

    text: str
    language: str
    kind: str  # example | note | boundary
    intent: str | None
    flow: str | None
    likeliest: str
    taken_for: str
    sure: float

    @property
    def starts(self) -> bool:
        """Whether something would start or be done."""
        return self.taken_for not in TO_THE_NOTES


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    arguments = parser.parse_args()
    before = machine()
    asked = what_to_ask()
    if not arguments.quick:
        look_for_notes(asked)
    answered = run_folds(asked, only_one=arguments.quick)
    heard = [taken(one) for one in answered["found"]]
    by_language = {language: [one for one in heard if one.language == language] for language in LANGUAGES}
    if arguments.markdown:
        print("\n\n".join(markdown(by_language)))
        return 0
    report = {
        **before,
        "quick": arguments.quick,
        "asked": {kind: sum(one.kind == kind for one in heard) for kind in ("example", "note", "boundary")},
        "seconds_to_learn": answered["seconds_to_learn"],
        "intents": {language: table(those) for language, those in by_language.items()},
        "sides": {language: sides(those) for language, those in by_language.items()},
        "misses": [vars(one) for one in heard if one.kind == "example" and one.taken_for != one.intent],
    }
    return finish(report, goals(by_language, answered["seconds_to_learn"]))


def what_to_ask() -> dict[str, Any]:
    """The examples and signs of bot/data/nlu, and the lessons with a mark on those that will be asked."""
    examples, signs = [], []
    for entry, line in nlu_lines():
        if "intent" in entry:
            own = {"intent": entry["intent"], "language": entry["metadata"]["language"], "kind": "example"}
            examples.append({"text": line, "flow": None, **own})
        else:
            signs.append((entry["regex"], line))
    return {"examples": examples, "signs": signs, "lessons": [_told(lesson) for lesson in lessons()]}


def _told(lesson: Lesson) -> dict[str, Any]:
    kind = "boundary" if lesson.subject.startswith("boundary ") else "note"
    chance = int(hashlib.sha256(f"ask {lesson.text}".encode()).hexdigest(), 16)
    return {**lesson._asdict(), "kind": kind, "tested": chance % _ONE_IN == 0}


def look_for_notes(asked: Mapping[str, Any]) -> None:
    """Says of each message that will be asked how near a note is to it, as the gateway does, in `near`.

    A question that is asked is not among those that its note is found by.
    """
    hidden = {(one["text"], one["language"]) for one in asked["lessons"] if one["tested"]}
    taught = [
        replace(one, questions=tuple(q for q in one.questions if (q, one.language) not in hidden)) for one in library()
    ]
    apart = [
        replace(one, asked={spoken: tuple(t for t in those if (t, spoken) not in hidden) for spoken, those in told})
        for one in boundaries()
        for told in (one.asked.items(),)
    ]
    searcher = Searcher(Notes.of(taught), apart)
    note("Looking for the note nearest to each message, about half a minute.")
    for one in (*asked["examples"], *(lesson for lesson in asked["lessons"] if lesson["tested"])):
        look = searcher.look(one["text"], one["language"])
        found = look.found(1)
        one["near"] = round(found[0].score, 3) if found and look.boundary is None else 0.0


def run_folds(asked: Mapping[str, Any], *, only_one: bool) -> dict[str, Any]:
    """What each message was taken for by a model that had not seen it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "asked.json"
        path.write_text(json.dumps(asked, ensure_ascii=False), encoding="utf-8")
        script = str(BOT / "benchmarks/understanding_folds.py")
        command = [str(BOT / ".venv/bin/python"), script, str(path), *(["--only-one"] if only_one else [])]
        note(
            "Training on four fifths, asking the fifth; " + ("once." if only_one else "five times, about two minutes.")
        )
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def taken(one: Mapping[str, Any]) -> Heard:
    """The message with the intent that Rasa would act on, if it is as sure as config.yml wants it."""
    (name, sure), (_second, less_sure), *_ = one["ranking"]
    least, apart = _fallback()
    acted_on = name if sure >= least and sure - less_sure >= apart else "nlu_fallback"
    return Heard(one["text"], one["language"], one["kind"], one["intent"], one["flow"], name, acted_on, round(sure, 3))


@cache
def _fallback() -> tuple[float, float]:
    pipeline = yaml.safe_load((BOT.parent / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    part = next(part for part in pipeline if part["name"] == "FallbackClassifier")
    return float(part["threshold"]), float(part["ambiguity_threshold"])


def table(heard: Iterable[Heard]) -> dict[str, dict[str, float | int]]:
    """For each intent of the examples: how many, and precision, recall and F1 of the likeliest intent.

    `done` is the share of them that is acted on rightly, `wrong` the share for which something else would start.
    """
    examples = [one for one in heard if one.kind == "example"]
    found: dict[str, dict[str, float | int]] = {}
    for intent in sorted({str(one.intent) for one in examples}):
        own = [one for one in examples if one.intent == intent]
        right = sum(one.likeliest == intent for one in own)
        precision = right / (sum(one.likeliest == intent for one in examples) or 1)
        recall = right / len(own)
        f1 = 2 * precision * recall / ((precision + recall) or 1)
        done = sum(one.taken_for == intent for one in own) / len(own)
        wrong = sum(one.starts and one.taken_for != intent for one in own) / len(own)
        shares = {"precision": precision, "recall": recall, "f1": f1, "done": done, "wrong": wrong}
        found[intent] = {"examples": len(own), **{name: round(share, 3) for name, share in shares.items()}}
    return found


def sides(heard: Sequence[Heard]) -> dict[str, dict[str, float | int]]:
    """How often each kind of message starts something: the wish it is, another, or one though it is a question."""
    kinds = {
        "wishes for a flow": [one for one in heard if one.kind == "example" and one.intent in WISHES],
        "examples of questions at the border": [
            one for one in heard if one.intent == "ask_question" and one.kind == "example"
        ],
        "examples of other subjects": [one for one in heard if one.intent == "out_of_scope" and one.kind == "example"],
        "questions of unseen notes": [one for one in heard if one.kind == "note" and one.flow is None],
        "questions of unseen notes on what a flow works out": [one for one in heard if one.kind == "note" and one.flow],
        "other subjects, examples of boundaries": [
            one for one in heard if one.kind == "boundary" and one.intent == "out_of_scope"
        ],
    }
    found: dict[str, dict[str, float | int]] = {}
    for name, those in kinds.items():
        count = len(those) or 1
        shares = {
            "starts something": sum(one.starts for one in those) / count,
            "starts a flow": sum(one.taken_for in WISHES for one in those) / count,
            "starts the right thing": sum(one.starts and one.taken_for in {one.intent, one.flow} for one in those)
            / count,
        }
        found[name] = {"count": len(those), **{share: round(value, 3) for share, value in shares.items()}}
    return found


def goals(by_language: Mapping[str, Sequence[Heard]], seconds: Sequence[float]) -> list[Goal]:
    """What has to hold."""
    found = []
    for language, macro in (("en", 0.92), ("es", 0.90)):
        heard = by_language[language]
        rows, kinds = table(heard), sides(heard)
        outside = [one for one in heard if one.kind == "example" and one.intent == "out_of_scope"]
        strict = sum(one.likeliest == "out_of_scope" for one in outside) / len(outside)
        idle, wishes, notes = (
            kinds[name] for name in ("examples of other subjects", "wishes for a flow", "questions of unseen notes")
        )
        astray = wishes["starts something"] - wishes["starts the right thing"]
        found += [
            goal(f"macro F1, {language}", macro_f1(rows), macro, "F1", at_least=True),
            goal(f"other subjects start no flow, {language}", 1 - idle["starts a flow"], 0.95, "share", at_least=True),
            goal(f"other subjects do nothing, {language}", 1 - idle["starts something"], 0.9, "share", at_least=True),
            goal(f"other subjects named as such, {language}", strict, 0.8, "share", at_least=True),
            goal(f"unseen notes' questions start something, {language}", notes["starts something"], 0.065, "share"),
            goal(f"wishes start what was not meant, {language}", astray, 0.03, "share"),
        ]
    return [*found, goal("learning", max(seconds), 60, "s")]


def macro_f1(rows: Mapping[str, Mapping[str, float]]) -> float:
    """The mean of the F1 of all intents, each counting the same."""
    return sum(row["f1"] for row in rows.values()) / len(rows)


def markdown(by_language: Mapping[str, Sequence[Heard]]) -> list[str]:
    """The tables of docs/understanding.md."""
    tables = {language: table(by_language[language]) for language in LANGUAGES}
    means = [f"{language} {macro_f1(tables[language]):.3f}" for language in LANGUAGES]
    lines = ["| intent | en: examples | F1 | done | wrong | es: examples | F1 | done | wrong |", "|---" * 9 + "|"]
    for intent in tables["en"]:
        cells = [
            f"{row['examples']} | {row['f1']:.2f} | {row['done']:.2f} | {row['wrong']:.2f}"
            for row in (tables[language][intent] for language in LANGUAGES)
        ]
        lines.append(f"| {intent} | {' | '.join(cells)} |")
    kinds = {language: sides(by_language[language]) for language in LANGUAGES}
    shares = list(kinds["en"]["wishes for a flow"])
    heads = [f"{language}: {share}" if share == "count" else share for language in LANGUAGES for share in shares]
    below = ["| messages | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    for name in kinds["en"]:
        values = [str(kinds[language][name][share]) for language in LANGUAGES for share in shares]
        below.append(f"| {name} | {' | '.join(values)} |")
    return ["Macro F1: " + ", ".join(means), "\n".join(lines), "\n".join(below)]


if __name__ == "__main__":
    sys.exit(main())
