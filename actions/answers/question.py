"""Is this a question rather than an answer? With or without question marks, in English and Spanish."""

from __future__ import annotations

import re
from functools import cache

from actions.answers.figures import find_figures
from actions.answers.replies import says_not_sure
from actions.answers.tables import Phrase, phrases, table
from actions.answers.text import compose, fold, has_phrase, strip_leading, words
from knowledge.boundaries import language_of
from knowledge.spelling import spelt_out

LEAST = 0.5
"""From this score on a text counts as a question."""
_SHORT = 16
"""Words of what is surely a question where any words are an answer; who says more tells something."""
_NOT_SURE = "when-not-sure"
"""The boundary of those who ask what happens if they do not know."""
_CLAUSES = re.compile(
    r"[.!;:\n,]+|(?<=\?)|\bso (?=(?:is|does|do|would|should|are|will|can) (?:it|that|this|i|we|they) \w)"
    r"|\s(?=(?:does|will|would|should) (?:that|this|it) (?!all\b|by\b|every|is\b|for\b|to\b|too\b|now\b)\w+)"
    r"|\s(?=(?:is|are|does|do) (?:he|she|they|it|that|this) "
    r"(?:still|even|also|supposed|gonna|going to|count|counted|required|included|needed|allowed)\b)",
    re.IGNORECASE,
)
"""Where one clause ends; a subject after its verb begins one without a mark ("he pays nothing is he still counted")."""

_HEARD = re.compile(r"\b(?:said|says|told|heard|saw|read|dijo|dijeron|dice|dicen|oi|lei|escuche|vi)\b")
_IS_IT_TRUE = re.compile(
    r"(?:\w+\W+){4,}\s*\u00bf?\s*"
    r"(?:true|for real|(?:eso )?(?:es|sera) (?:eso )?(?:cierto|verdad|asi)|(?:asi|de verdad) es|en serio)\s*\?"
)
"""What somebody heard, and then whether it is so ("they told me I need a notary. True?")."""


def looks_like_question(text: str, language: str = "en") -> bool:
    """Say whether `text` asks something instead of answering."""
    return question_score(text, language) >= LEAST


def asks_where(text: str) -> bool:
    """Say whether `text` asks where to find what is asked for, or what to do without it, and names nothing.

    "Where do I get that", "what if I don't know": the help of the open question answers both.
    """
    if language_of(_NOT_SURE, text) is not None:
        return True
    tokens = words(spelt_out(text))
    return any(_shaped("where", said) for said in (tokens, strip_leading(tokens, phrases("questions", "before"))))


def question_score(text: str, language: str = "en") -> float:
    """Give how surely `text` asks something: 0 (an answer) to 1.

    An amount, date, yes or single word with a question mark ("45k?", "yes?") is an answer given with some
    doubt.
    """
    text = spelt_out(text)
    folded = fold(text)
    tokens = words(text)
    marked = "?" in folded or "\u00bf" in folded
    if not tokens or tokens in phrases("questions", "not_asked") or _only_an_amount(text, folded, language):
        return 0.0
    if says_not_sure(text) and (has_phrase(tokens, phrases("questions", "inside")) or _shaped("inside", tokens)):
        return 0.8
    asks = any(_clause_asks(clause) for clause in _CLAUSES.split(compose(text)) if clause and words(clause))
    if asks and (marked or (len(tokens) <= _SHORT and not _has_amount(tokens, language) and _shaped("surely", tokens))):
        return 1.0
    if asks:
        return 0.8
    if has_phrase(tokens, phrases("questions", "anywhere")):
        return 0.9 if marked else 0.7
    if not marked:
        return 0.0
    if _HEARD.search(folded) and _IS_IT_TRUE.search(folded):
        return 0.9
    if any(_shaped("marked", words(part)) for part in _marked_clauses(folded)):
        return 0.6
    asked = [words(part) for part in re.findall(r"[^.!;\n?]*\?", folded)] or [tokens]
    return max(_marked_score(part, _has_amount(part, language)) for part in asked)


def asks_of_the_question(text: str) -> bool:
    """Say whether `text` asks what was just asked, and about nothing of its own ("what do those mean?")."""
    return _of_the_question().fullmatch(" ".join(words(spelt_out(text)))) is not None


@cache
def _of_the_question() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{shape})" for shape in table("questions")["of_the_question"]))


def _marked_clauses(folded: str) -> list[str]:
    """The clauses that a question mark ends, and whole sentences of one, where no digit stands in them."""
    sentences = re.findall(r"[^.!;\n?]*\?", folded) or [folded]
    clauses = [*sentences, *(sentence.rsplit(",", 1)[-1] for sentence in sentences)]
    return [clause for clause in clauses if not any(char.isdigit() for char in clause)]


def _clause_asks(clause: str) -> bool:
    """Whether one clause, as it was typed, asks by the way it is built."""
    tokens = words(clause)
    rest = strip_leading(tokens, phrases("questions", "before"))
    if _shaped("not", tokens) or _shaped("not", rest):
        return False
    if _opens(tokens) or _starts_asking(clause):
        return True
    said_yes = "s\u00ed" in clause.casefold().split()[:2]
    if not said_yes and (_shaped("starts", tokens) or (_may_follow(tokens, rest) and _shaped("starts", rest))):
        return True
    if _shaped("asked", tokens) or _shaped("where", rest):
        return not says_not_sure(clause)
    return _shaped("anywhere", tokens) and not says_not_sure(clause) and not find_figures(clause)


def _shaped(kind: str, clause: Phrase) -> bool:
    """Whether the words are of one of the shapes listed: from their beginning on, or anywhere in them."""
    pattern = _shapes(kind)
    said = " ".join(clause)
    return (pattern.search(said) if kind in {"anywhere", "asked", "inside"} else pattern.match(said)) is not None


@cache
def _shapes(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{shape})" for shape in table("questions")["shapes"][kind]))


def _may_follow(clause: Phrase, rest: Phrase) -> bool:
    """Whether what comes after the words before a question can be one: "no puedo ver" and "si cuenta" are answers."""
    if len(rest) == len(clause) or not rest:
        return False
    return clause[-len(rest) - 1] not in {"no", "si"} or rest[:1] not in phrases("questions", "negatable")


def _has_amount(part: Phrase, language: str) -> bool:
    """Whether a figure stands in it; "un" and "one" by themselves are none ("¿Y si firmamos un acuerdo?")."""
    return any(not figure.article for figure in find_figures(" ".join(part), language))


def _opens(clause: Phrase) -> bool:
    rest = strip_leading(clause, phrases("questions", "before"))
    if rest in phrases("questions", "alone"):
        return True
    fits = (clause, rest) if _may_follow(clause, rest) else (clause,)
    return any(_begins(candidate, opening) for candidate in fits for opening in _openings())


def _starts_asking(clause: str) -> bool:
    """Tell a clause that begins with a question word: written with its accent ("cómo lleno ..."), or plainly asking.

    Without an accent the word may be something else ("como 39 mil"), so a few words without a figure must follow.
    """
    typed = clause.strip(" \u00bf?").casefold().split()
    listed = table("questions")["first_words"]
    if len(typed) < 2:
        return False
    if typed[0] in listed["accented"]:
        return True
    return typed[0] in listed["plain"] and len(typed) >= 3 and not any(char.isdigit() for char in clause)


@cache
def _openings() -> tuple[Phrase, ...]:
    return tuple(tuple(str(entry).split()) for entry in table("questions")["opens"])


def _begins(clause: Phrase, opening: tuple[str, ...]) -> bool:
    if len(clause) < len(opening):
        return False
    return all(
        said.startswith(want[:-1]) if want.endswith("*") else said == want
        for said, want in zip(clause, opening, strict=False)
    )


def _only_an_amount(text: str, folded: str, language: str) -> bool:
    """Tell an answer given with some doubt: figures and small words around them, nothing else."""
    figures = find_figures(text, language)
    rest, at = "", 0
    for figure in figures:
        rest += folded[at : figure.start] + " "
        at = figure.end
    left = words(rest + folded[at:])
    wraps = phrases("questions", "wraps")
    while left:
        shorter = strip_leading(left, wraps)
        if shorter == left:
            return False
        left = shorter
    return bool(figures) or len(words(text)) <= 2


def _marked_score(part: Phrase, has_figure: bool) -> float:
    """Score the words before a question mark that no opening gave away."""
    if not part:
        return 0.0
    if strip_leading(part, phrases("questions", "hedges")) != part and not _opens(part):
        return 0.0
    asking = bool({phrase[0] for phrase in phrases("questions", "asking_words")} & set(part))
    if asking and len(part) > 1:
        return 0.9
    if asking:
        return 0.7
    return 0.0 if has_figure or len(part) <= 3 else 0.6
