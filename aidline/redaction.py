"""Takes out of a message what nobody should keep: Social Security and card numbers, passwords, bank accounts.

Amounts, phone numbers, zip codes, employer numbers (EIN) and school codes stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from phonenumbers import Leniency, PhoneNumberMatcher

_GAP = r"[\s.\-\u2010-\u2015\u2212]"
_NOT_DIGIT_BEFORE = r"(?<![\d$.,+])(?<!\d[\s\-])"

# "ssn", "social security", "seguro social", "itin", also inside "my social is" and "mi numero de seguro es".
_ABOUT_SSN = (
    r"(?:\bssn|\bss\s?#|\bss\s?n?um|\bss\s?(?:is|:)|\bsocial(?:\s+security)?|\bsocials?\b|\bsosh\b|\bseguro\s+social|"
    r"\bn[u\u00fa]mero\s+(?:de|del)\s+(?:seguro|social)|\bn[u\u00fa]m(?:ero)?\.?\s+de\s+seguro|\bitin\b|\btax\s*id\b|"
    r"\bs\.s\.n?\.?)"
)
_ABOUT_BANK = (
    r"(?:\b(?:bank\s+)?account\s*(?:number|no\.?|num|#)|\brouting(?:\s*(?:number|no\.?|num|#))?|\bacct\.?\s*(?:number|no\.?|#)?|"
    r"\bn[u\u00fa]mero\s+de\s+(?:la\s+)?cuenta|\bcuenta\s+(?:bancaria|de\s+banco|n[u\u00fa]mero)|\bn[u\u00fa]mero\s+de\s+ruta)"
)
_ABOUT_LOGIN = (
    r"(?:\bpass\s?words?|\bpasswd|\bpass\s?code|\bpass\s?phrase|\bpwd|\bpw\b|\bcontrase(?:\u00f1|n|ni)a|\bclave(?:\s+de\s+acceso)?|"
    r"\bpin\b(?:\s+number)?)"
)
_ABOUT_CODE = (
    r"(?:\b(?:verification|security|access|log\s?in|sign\s?in|one[\s-]?time|2fa|texted|auth(?:entication)?)\s+code|"
    r"\bc[o\u00f3]digo\s+de\s+(?:verificaci[o\u00f3]n|seguridad|acceso)|\bcvv2?|\bcvc|\botp)"
)
_SAYS = r"\s*(?:(?:number|num|n[u\u00fa]mero|#)\s*)?(?:(?:(?:is|es|was|era)\b|[=:#\-])\s*)+"

# Words after "my password is" that are no password ("wrong", "expirada").
_PLAIN = """
a an the my our not no wrong right incorrect invalid expired expiring locked lost forgotten different same old new
too very so still being already correct weak bad gone missing required needed working what where how when why in
on at for and or but to something anything nothing it that this case reset hard un una el la mi
muy mal mala incorrecta incorrecto invalida inválida vieja nueva otra diferente igual
misma mismo distinta dificil difícil correcta que si ya nula obligatoria necesaria secreta olvidada bloqueada
vencida expirada
"""
_PLAIN_WORDS = frozenset(_PLAIN.split())


@dataclass(frozen=True, slots=True)
class Redaction:
    """The text without its secrets, and what kinds were found, in order: `ssn`, `card`, `password`, `bank`,
    `code`, `a_number`.
    """

    text: str
    found: tuple[str, ...]


type _Rule = tuple[str, str, re.Pattern[str], Callable[[re.Match[str]], bool]]


def _always(_: re.Match[str]) -> bool:
    return True


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())


def _is_card(found: re.Match[str]) -> bool:
    """Luhn's check (ISO/IEC 7812-1), for the first digits that payment cards begin with."""
    digits = _digits(found.group("secret"))
    if not 13 <= len(digits) <= 19 or digits[0] not in "23456":
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _is_secret(found: re.Match[str]) -> bool:
    said = found.group("secret")
    if said.startswith(('"', "\u201c", "'")):
        return True
    return said.lower().strip(".,;:!?'\"") not in _PLAIN_WORDS and not said.startswith("[")


def _grouped_like_ssn(found: re.Match[str]) -> bool:
    """Tell nine digits from a zip code with four more, an employer number or a date."""
    groups = tuple(len(run) for run in re.findall(r"\d+", found.group("secret")))
    return groups in {(9,), (3, 2, 4), (3, 3, 3), (3, 6), (1,) * 9}


def _rules() -> tuple[_Rule, ...]:
    def rule(kind: str, label: str, pattern: str, when: Callable[[re.Match[str]], bool] = _always) -> _Rule:
        return kind, label, re.compile(pattern, re.IGNORECASE), when

    quoted = r"\"[^\"]{1,80}\"|\u201c[^\u201d]{1,80}\u201d"
    return (
        rule("password", "password", rf"{_ABOUT_LOGIN}{_SAYS}(?P<secret>{quoted}|[^\s,;]+)", _is_secret),
        rule("password", "password", rf"{_ABOUT_LOGIN}\s+(?P<secret>(?=\S*\d)(?=\S*[^\W\d])[^\s,;]{{6,}})"),
        rule("code", "code", rf"{_ABOUT_CODE}(?:{_SAYS}|\s+)(?P<secret>\d{{3,8}})(?!\d)"),
        rule(
            "card",
            "card number",
            r"(?<![\d$])(?P<secret>\d(?:[ \-\u2010-\u2015.]?\d){12,18})(?!\d)",
            _is_card,
        ),
        rule("bank", "bank number", rf"{_ABOUT_BANK}(?:{_SAYS}|\s+)(?P<secret>\d(?:[ \-]?\d){{3,16}})(?!\d)"),
        rule("a_number", "A-number", r"(?<!\w)(?P<secret>A[\s\-#]?(?:\d{3}-\d{3}-\d{3}|\d{8,9}))(?!\d)"),
        rule(
            "ssn",
            "SSN",
            rf"{_NOT_DIGIT_BEFORE}(?P<secret>\d{{3}}{_GAP}{{1,3}}\d{{2}}{_GAP}{{1,3}}\d{{4}})(?![\d])(?!-\d)",
        ),
        rule(
            "ssn",
            "SSN",
            rf"{_ABOUT_SSN}[^\d]{{0,40}}?(?<![\d$])(?P<secret>\d(?:{_GAP}{{0,2}}\d){{8}})(?!{_GAP}?\d)",
            _grouped_like_ssn,
        ),
        rule(
            "ssn",
            "SSN",
            r"(?:last|[u\u00fa]ltim[oa]s)\s+(?:4|four|cuatro)(?:\s+(?:digits|numbers|d[i\u00ed]gitos|n[u\u00fa]meros))?"
            rf"[^\d]{{0,30}}{_ABOUT_SSN}[^\d]{{0,15}}(?P<secret>\d{{4}})(?!\d)",
        ),
        rule("ssn", "SSN", rf"(?<![\d$#])(?P<secret>\d{{9}})(?![\d.,])[^\d]{{0,25}}{_ABOUT_SSN}"),
        rule("ssn", "SSN", r"\A\s*(?P<secret>\d{9})\s*[.!]?\s*\Z"),
    )


_RULES = _rules()


def redact(text: str) -> Redaction:
    """Give `text` with each secret replaced by "[removed SSN]", "[removed card number]" and the like.

    Social Security and taxpayer numbers (ITIN) count when written 3-2-4, when words near nine digits say
    so, or when nine digits are the whole message. Cards must pass Luhn's check. Redacting twice changes
    nothing more.
    """
    hits: list[tuple[int, int, str, str]] = []
    for kind, label, pattern, when in _RULES:
        for found in pattern.finditer(text):
            start, end = found.span("secret")
            if when(found) and not any(start < other_end and other < end for other, other_end, _, _ in hits):
                hits.append((start, end, kind, label))
    if not hits:
        return Redaction(text, ())
    hits.sort()
    pieces: list[str] = []
    at = 0
    for start, end, _, label in hits:
        pieces += [text[at:start], f"[removed {label}]"]
        at = end
    once = Redaction("".join([*pieces, text[at:]]), tuple(kind for _, _, kind, _ in hits))
    again = redact(once.text)
    return Redaction(again.text, once.found + again.found)


def mask_phones(text: str) -> str:
    """`text` with each US phone number replaced by `[phone number]`; for copies that staff read."""
    spans = [(m.start, m.end) for m in PhoneNumberMatcher(text, "US", Leniency.VALID)]
    for start, end in reversed(spans):
        text = f"{text[:start]}[phone number]{text[end:]}"
    return text
