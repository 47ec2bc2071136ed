"""The end of a comparison: which school costs least, the letters side by side, and what to look at again."""

from __future__ import annotations

from typing import Any

from actions.answers.command import command
from actions.answers.text import words
from actions.flow.model import Answers, FlowState, Heard, Say
from actions.flow.words import label, result_words, show
from knowledge.need import Comparison, Offer, StatedRule, compare, offers_from_answers, statements

__all__ = ["explained", "messages"]

_WHY = (("net", "price"), ("precio", "neto"), ("loans", "count"), ("prestamos", "cuentan"))


def messages(answers: Answers, state: FlowState, heard: Heard, names: tuple[str, ...]) -> tuple[Say, ...]:
    """What is said at the end, in order; the last message carries `result`. `names` are the flow's own."""
    said = {name: answers[name] for name in names if answers.get(name) is not None}
    found = compare(offers_from_answers(said))
    language = heard.language
    assumed = [name for name in state.assumed if name in said]
    result = {
        "flow": "compare_offers", "end": "offers_compared", "values": found.values(), "answers": said,
        "assumed": assumed,
    }  # fmt: skip
    rows = [row for offer in found.offers for row in _rows(offer, language, short=heard.channel == "sms")]
    rule = statements().rules["net_price"]
    says = [Say(*_headline(found, language), {"rows": rows, "sources": _sources(rule)})]
    if (less := _less_to_pay_now(found, language)) is not None:
        says.append(less)
    if notes := _notes(found, language):
        says.append(Say("utter_offers_notes", {"list": "\n".join(f"- {note}" for note in notes)}))
    if stated := [name for name in assumed if name.startswith("offer_") and name != "offer_more"]:
        schools = {str(n): offer.school for n, offer in enumerate(found.offers, 1)}
        listed = (_assumption(name, said[name], schools, language) for name in stated)
        says.append(Say("utter_offers_assumed", {"list": "; ".join(listed)}))
    says.append(Say("utter_offers_next", {"award_year": said.get("award_year", "")}, {"result": result}))
    return tuple(says)


def explained(heard: Heard) -> tuple[Say, ...]:
    """The rule behind the comparison, for a message that asks why; empty for any other message."""
    said = words(heard.text)
    asks = command(heard.text) == "why" or (said[:1] in {("why",), ("porque",)} or said[:2] == ("por", "que"))
    about = any(said[at : at + 2] == pair for pair in _WHY for at in range(len(said)))
    if command(heard.text) != "why" and not (asks and about):
        return ()
    rules = [statements().rules[name] for name in ("net_price", "loans_are_no_discount")]
    text = " ".join(_in(rule, heard.language) for rule in rules)
    return (Say("utter_offers_notes", {"list": text}, {"sources": _sources(*rules)}),)


def _headline(found: Comparison, language: str) -> tuple[str, dict[str, str]]:
    """Which school has the lowest net price, as far as it is known."""
    first = found.offers[0]
    open_costs = [offer.school for offer in found.offers if offer.cost is None]
    if open_costs:
        return "utter_offers_open", {"schools": ", ".join(open_costs)}
    price = _dollars(min(offer.net_price for offer in found.offers if offer.net_price is not None), language)
    if len(found.offers) == 1:
        return "utter_offers_one", {"school": first.school, "price": price}
    if found.is_tie:
        return "utter_offers_tie", {"schools": ", ".join(found.lowest), "price": price}
    return "utter_offers_lowest", {"school": found.lowest[0], "price": price}


def _less_to_pay_now(found: Comparison, language: str) -> Say | None:
    """The school that leaves less to pay at once only because its letter counts on more loans."""
    if len(found.lowest) != 1:
        return None
    cheapest = next(offer for offer in found.offers if offer.school == found.lowest[0])
    others = [o for o in found.offers if o.gap is not None and cheapest.gap is not None and o.gap < cheapest.gap]
    least = min(others, key=lambda offer: offer.gap or 0, default=None)
    if least is None or least.borrowed <= cheapest.borrowed:
        return None
    params = {
        "school": least.school, "loans": _dollars(least.borrowed, language),
        "cheapest": cheapest.school, "fewer": _dollars(cheapest.borrowed, language),
    }  # fmt: skip
    return Say("utter_offers_less_now", params)


def _notes(found: Comparison, language: str) -> list[str]:
    """What to look at again in each letter, then what loans and work are."""
    texts = statements().warnings
    notes = []
    for school, code in found.warnings:
        warning = texts[code]
        notes.append((warning.es if language == "es" else warning.en).format(school=school))
    if any(offer.borrowed or offer.work for offer in found.offers):
        notes.append(_in(statements().rules["loans_are_no_discount"], language))
    return notes


def _rows(offer: Offer, language: str, *, short: bool) -> list[dict[str, str]]:
    """The lines of one letter; on a phone without a screen for tables they are one."""
    gift = _dollars(offer.gift, language)
    price = _dollars(offer.net_price, language)
    cost = _dollars(offer.cost, language)
    loans, work = _dollars(offer.borrowed, language), _dollars(offer.work, language)
    if short:
        note = _line("short_note", language, loans=loans, work=work, gap=_dollars(offer.gap, language))
        return [_row(_line("net_price", language, school=offer.school), price, note)]
    priced = "net_price_note" if offer.cost is not None else "no_cost_note"
    parents = _dollars(offer.parent_loans, language)
    rows = [
        _row(_line("net_price", language, school=offer.school), price, _line(priced, language, cost=cost, gift=gift)),
        _row(
            _line("loans", language, school=offer.school),
            loans,
            _line("loans_note", language, parents=parents) if offer.parent_loans else "",
        ),
        _row(_line("work", language, school=offer.school), work),
    ]
    over = offer.gap is not None and offer.gap < 0
    left = abs(offer.gap) if offer.gap is not None else None
    return [*rows, _row(_line("over" if over else "gap", language, school=offer.school), _dollars(left, language))]


def _row(label: str, value: str, note: str = "") -> dict[str, str]:
    return {"label": label, "value": value, "note": note}


def _line(name: str, language: str, **blanks: str) -> str:
    return str(result_words("offers")["rows"][name][language]).format(**blanks)


def _assumption(name: str, value: Any, schools: dict[str, str], language: str) -> str:
    number = name.rpartition("_")[2]
    kind = "text" if name.startswith("offer_school") else "money"
    called = label(name, language, None, {"school": schools.get(number, "")})
    return f"{called}: {show(value, kind, language)}"


def _dollars(amount: int | None, language: str) -> str:
    return str(result_words("offers")["unknown"][language]) if amount is None else show(amount, "money", language)


def _in(rule: StatedRule, language: str) -> str:
    return rule.es if language == "es" else rule.en


def _sources(*rules: StatedRule) -> list[dict[str, str]]:
    """Where the rules stand, each page once."""
    pages = {
        source.url: {"title": source.name, "url": source.url, "as_of": rule.as_of.isoformat()}
        for rule in rules
        for source in rule.source
        if source.url is not None
    }
    return list(pages.values())
