"""The command line: `uv run aidline --help`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from aidline.settings import Settings

__all__ = ["main"]

# Each command imports what it needs when it runs, so that `--help` is quick.


class _Aidline(click.Group):
    """Shows Aidline's own errors as one line: what happened and what to do."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as error:
            if not _is_ours(error):
                raise
            click.echo(f"✗ {error}", err=True)
            ctx.exit(1)


def _is_ours(error: Exception) -> bool:
    from aidline.errors import AidlineError

    # Knowledge keeps its own tree; without its module loaded, the error can't be one of it.
    errors = sys.modules.get("knowledge.errors")
    return isinstance(error, AidlineError) or (errors is not None and isinstance(error, errors.KnowledgeError))


@click.group(cls=_Aidline, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="aidline")
def main() -> None:
    """Aidline: help with paying for college, on the web and by text message."""


@main.command()
def up() -> None:
    """Start everything here, and tell where to find it.

    Installs and trains what is missing: the first time takes a while, and says how long.
    """
    from aidline.supervisor import Progress
    from aidline.supervisor import up as run

    sys.exit(run(_settings(), Progress(sys.stdout)))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
def doctor(as_json: bool) -> None:
    """Check every part, and say how to mend what is wrong."""
    from aidline import doctor as checks

    report = checks.examine(_settings())
    if as_json:
        click.echo(json.dumps(checks.as_json(report), indent=1, ensure_ascii=False))
    else:
        for check in report:
            click.echo(str(check))
    sys.exit(0 if all(check.ok for check in report) else 1)


@main.command()
@click.argument("question")
@click.option("--lang", type=click.Choice(["en", "es"]), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Write the answer, its sources and seconds as JSON.")
def ask(question: str, lang: Literal["en", "es"], as_json: bool) -> None:
    """Answer one question about financial aid; no server needed."""
    from aidline.ask import answer_report, as_text

    report = answer_report(_settings(), question, lang)
    click.echo(json.dumps(report, indent=1, ensure_ascii=False) if as_json else as_text(report))


@main.group()
def sai() -> None:
    """The federal formula: the Student Aid Index and the Pell Grant."""


@sai.command("check")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
def sai_check(files: tuple[Path, ...], as_json: bool) -> None:
    """Compare the formula with official test records in FILES (CSV), line by line."""
    from aidline.sai import check_as_text, check_report

    if as_json:
        report = check_report(files)
        click.echo(json.dumps(report, indent=1, ensure_ascii=False))
        sys.exit(0 if report["holds"] else 1)
    text, holds = check_as_text(files)
    click.echo(text)
    sys.exit(0 if holds else 1)


@sai.command("estimate")
@click.argument("answers", nargs=-1, metavar="[NAME=VALUE | FILE.json | -]...")
@click.option("--lang", type=click.Choice(["en", "es"]), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Write the worksheet as JSON.")
def sai_estimate(answers: tuple[str, ...], lang: Literal["en", "es"], as_json: bool) -> None:
    """Work out one family's index and show every line of the worksheet.

    The answers are canonical, such as family_size=4 parent_agi=68000; without any, JSON is read from standard input.
    """
    from aidline.sai import answers_from, estimate_as_text, estimate_report

    report = estimate_report(answers_from(answers))
    click.echo(json.dumps(report, indent=1, ensure_ascii=False) if as_json else estimate_as_text(report, lang))


@main.group()
def knowledge() -> None:
    """The notes that answers come from."""


@knowledge.command("check")
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
@click.option("--reviews", is_flag=True, help="List the notes that wait for a review of their source too.")
def knowledge_check(as_json: bool, reviews: bool) -> None:
    """Find notes that are expired, untranslated, contradictory, too hard to read or badly linked."""
    from aidline.upkeep import notes_as_text, notes_report

    report = notes_report(_settings())
    click.echo(json.dumps(report, indent=1, ensure_ascii=False) if as_json else notes_as_text(report, reviews=reviews))
    sys.exit(0 if all(goal["holds"] for goal in report["goals"]) else 1)


@knowledge.command("schema")
def knowledge_schema() -> None:
    """Print the JSON Schema of a note's front matter, for an editor that checks while you write."""
    from knowledge.notes import front_matter_schema

    click.echo(json.dumps(front_matter_schema(), indent=1, ensure_ascii=False))


@main.group("eval")
def evaluate() -> None:
    """How well Aidline answers, measured on a set of your own or ours."""


@evaluate.command("questions")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--url", help="Ask the Aidline that runs there, dialogue and all. Without it no server is needed.")
@click.option("--jobs", default=4, show_default=True, type=click.IntRange(1, 32), help="With --url: at a time.")
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
def eval_questions(file: Path, url: str | None, jobs: int, as_json: bool) -> None:
    """Ask every question of FILE (JSON lines) and score the answers."""
    from aidline.evaluation.conversations.doors import PublicDoors
    from aidline.evaluation.questions import questions_as_text, questions_report, site_report

    through = PublicDoors(url) if url else None
    report = site_report(through, str(url), file, jobs=jobs) if through else questions_report(_settings(), file)
    click.echo(json.dumps(report, indent=1, ensure_ascii=False) if as_json else questions_as_text(report))
    sys.exit(0 if all(goal["holds"] for goal in report["goals"]) else 1)


@evaluate.command("conversations")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--url", help="Talk to the Aidline that runs there, instead of starting one.")
@click.option("--jobs", default=4, show_default=True, type=click.IntRange(1, 32), help="Personas at a time.")
@click.option("--json", "as_json", is_flag=True, help="Write the report, with every turn, as JSON.")
def eval_conversations(path: Path, url: str | None, jobs: int, as_json: bool) -> None:
    """Let the personas of PATH (a file or a folder, see docs/personas.md) talk to Aidline, and judge how it went."""
    from aidline.evaluation.conversations.run import as_text, conversations_report
    from aidline.supervisor import Progress

    # The report alone goes to standard output.
    report = conversations_report(_settings(), path, url=url, jobs=jobs, progress=Progress(sys.stderr))
    click.echo(json.dumps(report, indent=1, ensure_ascii=False) if as_json else as_text(report))
    sys.exit(0 if all(goal["holds"] for goal in report["goals"]) else 1)


@evaluate.command("walk")
@click.option("--turns", default=2000, show_default=True, type=click.IntRange(1), help="Messages in all.")
@click.option("--seed", default=1, show_default=True, help="The same seed walks the same way.")
@click.option("--url", help="Talk to the Aidline that runs there, instead of starting one.")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1, 32), help="People at a time.")
@click.option("--json", "as_json", is_flag=True, help="Write the report as JSON.")
def eval_walk(turns: int, seed: int, url: str | None, jobs: int, as_json: bool) -> None:
    """Answer forms at random, and report turns that lead nowhere."""
    from aidline.evaluation.conversations.walking import walk_as_text, walk_report
    from aidline.supervisor import Progress

    report = walk_report(_settings(), turns=turns, seed=seed, jobs=jobs, url=url, progress=Progress(sys.stderr))
    click.echo(json.dumps(report, indent=1, ensure_ascii=False) if as_json else walk_as_text(report))
    sys.exit(0 if all(goal["holds"] for goal in report["goals"]) else 1)


@main.group()
def records() -> None:
    """Transcripts and what else is kept about conversations."""


@records.command("retry")
@click.option("--kind", help="Only records of this kind, such as message or handoff.")
def records_retry(kind: str | None) -> None:
    """Put records that could not be kept back in line, once the cause is mended."""
    from aidline.storage.redis import connect
    from aidline.storage.secrets import Vault, load_or_make
    from aidline.storage.sql import make_engine, session_factory
    from channels.gateway.dead_letters import retry

    settings = _settings()
    engine = make_engine(settings.database)
    try:
        vault = Vault(load_or_make(settings).phone_key)
        count = retry(connect(settings.redis), session_factory(engine), vault, kind=kind)
    finally:
        engine.dispose()
    click.echo(f"✓ {count} record(s) are in line again; `aidline doctor` tells whether they could be kept this time.")


@main.group()
def staff() -> None:
    """Accounts of the people who read hand-offs and transcripts."""


@staff.command("add-user")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add_user(name: str, password_stdin: bool) -> None:
    """Add the account NAME; asks for a password twice, without showing it."""
    from aidline.clock import SystemClock
    from aidline.storage.accounts import MIN_PASSWORD
    from aidline.storage.accounts import add_user as add
    from aidline.storage.sql import make_engine, migrate, session_factory

    settings = _settings()
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        prompt = f"Password ({MIN_PASSWORD} characters or more)"
        password = click.prompt(prompt, hide_input=True, confirmation_prompt=True)
    migrate(settings.database)
    engine = make_engine(settings.database)
    try:
        with session_factory(engine).begin() as session:
            user = add(session, name, password, SystemClock().now())
        click.echo(f"✓ {user.username} can sign in at {settings.site}/staff")
    finally:
        engine.dispose()


def _settings() -> Settings:
    from aidline.settings import load_settings

    return load_settings()


if __name__ == "__main__":
    main()
