from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from aidline.errors import ConfigError
from aidline.settings import Settings
from aidline.supervisor import Program
from aidline.supervisor.programs import aidline_programs, redis_binary, settings_environment

MODEL = Path("bot/models/aidline-0123456789ab.tar.gz")


def by_name(settings: Settings) -> dict[str, Program]:
    return {program.name: program for program in aidline_programs(settings, MODEL)}


def test_children_see_exactly_the_settings_of_their_parent(
    make_settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIDLINE_WEB_PORT", "1")
    settings = make_settings(web_port=8123, phone_key="a,b", log_json=True, turn_timeout=2.5)
    script = "import json; from aidline.settings import Settings; s = Settings(_env_file=None);"
    script += (
        "print(json.dumps([s.web_port, s.phone_key.get_secret_value(), s.log_json, s.turn_timeout, str(s.data_dir)]))"
    )
    env = settings_environment(settings)
    seen = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, check=True)
    assert json.loads(seen.stdout) == [8123, "a,b", True, 2.5, str(settings.data_dir)]


def test_the_bot_gets_no_settings_it_could_leak_and_listens_on_loopback_only(
    make_settings: Callable[..., Settings],
) -> None:
    rasa = by_name(make_settings(host="192.0.2.1", rasa_port=5999, actions_port=5998, twilio_auth_tokens="tok"))["rasa"]
    assert rasa.argv[rasa.argv.index("-i") + 1] == "127.0.0.1"
    assert rasa.argv[rasa.argv.index("--port") + 1] == "5999"
    assert "--enable-api" not in rasa.argv
    assert rasa.env["AIDLINE_ACTIONS_URL"] == "http://127.0.0.1:5998/webhook"
    assert rasa.env["AIDLINE_SESSION_SECONDS"] == str(30 * 24 * 60 * 60)
    assert not {"AIDLINE_TWILIO_AUTH_TOKENS", "AIDLINE_SECRET_KEY", "AIDLINE_PHONE_KEY"} & rasa.env.keys()


def test_several_dialogue_managers_listen_on_ports_in_a_row(make_settings: Callable[..., Settings]) -> None:
    settings = make_settings(rasa_port=5100, rasa_processes=3)
    programs = by_name(settings)
    ports = [programs[name].port for name in ("rasa", "rasa-2", "rasa-3")]
    assert ports == [5100, 5101, 5102]
    assert settings.rasa_urls[2] == "http://127.0.0.1:5102"


def test_a_redis_of_ones_own_replaces_the_embedded_one(make_settings: Callable[..., Settings]) -> None:
    programs = by_name(make_settings(redis_url="redis://elsewhere:6379/3"))
    assert "redis" not in programs
    assert programs["rasa"].env["AIDLINE_REDIS_URL"] == "redis://elsewhere:6379/3"


def test_the_embedded_redis_listens_on_no_port_and_forgets_nothing(settings: Settings) -> None:
    argv = by_name(settings)["redis"].argv
    assert argv[0] == redis_binary()
    options = dict(zip(argv[1::2], argv[2::2], strict=True))
    assert (options["--port"], options["--appendonly"]) == ("0", "yes")
    # With "everysec" Redis itself may hold a write back for seconds while the disk is busy, and lose it when killed.
    assert options["--appendfsync"] == "always"
    assert options["--maxmemory-policy"] == "noeviction"


def test_a_data_folder_with_too_long_a_path_is_said_before_redis_fails(
    make_settings: Callable[..., Settings], tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match=r"too long.*AIDLINE_DATA_DIR"):
        aidline_programs(make_settings(data_dir=tmp_path / ("x" * 100)), MODEL)


def test_web_ends_first_and_redis_last(settings: Settings) -> None:
    assert list(reversed(by_name(settings))) == ["web", "records", "worker", "rasa", "actions", "redis"]
