"""What a transcript keeps of a turn: words and questions, and no answer that is the person's own business."""

from __future__ import annotations

import json
from typing import Any

import pytest

from aidline.private_answers import marked
from channels.gateway import keys
from channels.gateway.bot import Reply
from channels.gateway.messages import Asks, Outgoing
from channels.gateway.queue import record_of, shown
from channels.gateway.render import for_sms
from channels.gateway.transcript import Taken, asked_in_private, said
from tests.channels.gateway.conftest import House
from tests.channels.gateway.test_worker import serve
from tests.fakes import NOW, FakeBot, FakeExplainer

ASKS_AGI = {"asks": {"name": "parent_agi", "kind": "money"}}
ASKS_YEAR = {"asks": {"name": "award_year", "kind": "year"}}


def out(text: str, **more: Any) -> Outgoing:
    return Outgoing(id="m1.1", seq=0, at=NOW, language="en", text=text, **more)


def talk(house: House, *turns: tuple[str, list[Reply]], channel: Any = "web") -> list[str]:
    """What is on record of the person's words after these turns."""
    person = house.someone(channel, phone="+15055550123" if channel == "sms" else None)
    for number, (text, replies) in enumerate(turns):
        house.send(person, f"m{number}", text)
        serve(house, FakeBot([replies]), [person], FakeExplainer())
    spoken = {f"m{number}" for number in range(len(turns))}
    recorded: Any = house.client.xrange(keys.RECORD)
    entries = [json.loads(fields["data"]) for _cursor, fields in recorded]
    return [entry["text"] for entry in entries if entry["id"] in spoken]


def test_an_answer_about_money_is_left_out_and_named(house: House) -> None:
    heard = {"heard": {"as": "answer", "names": ["parent_agi"]}}
    kept = talk(house, ("hi", [Reply("AGI?", ASKS_AGI)]), ("45k", [Reply("Earned?", heard)]))
    assert kept == ["hi", "[answer: parent_agi]"]


def test_an_answer_that_could_not_be_read_is_left_out_too(house: House) -> None:
    again = [Reply("I couldn't read that.", {"heard": {"as": "answer", "names": []}}), Reply("AGI?", ASKS_AGI)]
    kept = talk(house, ("hi", [Reply("AGI?", ASKS_AGI)]), ("fourty five thosand", again), ("45 K or so", again))
    assert kept == ["hi", "[answer: parent_agi]", "[answer: parent_agi]"]


def test_a_question_in_the_form_stays_readable_without_its_amounts(house: House) -> None:
    explained = [Reply("", {"explain": {"question": "q"}}), Reply("AGI?", ASKS_AGI)]
    kept = talk(house, ("hi", [Reply("AGI?", ASKS_AGI)]), ("is 45,000 before taxes ok?", explained))
    assert kept[1] == "is [amount] before taxes ok?"


@pytest.mark.parametrize("how", ["order", "opening"])
def test_an_order_and_a_beginning_stay_readable(house: House, how: str) -> None:
    replies = [Reply("Okay.", {"heard": {"as": how, "names": ["parent_agi"]}})]
    assert talk(house, ("hi", [Reply("AGI?", ASKS_AGI)]), ("go back please", replies))[1] == "go back please"


def test_a_correction_is_left_out_whatever_was_asked(house: House) -> None:
    replies = [Reply("Changed.", {"heard": {"as": "answer", "names": ["parent_marital_status"]}})]
    kept = talk(house, ("hi", [Reply("Year?", ASKS_YEAR)]), ("no, they are divorced", replies))
    assert kept[1] == "[answer: parent_marital_status]"


def test_what_staff_need_stays(house: House) -> None:
    assert talk(house, ("hi", [Reply("Year?", ASKS_YEAR)]), ("2026-27", [Reply("Thanks.")]))[1] == "2026-27"


def test_the_question_stays_pending_over_a_reply_that_asks_nothing(house: House) -> None:
    turns = [("hi", [Reply("AGI?", ASKS_AGI)]), ("thanks", [Reply("You're welcome.")]), ("45k", [Reply("Next.")])]
    assert talk(house, *turns)[2] == "[answer: parent_agi]"


def test_after_the_result_nothing_is_pending(house: House) -> None:
    done = [Reply("Done.", {"result": {"flow": "estimate_aid", "end": "estimate_shown", "values": {}, "answers": {}}})]
    turns = [("hi", [Reply("AGI?", ASKS_AGI)]), ("45k", done), ("thank you so much", [Reply("Welcome.")])]
    assert talk(house, *turns)[2] == "thank you so much"


def test_the_networks_words_stay_readable(house: House) -> None:
    kept = talk(house, ("hi", [Reply("AGI?", ASKS_AGI)]), ("STOP", [Reply("never said")]), channel="sms")
    assert kept[1] == "STOP"


def test_the_page_shows_what_the_record_leaves_out() -> None:
    message = out(f"Changed. AGI is now {marked('$46,200')}.", rows=[{"label": "AGI", "value": marked("$46,200")}])
    page, record = json.loads(shown(message)), json.loads(record_of(message, "web"))
    assert (page["text"], page["rows"][0]["value"]) == ("Changed. AGI is now $46,200.", "$46,200")
    assert (record["text"], record["rows"][0]["value"]) == ("Changed. AGI is now [answer].", "[answer]")
    assert "sent" not in record


def test_a_text_to_a_phone_is_sent_whole_and_kept_without_answers() -> None:
    rows = [{"label": "AGI", "value": marked("$46,200")}]
    text, rest = for_sms([out(f"AGI is {marked('$46,200')}."), out("Right?", rows=rows)], "en")
    record = json.loads(record_of(text, "sms"))
    assert (rest, record["sent"]) == ("", "AGI is $46,200.\n\nRight?\nAGI: $46,200")
    assert record["text"] == "AGI is [answer].\n\nRight?\nAGI: [answer]"


def test_the_rest_of_a_long_text_is_kept_without_answers_too() -> None:
    words = " ".join(f"word{n}" for n in range(60))
    text, rest = for_sms([out(f"{words} {marked('$46,200')} {words} {marked('$51,300')} {words}")], "en")
    assert rest
    kept = "".join(json.loads(record_of(out(part), "sms"))["text"] for part in (text.text, rest))
    sent = "".join(json.loads(record_of(out(part), "sms"))["sent"] for part in (text.text, rest))
    assert "46,200" in sent
    assert "51,300" in sent
    assert "6,2" not in kept
    assert "1,3" not in kept


def test_values_that_repeat_answers_are_left_out_of_a_result() -> None:
    values = {"reference": "AID-1", "income_now": 18_000, "appeal_reason": "death", "school_name": "Kent", "sai": 5}
    result = {"flow": "appeal", "end": "appeal_recorded", "values": values, "answers": {"income_now": 18_000}}
    kept = json.loads(record_of(out("Done.", result=result), "web"))["result"]
    assert kept["answers"] == {}
    assert kept["values"] == {**values, "income_now": "[answer]", "appeal_reason": "[answer]"}


def test_a_value_to_confirm_is_left_out() -> None:
    asks = Asks.model_validate({"name": "confirm_value", "kind": "yes_no", "about": "parent_agi", "value": 45_000})
    assert "value" not in json.loads(record_of(out("Right?", asks=asks), "web"))["asks"]
    assert asked_in_private(asks) == "parent_agi"


def test_phone_numbers_never_reach_the_record() -> None:
    assert said("call me at 505-555-0147", "", Taken("open")) == "call me at [phone number]"
