from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest
import structlog

from aidline.errors import ConfigError
from aidline.settings import Settings
from aidline.telemetry import PRIVATE_FIELDS, configure

pytestmark = pytest.mark.usefixtures("logging_restored")


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    captured = capsys.readouterr()
    assert captured.out == ""
    return [json.loads(line) for line in captured.err.splitlines()]


def test_a_line_carries_the_process_the_level_the_time_and_ids(
    make_settings: Callable[..., Settings], capsys: pytest.CaptureFixture[str]
) -> None:
    configure(make_settings(log_json=True), "worker")
    structlog.get_logger("channels").info("A turn was taken", conversation="c1", ms=31)
    (line,) = lines(capsys)
    assert line["event"] == "A turn was taken"
    assert (line["process"], line["level"], line["conversation"], line["ms"]) == ("worker", "info", "c1", 31)
    assert str(line["timestamp"]).endswith("Z")


def test_the_standard_library_logs_in_the_same_form(
    make_settings: Callable[..., Settings], capsys: pytest.CaptureFixture[str]
) -> None:
    configure(make_settings(log_json=True), "web")
    logging.getLogger("some.library").warning("Took %s", "long", extra={"conversation": "c1"})
    (line,) = lines(capsys)
    assert (line["event"], line["process"], line["conversation"]) == ("Took long", "web", "c1")


@pytest.mark.parametrize("field", sorted(PRIVATE_FIELDS))
def test_what_people_write_never_reaches_a_log(
    make_settings: Callable[..., Settings], capsys: pytest.CaptureFixture[str], field: str
) -> None:
    configure(make_settings(log_json=True), "web")
    structlog.get_logger().info("Something happened", **{field: "my income is 12,345"})
    structlog.contextvars.bind_contextvars(**{field: "my income is 12,345"})
    structlog.get_logger().info("Something else happened")
    assert "12,345" not in capsys.readouterr().err


def test_lines_below_the_level_are_left_out(
    make_settings: Callable[..., Settings], capsys: pytest.CaptureFixture[str]
) -> None:
    configure(make_settings(log_json=True, log_level="warning"), "web")
    structlog.get_logger().info("quiet")
    structlog.get_logger().warning("loud")
    assert [line["event"] for line in lines(capsys)] == ["loud"]


def test_libraries_that_log_addresses_are_kept_quiet_even_when_debugging(
    make_settings: Callable[..., Settings], capsys: pytest.CaptureFixture[str]
) -> None:
    configure(make_settings(log_json=True, log_level="DEBUG"), "worker")
    logging.getLogger("httpx").info("GET https://api.example.com/Accounts/secret")
    assert lines(capsys) == []


def test_an_error_shows_where_it_came_from(
    make_settings: Callable[..., Settings], capsys: pytest.CaptureFixture[str]
) -> None:
    configure(make_settings(log_json=True), "worker")
    try:
        raise ValueError("broken")
    except ValueError:
        structlog.get_logger().exception("A turn failed", conversation="c1")
    (line,) = lines(capsys)
    assert "ValueError: broken" in str(line["exception"])


def test_for_reading_the_sentence_comes_plain(
    make_settings: Callable[..., Settings], capsys: pytest.CaptureFixture[str]
) -> None:
    configure(make_settings(), "web")
    structlog.get_logger().info("The web server listens", port=8000)
    text = capsys.readouterr().err
    assert "The web server listens" in text
    assert "port=8000" in text
    assert "\x1b[" not in text


def test_an_unknown_level_names_its_setting(make_settings: Callable[..., Settings]) -> None:
    with pytest.raises(ConfigError, match="AIDLINE_LOG_LEVEL"):
        configure(make_settings(log_level="LOUD"), "web")
