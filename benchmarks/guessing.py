"""How often an answer that no rule reads is guessed, and how often rightly, by examples left out one at a time.

    uv run python benchmarks/guessing.py [--quick] [--markdown]

Each example of actions/words/examples is guessed as if it had not been one. `--quick` times fewer
messages; `--markdown` prints the table of docs/understanding.md instead. Prints JSON; the exit status is 0 only when
every goal holds.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from actions.answers.guess import Guess, Guesser
from actions.flow.diagram import drawn
from actions.flow.guessing import guesser
from actions.flow.words import examples
from actions.flows import FLOWS
from benchmarks.common import Goal, finish, goal, machine, percentile


@dataclass(frozen=True)
class Left:
    """An example left out, with its value ("" for no answer), and what was guessed for it."""

    value: str
    guess: Guess | None
    asked: bool

    @property
    def right(self) -> bool:
        return self.guess is not None and self.guess.value == self.value


def guessers() -> dict[str, Guesser]:
    """The guesser of each closed question of the flows, by the name of its examples; each set of examples once."""
    asked = {
        question.choices or question.key: question
        for flow in FLOWS
        for question in drawn(flow).questions.values()
        if question.kind in {"choice", "yes_no"} and not question.names
    }
    made = {}
    for name, question in sorted(asked.items()):
        if examples(name) and (one := guesser(question.key, question.choices)) is not None:
            made[name] = one
    return made


def left_out(name: str, made: Guesser) -> list[Left]:
    """The examples as people put them; the labels and words of the choices, which a rule reads, do not count."""
    said = {(value, text) for value, texts in examples(name).items() for text in texts}
    return [
        Left(value, guess, made.good(guess))
        for value, text, guess in made.left_out()
        if not value or (value, text) in said
    ]


def shares(left: Sequence[Left], asked: Sequence[Left]) -> dict[str, float]:
    """Of the answers, how many would be asked back; of what would be asked back, how much rightly."""
    answers = [one for one in left if one.value]
    others = [one for one in left if not one.value]
    return {
        "coverage": round(sum(bool(one.value) for one in asked) / max(1, len(answers)), 3),
        "right": round(sum(one.right for one in asked) / max(1, len(asked)), 3),
        "no_answer_guessed": round(sum(not one.value for one in asked) / max(1, len(others)), 3),
    }


def timed(made: Mapping[str, Guesser], messages: Sequence[str]) -> dict[str, float]:
    """Milliseconds to build a question's guesser, and to guess one message."""
    building, guessing = [], []
    texts = examples("no_answer")["any"]
    for one in made.values():
        told: dict[str, list[str]] = {}
        for value, text, _guess in one.left_out():
            told.setdefault(value, []).append(text)
        told.pop("", None)
        started = perf_counter()
        Guesser(told, texts)
        building.append(1000 * (perf_counter() - started))
        for message in messages:
            started = perf_counter()
            one.guess(message)
            guessing.append(1000 * (perf_counter() - started))
    return {
        "build_ms_p50": round(percentile(building, 0.5), 1), "build_ms_max": round(max(building), 1),
        "guess_ms_p50": round(percentile(guessing, 0.5), 3), "guess_ms_p95": round(percentile(guessing, 0.95), 3),
    }  # fmt: skip


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="time fewer messages")
    options.add_argument("--markdown", action="store_true", help="print the table of docs/understanding.md")
    chosen = options.parse_args()
    started = perf_counter()
    made = guessers()
    left = {name: left_out(name, one) for name, one in made.items()}
    every = [one for listed in left.values() for one in listed]
    asked = [one for one in every if one.asked]
    messages = [text for texts in examples("both_parents_dead").values() for text in texts]
    speed = timed(made, messages[:5] if chosen.quick else messages)
    by_question = {name: shares(listed, [one for one in listed if one.asked]) for name, listed in left.items()}
    if chosen.markdown:
        sys.stdout.write(_table({**by_question, "all of them": shares(every, asked)}))
        return 0
    by_question = {name: shares(listed, [one for one in listed if one.asked]) for name, listed in left.items()}
    sizes = [one.size for one in made.values()]
    found = shares(every, asked)
    report = {
        "machine": machine(),
        "questions": len(made),
        "examples": sum(bool(one.value) for one in every),
        "all": found,
        "by_question": dict(sorted(by_question.items(), key=lambda item: item[1]["right"])),
        "kept_kb": {"largest": round(max(sizes) / 1000), "all": round(sum(sizes) / 1000)},
        **speed,
        "seconds": round(perf_counter() - started, 1),
    }
    return finish(report, _goals(found, speed))


def _goals(found: Mapping[str, float], speed: Mapping[str, float]) -> list[Goal]:
    return [
        goal("guesses that are right", found["right"], 0.8, "of what is asked", at_least=True),
        goal("answers that are guessed", found["coverage"], 0.3, "of the examples", at_least=True),
        goal("what is no answer, guessed all the same", found["no_answer_guessed"], 0.02, "of these examples"),
        goal("the reader of a question is built", speed["build_ms_p50"], 100, "ms, half of them"),
        goal("a message is guessed", speed["guess_ms_p95"], 10, "ms, 95 %"),
    ]


def _table(found: Mapping[str, Mapping[str, float]]) -> str:
    lines = ["| question | answers asked back | of these right | no answer, asked all the same |", "|" + "---|" * 4]
    for name, one in found.items():
        right = f"{one['right']:.0%}" if one["coverage"] else ""
        lines.append(f"| {name} | {one['coverage']:.0%} | {right} | {one['no_answer_guessed']:.1%} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
