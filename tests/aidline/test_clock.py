"""The clock that evaluations move: days pass at once, for every program that reads the same file."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from aidline.clock import MovedClock, SystemClock, clock_at, move
from aidline.errors import ConfigError


def test_without_a_file_it_is_the_computers_clock(tmp_path: Path) -> None:
    assert isinstance(clock_at(None), SystemClock)
    moved = MovedClock(tmp_path / "none").now() - SystemClock().now()
    assert abs(moved) < timedelta(seconds=5)


def test_every_program_that_reads_the_file_lives_on_the_same_day(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    one, other = clock_at(file), clock_at(file)
    move(file, datetime(2027, 3, 1, 17, tzinfo=UTC))
    assert (one.today(), other.today()) == (date(2027, 3, 1), date(2027, 3, 1))
    move(file, one.now() + timedelta(days=3))
    assert (one.today(), other.today()) == (date(2027, 3, 4), date(2027, 3, 4))


def test_the_day_is_the_one_in_washington(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    move(file, datetime(2027, 7, 1, 3, tzinfo=UTC))
    assert MovedClock(file).today() == date(2027, 6, 30)


def test_a_file_that_is_no_number_says_how_to_mend_it(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text("tomorrow", encoding="ascii")
    with pytest.raises(ConfigError, match="Unset AIDLINE_CLOCK_FILE"):
        MovedClock(file).now()
