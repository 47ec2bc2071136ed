"""A long dialogue goes on from a small state exactly as it would from its whole history."""

import pytest
from dialogues import PROJECT, Somebody, form_turn, said, start, trained, whole
from engine.checkpoint import events_of, make_checkpoint
from engine.segments import events_that_matter, read_segment, write_segment
from engine.tracker_store import KEPT_TURNS
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered

TWO_FORMS = """
version: "3.1"
intents: [ask, inform, leave, thanks]
slots:
  mood: {type: categorical, values: [en, es], influence_conversation: true, mappings: [{type: custom}]}
  paid: {type: bool, influence_conversation: true, mappings: [{type: custom}]}
  language: {type: any, mappings: [{type: custom}]}
  parent_agi: {type: any, initial_value: 3, mappings: [{type: custom}]}
forms:
  first_form: {required_slots: []}
  second_form: {required_slots: []}
responses: {utter_ok: [{text: ok}], utter_bye: [{text: bye}], utter_why: [{text: why}]}
actions: [action_start_over]
"""
THEIR_DATA = """
version: "3.1"
stories:
- story: a form that a policy trained on stories sees, with a question in the middle
  steps:
  - intent: leave
  - action: second_form
  - active_loop: second_form
  - intent: ask
  - action: utter_why
  - action: second_form
  - active_loop: null
  - action: utter_bye
- story: moods count
  steps:
  - slot_was_set: [{mood: en}]
  - intent: thanks
  - action: utter_ok
  - intent: thanks
  - action: utter_bye
rules:
- rule: first form
  steps: [{intent: inform}, {action: first_form}, {active_loop: first_form}]
- rule: first form ends
  condition: [{active_loop: first_form}]
  steps: [{action: first_form}, {active_loop: null}, {action: action_start_over}]
- rule: a question in the middle
  condition: [{active_loop: first_form}]
  steps: [{intent: ask}, {action: utter_why}, {action: first_form}]
"""


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    return trained(tmp_path_factory.mktemp("ours"), PROJECT / "bot/domain", *(PROJECT / "bot/data").glob("[rs]*"))


@pytest.fixture(scope="module")
def theirs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("theirs")
    (folder / "domain.yml").write_text(TWO_FORMS)
    (folder / "data.yml").write_text(THEIR_DATA)
    return trained(tmp_path_factory.mktemp("model"), folder / "domain.yml", folder / "data.yml")


class Bounded:
    """The dialogue as a store would keep it: a checkpoint, and the turns since."""

    def __init__(self, domain):
        self.domain, self.checkpoint, self.turns = domain, None, []
        self.checkpoints = 0

    def read(self):
        events = events_of(self.checkpoint) if self.checkpoint else []
        self.starts = []
        for line in self.turns:
            self.starts.append(len(events))
            events += events_that_matter(read_segment(line))
        return whole("p", events, self.domain)

    def add(self, tracker, events):
        self.starts.append(len(tracker.events) - len(events))
        self.turns.append(write_segment(events, None))
        if len(self.turns) > 2 * KEPT_TURNS:
            past = len(self.turns) - KEPT_TURNS
            self.checkpoint = make_checkpoint(list(tracker.events)[: self.starts[past]], tracker)
            self.turns = self.turns[past:]
            self.checkpoints += 1


def state(tracker):
    loop = tracker.active_loop
    return (
        tracker.current_slot_values(), tracker.active_loop_name, loop and (loop.rejected, loop.is_interrupted),
        tracker.latest_action_name, tracker.followup_action, tracker.is_paused(), tracker.latest_message.text,
    )  # fmt: skip


def live(policies, seed, turns, intents, slots):
    """`turns` turns of somebody, decided on both dialogues at every step. Gives how often a checkpoint was made."""
    person = Somebody(policies, seed, intents=intents, slots=slots)
    everything, bounded = start(), Bounded(policies.domain)
    first = bounded.read()
    first.update_with_events(start(), policies.domain)
    bounded.add(first, start())
    for _ in range(turns):
        full, small = whole("p", everything, policies.domain), bounded.read()
        assert state(small)[:6] == state(full)[:6]
        new = []

        def happen(events, both=(full, small), new=new):
            for event in events:
                new.append(event)
                for tracker in both:
                    tracker.update(event, policies.domain)

        happen([person.says()])
        for _ in range(10):
            told, best = policies.predict(full)
            assert policies.predict(small)[0] == told
            follow = full.followup_action
            name = follow or policies.domain.action_names_or_texts[best.max_confidence_index]
            for tracker in (full, small):
                tracker.clear_followup_action()
            done = person.action(name, full)
            if isinstance(done[0], ActionExecuted) and not follow:
                done[0].hide_rule_turn = best.hide_rule_turn
                happen(best.events)
            happen(done)
            assert state(small) == state(full)
            if name == "action_listen":
                break
        else:
            happen([ActionExecuted("action_listen")])
        everything += new
        bounded.add(small, new)
    return bounded.checkpoints


@pytest.mark.parametrize("seed", range(4))
def test_our_bot_decides_the_same_with_the_small_state_as_with_everything(ours, seed):
    intents = [i for i in ours.domain.intents if i not in ("session_start", "nlu_fallback")]
    few = intents if seed % 2 else ["start_estimate_aid", "ask_question", "thanks", "bye", "greet", "talk_to_person"]
    made = live(ours, seed, 60, few, ["family_size", "flow_states", "language", "student_agi"])
    assert made >= 10


@pytest.mark.parametrize("seed", range(8))
def test_so_does_a_bot_whose_stories_look_into_forms_and_at_slots(theirs, seed):
    kinds = [["ask", "inform", "leave", "thanks"], ["thanks", "leave", "ask"], ["inform", "inform", "inform", "thanks"]]
    slots = ["mood", "language", "parent_agi"] if seed % 2 else ["mood", "paid", "parent_agi"]
    assert live(theirs, seed, 60, kinds[seed % 3], slots) >= 10


DOMAIN = Domain.from_dict(
    {
        "slots": {
            name: {"type": "any", "mappings": [{"type": "custom"}]}
            for name in ("family_size", "parent_agi", "flow_states", "requested_slot")
        }
        | {"language": {"type": "any", "initial_value": "en", "mappings": [{"type": "custom"}]}},
        "forms": {"estimate_aid_form": {"required_slots": []}},
        "responses": {"utter_q": [{"text": "?"}]},
    }
)


def long_form(turns):
    return [
        *start(),
        SlotSet("language", "es"),
        SlotSet("family_size", 4),
        *(e for n in range(turns) for e in form_turn(n)),
    ]


def after(events):
    return whole("p", events_of(make_checkpoint(events, whole("p", [], DOMAIN))), DOMAIN)


def test_a_form_that_is_open_stays_open_with_every_answer():
    back = after(long_form(100))
    assert back.active_loop_name == "estimate_aid_form"
    assert back.get_slot("family_size") == 4
    assert back.get_slot("parent_agi") == 99_000
    assert back.get_slot("language") == "es"


def test_a_form_that_was_left_stays_closed():
    assert after([*long_form(20), ActiveLoop(None), ActionExecuted("action_listen")]).active_loop_name is None


@pytest.mark.parametrize(("slot", "begins_as"), [("family_size", None), ("language", "en")])
def test_an_answer_taken_back_stays_taken_back_even_where_there_was_one_to_begin_with(slot, begins_as):
    assert whole("p", [], DOMAIN).get_slot(slot) == begins_as
    assert after([*long_form(20), SlotSet(slot, None)]).get_slot(slot) is None


def test_the_small_state_does_not_grow_with_the_dialogue():
    sizes = [len(make_checkpoint(long_form(turns), whole("p", [], DOMAIN))["recall"]) for turns in (10, 1000)]
    assert sizes[0] == sizes[1] < 20


def test_it_holds_nothing_that_the_bot_said():
    events = events_of(make_checkpoint(long_form(30), whole("p", [], DOMAIN)))
    assert not any(isinstance(event, BotUttered) for event in events)


def test_nothing_in_it_looks_younger_than_what_follows():
    events = [*long_form(30), said("the last"), ActionExecuted("action_listen")]
    back = [*events_of(make_checkpoint(events[:-2], whole("p", [], DOMAIN))), *events[-2:]]
    moments = [event.timestamp for event in back]
    assert moments == sorted(moments)
    assert isinstance(back[-2], UserUttered)
