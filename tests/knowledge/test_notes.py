"""What notes promise: they are read whole, or refused with the file and the line to mend."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError, NoteError
from knowledge.notes import load_note, load_notes

FIXTURES = Path(__file__).parent / "fixtures" / "notes"
ARTICLES = Path(__file__).parents[2] / "knowledge" / "articles"
GOOD = (FIXTURES / "en" / "pell-grant.md").read_text("utf-8")


def folder_with(tmp_path: Path, text: str, name: str = "pell-grant.md") -> Path:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / name).write_text(text, "utf-8")
    return tmp_path


def test_a_note_keeps_its_statements_in_order_each_with_its_source() -> None:
    note = load_notes(FIXTURES).get("pell-grant", "en")
    assert note is not None
    assert [statement.source_id for statement in note.statements] == ["pell-max"] * 2 + ["pell-general"] * 2
    assert note.statements[0].text == "The most a Pell Grant pays for 2026-27 is $7,395."
    source = note.source("pell-max")
    assert source is not None
    assert (source.confidence, source.as_of.isoformat()) == ("confirmed", "2026-02-18")


def test_each_language_has_its_own_shelf() -> None:
    notes = load_notes(FIXTURES)
    assert [note.id for note in notes.in_language("es")] == ["fafsa", "pell-grant"]
    assert {note.language for note in notes.in_language("es")} == {"es"}


def test_a_note_cannot_be_changed_once_read() -> None:
    note = load_notes(FIXTURES).in_language("en")[0]
    with pytest.raises(FrozenInstanceError):
        note.title = "Something else"  # type: ignore[misc]


def test_the_version_changes_when_one_word_changes(tmp_path: Path) -> None:
    before = load_notes(folder_with(tmp_path, GOOD)).version
    (tmp_path / "en" / "pell-grant.md").write_text(GOOD.replace("least", "smallest"), "utf-8")
    assert load_notes(tmp_path).version != before


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ("id: pell", "id: pell-grant", "its place says `pell-grant`"),
        ("topic: ''", "topic: pell", "`topic`"),
        ("as_of: soon", "as_of: 2026-02-18", "`as_of`"),
        ("short_source: nowhere", "short_source: pell-max", "no source `nowhere`"),
        ("    confidence: surely", "    confidence: confirmed", "`sources.0.confidence`"),
        ("  - yes", "  - what is a pell grant", "`questions.0`"),
        (
            "- Pell is good. [made-up]",
            "- The least a Pell Grant pays for 2026-27 is $740. [pell-max]",
            "`made-up`",
        ),
        (
            "- Pell is good.",
            "- The least a Pell Grant pays for 2026-27 is $740. [pell-max]",
            "not a statement",
        ),
        (
            "- " + "x" * 221 + " [pell-max]",
            "- The least a Pell Grant pays for 2026-27 is $740. [pell-max]",
            "221",
        ),
    ],
)
def test_a_broken_note_is_refused_with_its_file_and_line(tmp_path: Path, wrong: str, right: str, says: str) -> None:
    line = GOOD.splitlines().index(right) + 1
    with pytest.raises(NoteError) as caught:
        load_notes(folder_with(tmp_path, GOOD.replace(right, wrong, 1)))
    assert caught.value.line == line
    assert f"pell-grant.md:{line} " in str(caught.value)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("No front matter", "does not start with"),
        ("---\nid: x\n", "no closing"),
        ("---\nid: [x\n---\n", "not YAML"),
        ("---\njust words\n---\n", "not a list of"),
        (GOOD[: GOOD.rindex("---") + 4], "no statements"),
        (GOOD.replace("topic: pell\n", ""), "`topic`: Field required"),
        (GOOD.replace("- id: pell-general", "- id: pell-max"), "two sources called"),
    ],
)
def test_a_note_that_is_not_one_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(NoteError, match=says):
        load_notes(folder_with(tmp_path, text))


def test_one_note_can_be_read_alone_and_is_the_same_as_among_all() -> None:
    alone = load_note(ARTICLES, "homeless-youth-proof", "es")
    assert alone == load_notes(ARTICLES).get("homeless-youth-proof", "es")


def test_a_note_that_is_not_there_is_named() -> None:
    with pytest.raises(NoteError, match=r"no-such-note\.md is not there"):
        load_note(ARTICLES, "no-such-note", "en")


def test_a_folder_without_notes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="holds no notes"):
        load_notes(tmp_path)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    folder_with(tmp_path, GOOD)
    (tmp_path / "en" / "pell-grant.md").write_bytes("año".encode("latin-1"))
    with pytest.raises(NoteError, match="UTF-8"):
        load_notes(tmp_path)


def test_every_note_aidline_ships_can_be_read_in_both_languages() -> None:
    notes = load_notes(ARTICLES)
    ids = {language: {note.id for note in notes.in_language(language)} for language in ("en", "es")}
    assert ids["en"] == ids["es"]
    for note in notes.in_language("en"):
        twin = notes.get(note.id, "es")
        assert twin is not None
        assert [said.source_id for said in twin.statements] == [said.source_id for said in note.statements]
