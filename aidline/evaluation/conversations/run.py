"""Plays a set of personas and reports how it went: what `aidline eval conversations` shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from aidline.evaluation.conversations.files import read_personas
from aidline.evaluation.conversations.judge import Failure, Kind, judge
from aidline.evaluation.conversations.persona import DEFAULT_TODAY, Persona
from aidline.evaluation.conversations.player import Played, play
from aidline.evaluation.conversations.stage import OwnStage, RunningStage, own_stage

if TYPE_CHECKING:
    from aidline.settings import Settings
    from aidline.supervisor import Progress

__all__ = ["Item", "as_text", "conversations_report", "play_all", "report_of"]

_PASSED = 0.95
_PERCENTILE = 0.95


@dataclass(frozen=True)
class Item:
    """One persona: how it went, or why it could not be played here."""

    persona: Persona
    played: Played | None = None
    failures: tuple[Failure, ...] = ()
    skipped: str | None = None
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """Whether it was played and everything was right."""
        return self.played is not None and not self.failures


def conversations_report(
    settings: Settings, path: Path, *, url: str | None = None, jobs: int = 4, progress: Progress | None = None
) -> dict[str, Any]:
    """Every persona of `path` played once, on a stack of our own or on the site at `url`; ready for JSON.

    Raises InputError for personas that can't be read, SetupError if a stack can't be started.
    """
    personas = read_personas(path)
    with _stage(settings, url, progress) as stage:
        began = perf_counter()

        def tell(item: Item) -> None:
            if progress is not None:
                progress.line(_line(item))

        items = play_all(personas, stage, jobs=jobs, tell=tell)
        return report_of(items, path=str(path), site=url or "a stack of its own", seconds=perf_counter() - began)


@contextmanager
def _stage(settings: Settings, url: str | None, progress: Progress | None) -> Iterator[OwnStage | RunningStage]:
    if url is not None:
        yield RunningStage(url)
        return
    with own_stage(settings, progress) as stage:
        yield stage


def play_all(
    personas: Sequence[Persona],
    stage: OwnStage | RunningStage,
    *,
    jobs: int = 4,
    tell: Callable[[Item], None] = lambda _item: None,
) -> list[Item]:
    """Plays all of them, `jobs` at a time, in the order given; whoever breaks the stack or moves the clock, alone."""
    items: dict[str, Item] = {}

    def do(persona: Persona) -> None:
        items[persona.id] = item = _played(persona, stage)
        tell(item)

    playable = []
    for persona in personas:
        if (reason := _unplayable(persona, stage)) is None:
            playable.append(persona)
        else:
            items[persona.id] = Item(persona, skipped=reason)
            tell(items[persona.id])
    for day, group in groupby(sorted(playable, key=_day), key=_day):
        of_the_day = list(group)
        if stage.ours:
            stage.begin(day)
        with ThreadPoolExecutor(jobs) as people:
            list(people.map(do, (one for one in of_the_day if not one.breaks_the_stack)))
        for persona in of_the_day:
            if persona.breaks_the_stack:
                stage.begin(day)
                do(persona)
    return [items[persona.id] for persona in personas]


def _day(persona: Persona) -> date:
    return persona.today or DEFAULT_TODAY


def _unplayable(persona: Persona, stage: OwnStage | RunningStage) -> str | None:
    if persona.channel == "sms" and not stage.has_phones:
        return "there is no phone simulator"
    if stage.ours:
        return None
    if persona.breaks_the_stack:
        return "only a stack that was started for it can be restarted or moved in time"
    if persona.today is not None and persona.today != stage.today():
        return f"it plays on {persona.today}, and the clock there can't be moved"
    return None


def _played(persona: Persona, stage: OwnStage | RunningStage) -> Item:
    began = perf_counter()
    played = play(persona, stage)
    return Item(persona, played, judge(played), seconds=perf_counter() - began)


def report_of(items: Sequence[Item], *, path: str, site: str, seconds: float) -> dict[str, Any]:
    """The report on what was played."""
    failures = Counter(kind for item in items for kind in {failure.kind for failure in item.failures})
    played = [item for item in items if item.played is not None]
    turns = sorted(turn.reply.seconds for item in played if item.played for turn in item.played.turns)
    return {
        "report": "eval conversations",
        "path": path,
        "site": site,
        "counts": {
            "personas": len(items),
            "played": len(played),
            "passed": sum(item.passed for item in items),
            "skipped": len(items) - len(played),
            "turns": len(turns),
        },
        "by_flow": _split(played, lambda one: one.flow),
        "by_channel": _split(played, lambda one: one.channel),
        "by_language": _split(played, lambda one: one.language),
        "failed_by": dict(failures.most_common()),
        "seconds_a_turn": {"p50": _rounded(median(turns)), "p95": _rounded(_late(turns)), "most": _rounded(turns[-1])}
        if turns
        else None,
        "goals": _goals(played, failures),
        "versions": {"aidline": version("aidline")},
        "seconds": round(seconds, 1),
        "items": [_item(item) for item in items],
    }


def _split(items: Sequence[Item], by: Callable[[Persona], str]) -> dict[str, dict[str, int]]:
    groups = sorted({by(item.persona) for item in items})
    return {
        group: {
            "played": sum(by(item.persona) == group for item in items),
            "passed": sum(by(item.persona) == group and item.passed for item in items),
        }
        for group in groups
    }


def _goals(played: Sequence[Item], failures: Counter[Kind]) -> list[dict[str, Any]]:
    share = sum(item.passed for item in played) / len(played) if played else 0.0

    def none_with(name: str, *kinds: Kind) -> dict[str, Any]:
        value = sum(failures[kind] for kind in kinds)
        return {"name": name, "value": value, "limit": 0, "unit": "personas", "holds": value == 0}

    return [
        {"name": "personas played", "value": len(played), "limit": 1, "unit": "count", "holds": bool(played)},
        {"name": "personas passed", "value": round(share, 4), "limit": _PASSED, "unit": "share",
         "holds": share >= _PASSED},
        none_with("wrong values", "value", "slot"),
        none_with("dead ends and silence", "dead_end", "silence"),
        none_with("something said that must not be", "forbidden"),
    ]  # fmt: skip


def _item(item: Item) -> dict[str, Any]:
    persona, played = item.persona, item.played
    return {
        "id": persona.id,
        "flow": persona.flow,
        "channel": persona.channel,
        "language": persona.language,
        "tags": list(persona.tags),
        "outcome": "skipped" if played is None else "passed" if item.passed else "failed",
        "skipped_because": item.skipped,
        "failures": [{"kind": failure.kind, "what": failure.what} for failure in item.failures],
        "not_exercised": list(played.unexercised) if played else [],
        "result": dict(played.main.result) if played and played.main.result else None,
        "turns": [turn.as_json() for turn in played.turns] if played else [],
        "seconds": round(item.seconds, 2),
    }


def _late(values: Sequence[float]) -> float:
    return values[min(int(len(values) * _PERCENTILE), len(values) - 1)]


def _rounded(seconds: float) -> float:
    return round(seconds, 3)


def as_text(report: dict[str, Any]) -> str:
    """The report for reading: counts, goals, every failure, and what could not be played or was not exercised."""
    counts = report["counts"]
    blocks = [
        [f"{counts['personas']} personas: {counts['passed']} of {counts['played']} played passed, "
         f"{counts['skipped']} skipped; {counts['turns']} turns in {report['seconds']} s"],
        *(
            [title, *(f"  {name}: {one['passed']} of {one['played']}" for name, one in report[key].items())]
            for title, key in (("By flow", "by_flow"), ("By channel", "by_channel"), ("By language", "by_language"))
        ),
        ["Goals", *(
            f"  {'✓' if goal['holds'] else '✗'} {goal['name']}: {goal['value']} (goal {goal['limit']} {goal['unit']})"
            for goal in report["goals"]
        )],
    ]  # fmt: skip
    items = report["items"]
    failed = [item for item in items if item["outcome"] == "failed"]
    blocks.append(["Failed", *(line for item in failed for line in _failed(item))] if failed else ["Failed", "  none"])
    for title, key in (("Skipped", "skipped_because"), ("Not exercised", "not_exercised")):
        if found := [item for item in items if item[key]]:
            told = ((item["id"], item[key]) for item in found)
            blocks.append(
                [title, *(f"  {name}: {', '.join(why) if isinstance(why, list) else why}" for name, why in told)]
            )
    return "\n\n".join("\n".join(block) for block in blocks)


def _failed(item: dict[str, Any]) -> list[str]:
    return [
        f"  {item['id']} ({item['flow']}, {item['channel']}, {item['language']}; {len(item['turns'])} turns)",
        *(f"      {failure['kind']}: {failure['what'][:200]}" for failure in item["failures"]),
    ]


def _line(item: Item) -> str:
    if item.played is None:
        return f"- {item.persona.id}: skipped, {item.skipped}"
    why = f": {item.failures[0]}"[:160] if item.failures else ""
    return f"{'✓' if item.passed else '✗'} {item.persona.id} ({item.seconds:.1f} s){why}"
