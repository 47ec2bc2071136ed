"""How much of what a model writes may be said: its sentences against the notes, beside choosing statements only.

    uv run python benchmarks/composing.py [--quick] [--model FILE.gguf --sha256 HEX] [--threads 1] [--seconds 60]

Prints JSON; the exit status is 0 only when every goal holds. Without a model it takes the bundled one. `--quick` asks
two questions in each language. Each item shows what was said and what was dropped: read both before you turn
composing on for a model.
"""

import argparse
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.common import finish, goal
from knowledge.boundaries import boundaries
from knowledge.check import Sentence, answer_problems
from knowledge.composing import compose
from knowledge.library import library
from knowledge.llama import Deadline, LocalLlama, ModelFile
from knowledge.notes import Language
from knowledge.search import Searcher
from knowledge.telling import Teller, candidates

QUESTIONS: tuple[tuple[str, Language], ...] = (
    ("i got a pell grant last fall, do i need to give the money back some day", "en"),
    ("what is the biggest pell grant for 2026-27", "en"),
    ("im 22 and i rent my own place, does the fafsa see me as independent", "en"),
    ("i turned 24 this march, am i still a dependent for fafsa", "en"),
    ("my parents are divorced, which of them goes on the form", "en"),
    ("dad refuses to give his info for my fafsa, what now", "en"),
    ("what is the difference between subsidized and unsubsidized loans", "en"),
    ("how much can a dependent freshman borrow a year", "en"),
    ("can my mom take out a loan for me and is there a cap", "en"),
    ("when is the last day to file the fafsa for 2026-27", "en"),
    ("i made a typo on my fafsa after sending it, how do i fix it", "en"),
    ("my school picked me for verification, what happens if i do nothing", "en"),
    ("i failed two classes, will i lose my financial aid", "en"),
    ("my mother lost her job after we filed, can the school look again", "en"),
    ("is work study money i have to earn or do they just give it to me", "en"),
    ("can daca students get federal aid", "en"),
    ("does the fafsa count the house we live in", "en"),
    ("a website wants $50 to send my fafsa, is that normal", "en"),
    ("i am going part time next term, do i still get pell", "en"),
    ("i have loans and i leave school in may, when is the first payment", "en"),
    ("¿tengo que regresar el dinero de la beca pell?", "es"),
    ("¿cuál es la cantidad máxima de la pell en 2026-27?", "es"),
    ("tengo 20 años y vivo sola, ¿soy independiente para la fafsa?", "es"),
    ("mis papás están separados, ¿a quién pongo en la fafsa?", "es"),
    ("mi papá no tiene seguro social, ¿puede hacer su parte?", "es"),
    ("mis padres son indocumentados, ¿puedo pedir ayuda federal?", "es"),
    ("¿qué diferencia hay entre préstamo subsidiado y no subsidiado?", "es"),
    ("¿hasta cuándo puedo mandar la fafsa 2026-27?", "es"),
    ("me equivoqué en la fafsa, ¿cómo la corrijo?", "es"),
    ("me eligieron para verificación, ¿qué es eso?", "es"),
    ("mi mamá se quedó sin trabajo, ¿la escuela puede cambiar mi ayuda?", "es"),
    ("¿cuánto cobra el gobierno por llenar la fafsa?", "es"),
    ("reprobé una clase, ¿pierdo la ayuda?", "es"),
    ("¿qué es el sai?", "es"),
    ("¿el trabajo-estudio se descuenta de la matrícula?", "es"),
    ("¿pueden mis padres pedir un préstamo para mi universidad?", "es"),
    ("soy daca, ¿me dan la beca pell?", "es"),
    ("¿cómo me pagan lo que sobra de la ayuda?", "es"),
    ("dejo la escuela este semestre, ¿tengo que devolver ayuda?", "es"),
    ("no puedo pagar mi préstamo este mes, ¿qué hago?", "es"),
)


@dataclass(frozen=True)
class Asked:
    """One question composed, with what was said and what was dropped, and the same question chosen."""

    question: str
    language: Language
    note_id: str
    said: tuple[str, ...]
    restated: int
    dropped: tuple[str, ...]
    whole: bool
    problems: tuple[str, ...]
    first_sentence_seconds: float | None
    compose_seconds: float
    select_seconds: float
    select_mode: str
    select_text: str


class Bench:
    """A model, the notes, and how long an answer may take."""

    def __init__(self, llama: LocalLlama, seconds: float) -> None:
        self._llama, self._seconds = llama, seconds
        self._notes = library()
        self._searcher = Searcher(self._notes, boundaries())

    def ask(self, question: str, language: Language) -> Asked:
        """Ask once each way, composing first: what it has read of the prompt does not help choosing."""
        look = self._searcher.look(question, language)
        note = look.found()[0].note
        facts = (Sentence(note.short.text, note.id, note.short.source_id), *candidates((look,)))
        heard: list[float] = []
        started = perf_counter()
        deadline = Deadline.after(self._seconds)
        composed = compose(
            self._llama, question, facts, self._notes, language, deadline, lambda _: heard.append(perf_counter())
        )
        composing = perf_counter()
        text = " ".join(one.text for one in composed.sentences)
        problems = answer_problems(text, composed.sentences, self._notes, language) if text else ()
        chooser = Teller(self._notes, self._llama, None, 4)
        choosing = perf_counter()
        chosen = chooser.tell((look,), question, language, Deadline.after(self._seconds), lambda _: None)
        return Asked(
            question=question,
            language=language,
            note_id=note.id,
            said=tuple(one.text for one in composed.sentences),
            restated=sum(bool(one.restates) for one in composed.sentences),
            dropped=tuple(composed.dropped),
            whole=composed.whole,
            problems=tuple(one.words for one in problems),
            first_sentence_seconds=round(heard[0] - started, 2) if heard else None,
            compose_seconds=round(composing - started, 2),
            select_seconds=round(perf_counter() - choosing, 2),
            select_mode=chosen.mode,
            select_text=" ".join(one.text for one in chosen.sentences),
        )


def main() -> int:
    """Run, print the report, and give the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="two questions in each language")
    parser.add_argument("--model", type=Path, help="a GGUF file")
    parser.add_argument("--sha256", help="its SHA-256")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60.0, help="the most an answer may take")
    given = parser.parse_args()
    if given.model and not given.sha256:
        parser.error("--model needs --sha256")
    started = perf_counter()
    model = ModelFile(given.model, given.sha256) if given.model else None
    llama = LocalLlama(model, n_threads=given.threads)
    llama.warm()
    bench = Bench(llama, given.seconds)
    first = [one for language in ("en", "es") for one in [asked for asked in QUESTIONS if asked[1] == language][:2]]
    items = []
    for question, language in first if given.quick else QUESTIONS:
        items.append(bench.ask(question, language))
        print(f"{len(items)}: {question}", file=sys.stderr, flush=True)
    kept, dropped = sum(item.restated for item in items), sum(len(item.dropped) for item in items)
    report = {
        "benchmark": "composing",
        "model": llama.name,
        "questions": len(items),
        "sentences_written": kept + dropped,
        "sentences_kept": kept,
        "kept": round(kept / max(1, kept + dropped), 3),
        "answers_left_with_nothing": sum(not item.said for item in items),
        "answers_cut_short": sum(not item.whole for item in items),
        "compose_seconds_p50": median(item.compose_seconds for item in items),
        "select_seconds_p50": median(item.select_seconds for item in items),
        "seconds": round(perf_counter() - started, 1),
        "items": [asdict(item) for item in items],
    }
    return finish(
        report, [goal("answers that the notes do not back", sum(bool(i.problems) for i in items), 1, "count")]
    )


if __name__ == "__main__":
    sys.exit(main())
