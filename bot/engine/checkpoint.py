"""The small state a long dialogue goes on from, in place of everything that came before.

Policies do not look at slots and forms alone: they look back over the last states, and past whole stretches that only
rules decided. So a checkpoint holds the slots, and of the events that count ("applied", as Rasa calls them) the last
few turns and the last few turns that a policy trained on stories can see. Rebuilt from it, a dialogue gets the same
predictions as from its whole history.

    {"at": seconds since 1970, "slots": {name: value}, "active_loop": name or null, "latest_action": name,
     "from_start": whether `recall` begins with the dialogue itself, "recall": [events]}
"""

from dataclasses import dataclass, field, replace
from typing import Any, Dict, List, Optional, Sequence, Text, Tuple

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    Event,
    LoopInterrupted,
    SessionStarted,
    SlotSet,
)
from rasa.shared.core.trackers import DialogueStateTracker

from engine.segments import FIRST_METADATA, read_events, write_events

LAST_TURNS = 4
"""Turns kept as they were. No rule of ours looks back further than two; MemoizationPolicy looks at three states."""
SEEN_TURNS = 4
"""Earlier turns kept because a policy trained on stories can see them: one more than it looks back."""


class RememberedSlots(Event):
    """Every slot that a checkpoint holds, set at once: Rasa goes through all events several times a turn."""

    type_name = "remembered_slots"

    def __init__(self, slots: Dict[Text, Any]) -> None:
        self.slots = slots
        super().__init__()

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, RememberedSlots) and self.slots == other.slots

    def __hash__(self) -> int:
        return hash(tuple(self.slots))

    def as_dict(self) -> Dict[Text, Any]:
        """As Rasa writes events."""
        return {**super().as_dict(), "slots": self.slots}

    def as_story_string(self) -> Optional[Text]:
        """Nothing: no story begins in the middle."""
        return None

    def apply_to(self, tracker: DialogueStateTracker) -> None:
        """Sets them."""
        for name, value in self.slots.items():
            tracker._set_slot(name, value)


_IN_SLOTS = (SlotSet, RememberedSlots, AllSlotsReset, BotUttered)


@dataclass(frozen=True)
class _State:
    """What a decision can depend on beside the last events."""

    features: Dict[Text, Any]
    loop: Optional[Tuple[Text, bool, bool]]
    paused: bool


@dataclass
class _Turn:
    """The events up to a listen, each with the state before it, and the state after all."""

    steps: List[Tuple[_State, Event]] = field(default_factory=list)
    after: Optional[_State] = None
    seen: bool = False


def make_checkpoint(events: Sequence[Event], tracker: DialogueStateTracker) -> Dict[Text, Any]:
    """The checkpoint that stands for `events`. `tracker` gives the person and the domain's slots."""
    before = DialogueStateTracker(tracker.sender_id, tracker.slots.values())
    before.events.extend(events)
    applied = before.applied_events()
    turns, end = _turns(applied, before)
    first_of_last = len(turns) - LAST_TURNS
    seen = [number for number, turn in enumerate(turns) if turn.seen and number < first_of_last][-SEEN_TURNS:]
    kept = [turn for number, turn in enumerate(turns) if number >= first_of_last or number in seen]
    from_start = not turns or kept[0] is turns[0]
    slots = {
        slot.name: slot.value
        for slot in end.slots.values()
        if not slot.has_features() and slot.value != slot.initial_value and slot.name != FIRST_METADATA
    }
    return {
        "at": events[-1].timestamp if events else 0,
        "slots": slots,
        "active_loop": end.active_loop_name,
        "latest_action": end.latest_action_name,
        "from_start": from_start,
        "recall": write_events(_recall(kept, _state_of(end), before)),
    }


def events_of(checkpoint: Dict[Text, Any]) -> List[Event]:
    """Events that bring a dialogue to where the checkpoint stands, none younger than those that follow."""
    recall = read_events(checkpoint["recall"])
    state: List[Event] = [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted()]
    if checkpoint["slots"]:
        state.append(RememberedSlots(checkpoint["slots"]))
    if not checkpoint["from_start"]:
        state.append(ActionExecuted(ACTION_LISTEN_NAME))
    moment = recall[0].timestamp if recall else checkpoint["at"]
    for event in state:
        event.timestamp = moment
    return state + recall


def _turns(applied: Sequence[Event], before: DialogueStateTracker) -> Tuple[List[_Turn], DialogueStateTracker]:
    """The turns of `applied`, and the dialogue at their end."""
    follow = before.init_copy()
    turns, hidden = [_Turn()], False
    for event in applied:
        turn = turns[-1]
        if isinstance(event, ActionExecuted):
            # As `Domain.states_for_tracker_history` decides what to hide from policies trained on stories.
            if not follow.followup_action and follow.latest_action_name != follow.active_loop_name:
                hidden = event.hide_rule_turn
            turn.seen = turn.seen or not hidden
        if not isinstance(event, _IN_SLOTS):
            turn.steps.append((_state_of(follow), event))
        follow.update(event)
        turn.after = _state_of(follow)
        if isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME:
            turns.append(_Turn())
    return [turn for turn in turns if turn.steps], follow


def _state_of(tracker: DialogueStateTracker) -> _State:
    features = {slot.name: slot.value for slot in tracker.slots.values() if slot.has_features()}
    loop = tracker.active_loop
    form = (loop.name, loop.rejected, loop.is_interrupted) if loop is not None and loop.name else None
    return _State(features, form, tracker.is_paused())


def _recall(kept: Sequence[_Turn], end: _State, before: DialogueStateTracker) -> List[Event]:
    """The events of the turns kept, with what changed in between them."""
    blank = _state_of(before.init_copy())
    told: List[Event] = []
    now = blank
    for turn in kept:
        for number, (state, event) in enumerate(turn.steps):
            changes = _changes(now, state, everything=number == 0)
            for change in changes:
                change.timestamp = event.timestamp
            told += [*changes, event]
            now = state
        now = replace(turn.after or now, features=now.features)
    last = _changes(now, end, everything=True)
    for change in last:
        change.timestamp = told[-1].timestamp if told else 0
    return told + last


def _changes(old: _State, new: _State, *, everything: bool) -> List[Event]:
    """What leads from one state to the next. Inside a turn the events themselves change form and pause."""
    made: List[Event] = [
        SlotSet(name, value) for name, value in new.features.items() if value != old.features.get(name)
    ]
    if everything and new.loop != old.loop:
        made += _loop(new.loop)
    if everything and new.paused != old.paused:
        made.append(ConversationPaused() if new.paused else ConversationResumed())
    return made


def _loop(loop: Optional[Tuple[Text, bool, bool]]) -> List[Event]:
    """What brings a form, or none, to be active."""
    if loop is None:
        return [ActiveLoop(None)]
    name, rejected, interrupted = loop
    made: List[Event] = [ActiveLoop(name)]
    if rejected:
        made.append(ActionExecutionRejected(name))
    if interrupted:
        made.append(LoopInterrupted(True))
    return made
