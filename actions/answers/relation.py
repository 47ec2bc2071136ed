"""Whose parent is spoken of: "it was me, his father" and "my husband, her dad" are a parent of the student."""

from __future__ import annotations

import re
from typing import Literal

from actions.answers.replies import says_not_sure
from actions.answers.text import words

_PARENT = (
    r"(?:step ?)?(?:moms?|mothers?|mum|mommy|mama|mami|dads?|daddy|fathers?|papa|papi|parents?|madre|padres?|"
    r"papas|madrastra|padrastro)"
)
_SPOUSE = r"(?:husband|hubby|wife|spouse|esposo|esposa|marido|mujer|senora|conyuge)"
_CHILD = r"(?:students?|kids?|sons?|daughters?|childs?|boys?|girls?|estudiante|alumn[oa]|hij[oa]s?|nin[oa]s?)"
_KIN = (
    r"(?:legal )?(?:guardian|grand ?(?:ma|mother|pa|father)|aunt|uncle|sister|brother|counselor|tutora?|"
    r"abuel[oa]|ti[oa]|herman[oa]|consejer[oa])"
)
_OWN_PARENT = re.compile(rf"\b(?:my|our|mi|mis|nuestr[oa]s?) (?:own )?{_PARENT}\b")
_THEIR_PARENT = re.compile(
    rf"\b(?:his|her|hers|their|sus?) (?:own )?{_PARENT}\b"
    rf"|(?<!\band )(?<!\bn )(?<!\by )(?<!\bor )\b(?:the|a|el|la|los) {_PARENT}\b"
)
_PARENT_OF_THE_STUDENT = re.compile(
    rf"\b{_CHILD} {_PARENT}\b|\b{_PARENT} (?:of|del?) (?:the |my |our |mis? |la |el )?(?:{_CHILD}|ell[oa]s?|el)\b"
)
_SPEAKER = re.compile(
    rf"\b(?:i|im|ive|me|myself|mine|we|us|yo|soy|somos|nosotr[oa]s|conmigo)\b"
    rf"|\ba mi\b(?! (?:{_PARENT}|{_SPOUSE}|{_CHILD})\b)"
)
_MY_SPOUSE = re.compile(rf"\b(?:my|mi) (?:ex )?{_SPOUSE}\b(?! (?:and|y|n|or|o) )")
_ONESELF = re.compile(
    r"\b(?:me|myself|mine|us|yo|soy|a mi|mi[oa]|nosotr[oa]s|my (?:husband|wife)|mi espos[oa])\b"
    r"|^(?:i|we) (?:do|did|will|would|am|are|have|havent|need|owe|borrow\w*|take|took|sign\w*)\b|^(?:i|we)$"
)
_THE_CHILD = re.compile(rf"\b(?:{_CHILD}|he|she|they|him|her|hers|them|ell[oa]s?)\b")
_NOT_SO = re.compile(r"\b(?:not|no|nor|ni|isnt|wasnt) (?:me|us|yo|a mi|nosotr[oa]s|his|her|their|the|sus?|el|la|los)\b")
_MARRIED_TO_ONE = re.compile(
    rf"\b(?:moms|mothers|dads|fathers) (?:new |current |second )?{_SPOUSE}\b"
    rf"|\b{_SPOUSE} (?:de|of) (?:mi|my|su|his|her|la|el) {_PARENT}\b"
    rf"|\b{_PARENT} (?:and|y|n|con|with) (?:his|her|su) (?:new |nuev[oa] )?{_SPOUSE}\b"
)
_IS_OTHER_KIN = re.compile(rf"\b(?:me|im|i am|yo|soy|a mi)(?: (?:i|im|am|que|soy))* (?:his|her|their|su) {_KIN}\b")


def parent_meant(text: str, *, by_parent: bool = False) -> Literal["parent", "other"] | None:
    """Tell whether the person named is a parent of the student, seen from whoever speaks; None for other words.

    A parent may speak ("yo, su mamá") or name the other one ("my wife, his mom"); whoever is married to a parent counts
    as one. "other" is somebody who speaks for the student and is no parent ("me, his aunt"). `by_parent`: a parent is
    known to speak, so "me" is one.
    """
    said = " ".join(words(text))
    if _IS_OTHER_KIN.search(said):
        return "other"
    if _MARRIED_TO_ONE.search(said):
        return "parent"
    if by_parent and _ONESELF.search(said) and not _THE_CHILD.search(said) and not says_not_sure(text):
        return "parent"
    if _OWN_PARENT.search(said) or _NOT_SO.search(said):
        return None
    seen_from = _SPEAKER.search(said) or _MY_SPOUSE.search(said)
    named = _PARENT_OF_THE_STUDENT.search(said) or (seen_from and _THEIR_PARENT.search(said))
    return "parent" if named else None
