"""Settings, from the environment (`AIDLINE_…`) and from `.env` beside the project. See `.env.example`."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from aidline.errors import ConfigError

__all__ = ["PROJECT", "Settings", "load_settings"]

PROJECT = Path(__file__).resolve().parent.parent
"""The folder that holds `config.yml`, `bot/` and the other rooms."""


class Settings(BaseSettings):
    """Everything that may differ between two places where Aidline runs."""

    model_config = SettingsConfigDict(
        env_prefix="AIDLINE_",
        # The programs of a stack are told to read none: they get exactly the settings that it was started with.
        env_file=os.environ.get("AIDLINE_ENV_FILE", PROJECT / ".env"),
        env_file_encoding="utf-8",
        extra="forbid",
        frozen=True,
    )

    data_dir: Path = Field(PROJECT / ".aidline", description="Where Redis, SQLite, secrets and logs live.")
    host: str = Field("127.0.0.1", description="Address that the web server binds to.")
    web_port: int = Field(8000, ge=1, le=65535, description="Port of the chat, the staff page and the API.")
    rasa_port: int = Field(5005, ge=1, le=65535, description="Loopback port of the dialogue manager.")
    rasa_processes: int = Field(1, ge=1, le=16, description="Dialogue managers; they take ports from `rasa_port` on.")
    actions_port: int = Field(5055, ge=1, le=65535, description="Loopback port of the action server.")
    public_url: str | None = Field(None, description="Address people and Twilio see, e.g. https://aid.example.edu.")
    redis_url: str | None = Field(None, description="Unset: an embedded Redis in the data folder.")
    database_url: str | None = Field(None, description="SQLAlchemy URL. Unset: SQLite in the data folder.")
    secret_key: SecretStr | None = Field(None, description="Unset: made once and kept in the data folder.")
    phone_key: SecretStr | None = Field(None, description="Fernet key for phone numbers. Unset: as above.")

    web_threads: int = Field(64, ge=4, description="Threads of the web server; an open chat page holds one.")
    turn_workers: int = Field(8, ge=1, description="Conversations that one worker serves at the same time.")
    turn_timeout: float = Field(
        12.0,
        gt=0,
        description="Seconds the dialogue manager may take for a turn. It gives a turn up by itself after 10.",
    )
    turn_patience: float = Field(20.0, ge=0, description="Seconds a message waits for a dialogue manager that is away.")
    queue_limit: int = Field(20, ge=1, description="Unanswered messages one conversation may have.")
    waiting_limit: int = Field(1000, ge=1, description="Conversations that may wait for an answer at the same time.")
    messages_per_minute: int = Field(240, ge=1, description="Messages one person may send in a minute.")
    max_message_chars: int = Field(2000, ge=100, description="Longest message that is read as an answer.")
    session_days: int = Field(30, ge=1, description="Days of silence after which a session is forgotten.")

    staff_hours_en: str | None = Field(
        None, description='When staff answer, e.g. "Monday to Friday, 9 a.m. to 5 p.m.". Unset: on working days.'
    )
    staff_hours_es: str | None = Field(None, description='The same in Spanish, e.g. "de lunes a viernes, de 9 a 5".')
    staff_phone: str | None = Field(None, description="Telephone of the aid office, told to people who can't wait.")

    notes_dir: Path | None = Field(None, description="A school's own notes (en/*.md, es/*.md); they come before ours.")

    llama_model: Path | None = Field(None, description="A GGUF file. Unset: the one that ships with Aidline.")
    llama_sha256: str | None = Field(None, description="SHA-256 of `llama_model`; required with it.")
    llama_url: str | None = Field(None, description="OpenAI-compatible server to use instead of a local model.")
    llama_model_name: str = Field("llama", description="Model name to ask that server for.")
    llama_mode: Literal["auto", "select", "compose"] = Field(
        "auto",
        description="What the model may do: choose statements of the notes (auto, select) or restate them (compose).",
    )
    llama_threads: int = Field(1, ge=1, description="Threads of the local model.")
    explain_timeout: float = Field(20.0, gt=0, description="Seconds an explanation may take in all.")

    twilio_account_sid: str | None = Field(None, description="Unset: text messages go to the phone simulator.")
    twilio_auth_tokens: SecretStr | None = Field(None, description="One or more tokens, separated by commas.")
    twilio_from: str | None = Field(None, description="E.164 number or Messaging Service SID that texts come from.")

    clock_file: Path | None = Field(None, description="For evaluations: a file with the seconds to move the clock by.")

    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
    log_json: bool = Field(False, description="Logs as JSON lines instead of for reading.")

    @property
    def database(self) -> str:
        """SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{self.data_dir / 'aidline.sqlite3'}"

    @property
    def redis(self) -> str:
        """Redis URL in force. The embedded server listens on a socket file that only this user can open."""
        return self.redis_url or f"unix://{self.data_dir / 'redis.sock'}"

    @property
    def rasa_ports(self) -> tuple[int, ...]:
        """The loopback port of each dialogue manager."""
        return tuple(range(self.rasa_port, self.rasa_port + self.rasa_processes))

    @property
    def rasa_urls(self) -> tuple[str, ...]:
        """The address of each dialogue manager."""
        return tuple(f"http://127.0.0.1:{port}" for port in self.rasa_ports)

    @property
    def site(self) -> str:
        """Address of the web site without a slash at its end."""
        return (self.public_url or f"http://{self.host}:{self.web_port}").rstrip("/")


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """The settings of this process, read once.

    Raises ConfigError naming each variable that is wrong.
    """
    try:
        return Settings()  # type: ignore[call-arg]  # the environment fills it
    except ValidationError as error:
        wrong = "; ".join(f"AIDLINE_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise ConfigError(
            f"Some settings are wrong: {wrong}.", remedy="Mend them in the environment or in .env."
        ) from None
