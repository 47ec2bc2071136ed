from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from aidline.errors import ConfigError, RecordError, SetupError
from aidline.settings import Settings
from aidline.supervisor import Cancelled, Program, Progress, Stack

SERVE = "BE_READY\nwhile True: time.sleep(60)"
# Leaves a child that ignores requests to end, in the way a stuck worker process does.
WITH_STUBBORN_CHILD = """
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    stubborn += "print('on', flush=True); time.sleep(600)"
    child = subprocess.Popen([sys.executable, "-c", stubborn], stdout=subprocess.PIPE)
    child.stdout.readline()
    pathlib.Path({note!r}).write_text(str(child.pid))
    BE_READY
    while True: time.sleep(60)
"""


@pytest.fixture
def said() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def make_stack(settings: Settings, said: io.StringIO) -> Iterator[Callable[..., Stack]]:
    made: list[Stack] = []

    def make(*programs: Program, **more: Any) -> Stack:
        options: dict[str, Any] = {"progress": Progress(said), "pauses": (0.05,)} | more
        made.append(Stack(settings, programs=lambda: programs, **options))
        return made[-1]

    yield make
    for stack in made:
        stack.stop()


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something holds; the suite's own time limit ends a wait in vain."""
    while not holds():
        time.sleep(0.02)


def gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def test_start_returns_when_everything_is_ready_and_stop_leaves_nothing(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program]
) -> None:
    one, two = make_program("one", SERVE), make_program("two", SERVE)
    stack = make_stack(one, two)
    stack.start()
    pids = stack.pids()
    assert set(pids) == {"one", "two"}
    assert one.ready()
    assert two.ready()
    stack.stop()
    assert stack.pids() == {}
    assert all(gone(pid) for pid in pids.values())
    stack.stop()


def test_children_of_children_end_too_even_stubborn_ones(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program], data_dir: Path
) -> None:
    note = data_dir / "grandchild"
    stack = make_stack(make_program("web", WITH_STUBBORN_CHILD.format(note=str(note)), stop_seconds=0.5))
    stack.start()
    grandchild = int(note.read_text())
    assert not gone(grandchild)
    stack.stop()
    assert gone(grandchild)


def test_a_program_that_ignores_the_request_to_end_is_ended_by_force(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program]
) -> None:
    stuck = make_program("stuck", "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + SERVE, stop_seconds=0.3)
    stack = make_stack(stuck)
    stack.start()
    pid = stack.pids()["stuck"]
    stack.stop()
    assert gone(pid)


def test_programs_end_in_reverse_order_each_in_its_own_time(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program], data_dir: Path
) -> None:
    order = data_dir / "order"
    code = f"""
        def leave(*_):
            time.sleep(0.2)
            open({str(order)!r}, "a").write(NAME + " ")
            sys.exit(0)
        signal.signal(signal.SIGTERM, leave)
        BE_READY
        while True: time.sleep(60)
    """
    names = ("redis", "actions", "web")
    stack = make_stack(*(make_program(name, code.replace("NAME", repr(name))) for name in names))
    stack.start()
    stack.stop()
    assert order.read_text().split() == ["web", "actions", "redis"]


def test_a_program_starts_only_when_what_it_needs_is_ready(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program], data_dir: Path
) -> None:
    slow = make_program("redis", "time.sleep(0.4)\n" + SERVE)
    needs_both = f"""
        assert pathlib.Path({str(data_dir / "redis.ready")!r}).exists()
        assert pathlib.Path({str(data_dir / "migrated")!r}).exists()
    """
    web = make_program(
        "web", needs_both.strip().replace("\n        ", "\n") + "\n" + SERVE, needs=("redis", "database")
    )

    def migrate() -> None:
        time.sleep(0.2)
        (data_dir / "migrated").touch()

    stack = make_stack(web, slow, tasks={"database": migrate})
    stack.start()
    assert set(stack.pids()) == {"web", "redis"}


def test_a_task_that_fails_stops_the_start_with_its_own_words(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program]
) -> None:
    def fail() -> None:
        raise ConfigError("The database is wrong.", remedy="Mend it.")

    stack = make_stack(make_program("one", SERVE), tasks={"database": fail})
    with pytest.raises(ConfigError, match=r"The database is wrong\. Mend it\."):
        stack.start()
    assert stack.pids() == {}


def test_a_program_that_dies_is_started_again_and_that_is_said(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program], said: io.StringIO
) -> None:
    stack = make_stack(make_program("worker", SERVE), make_program("web", SERVE))
    stack.start()
    before = stack.pids()
    stack.kill("worker")
    stack.await_ready("worker")
    after = stack.pids()
    assert after["worker"] != before["worker"]
    assert after["web"] == before["web"]
    assert "worker ended (signal 9). Starting it again in 0.05 s." in said.getvalue()
    assert "worker runs again" in said.getvalue()


def test_killing_a_program_takes_its_children_so_that_it_can_start_again(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program], data_dir: Path
) -> None:
    note = data_dir / "grandchild"
    stack = make_stack(make_program("web", WITH_STUBBORN_CHILD.format(note=str(note)), stop_seconds=0.5))
    stack.start()
    first = int(note.read_text())
    os.kill(stack.pids()["web"], signal.SIGKILL)  # only the leader, as the system would when memory is short
    eventually(lambda: gone(first))
    stack.await_ready("web")
    assert int(note.read_text()) != first


def test_restart_ends_a_program_in_good_order_and_returns_when_it_is_back(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program], data_dir: Path
) -> None:
    note = data_dir / "left well"
    code = f"""
        signal.signal(signal.SIGTERM, lambda *_: (pathlib.Path({str(note)!r}).touch(), sys.exit(0)))
        BE_READY
        while True: time.sleep(60)
    """
    program = make_program("rasa", code)
    stack = make_stack(program)
    stack.start()
    before = stack.pids()["rasa"]
    stack.restart("rasa")
    assert note.exists()
    assert program.ready()
    assert stack.pids()["rasa"] != before


def test_an_unknown_name_is_answered_with_the_known_ones(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program]
) -> None:
    stack = make_stack(make_program("web", SERVE))
    stack.start()
    with pytest.raises(RecordError, match="There are web"):
        stack.kill("wbe")


def test_five_deaths_in_a_row_name_the_log_and_the_others_keep_running(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program], said: io.StringIO
) -> None:
    weak = make_program("weak", "BE_READY\ntime.sleep(0.3)\nsys.exit(3)")
    stack = make_stack(weak, make_program("strong", SERVE))
    stack.start()
    strong = stack.pids()["strong"]
    eventually(lambda: "weak ended 5 times in a row" in said.getvalue())
    (line,) = [line for line in said.getvalue().splitlines() if "5 times" in line]
    assert str(stack.folder.log("weak")) in line
    assert "exit 3" in said.getvalue()
    assert stack.pids()["strong"] == strong


def test_a_program_that_can_not_start_names_its_log_and_nothing_is_left(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program], data_dir: Path
) -> None:
    broken = make_program("web", "raise SystemExit('no such module')")
    stack = make_stack(make_program("redis", SERVE), broken)
    with pytest.raises(SetupError, match="web ended 3 times while starting") as caught:
        stack.start()
    log = data_dir / "logs" / "web.log"
    assert str(log) in str(caught.value)
    assert "no such module" in log.read_text()
    assert stack.pids() == {}
    assert not (data_dir / "running.json").exists()


def test_a_program_that_never_gets_ready_is_not_waited_for_for_ever(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program]
) -> None:
    stack = make_stack(make_program("rasa", "time.sleep(600)", start_seconds=0.5))
    with pytest.raises(SetupError, match="rasa was not ready after"):
        stack.start()
    assert stack.pids() == {}


def test_a_missing_program_file_is_said_in_one_line(make_stack: Callable[..., Stack], said: io.StringIO) -> None:
    stack = make_stack(Program("ghost", ("/nowhere/ghost",), ready=lambda: True))
    with pytest.raises(SetupError, match="ghost ended"):
        stack.start()
    assert "ghost can't be started" in said.getvalue()


def test_a_port_in_use_is_one_line_with_the_setting_that_changes_it(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program], free_port: int
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()
        stack = make_stack(make_program("web", SERVE, port=free_port, port_setting="AIDLINE_WEB_PORT"))
        with pytest.raises(SetupError) as caught:
            stack.start()
    message = str(caught.value)
    assert f"Port {free_port} is used" in message
    assert "AIDLINE_WEB_PORT=" in message
    assert "\n" not in message
    assert stack.pids() == {}


def test_a_host_that_is_not_this_computer_names_the_setting(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program], free_port: int
) -> None:
    stack = make_stack(make_program("web", SERVE, host="192.0.2.1", port=free_port, port_setting="X"))
    with pytest.raises(ConfigError, match="AIDLINE_HOST"):
        stack.start()


def test_a_second_aidline_on_the_same_folder_is_refused_and_the_first_goes_on(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program]
) -> None:
    first = make_stack(make_program("web", SERVE))
    first.start()
    pids = first.pids()
    second = make_stack(make_program("web", SERVE))
    with pytest.raises(SetupError, match=rf"already runs.*process {os.getpid()}"):
        second.start()
    assert first.pids() == pids


def test_while_it_runs_running_json_tells_pids_and_ports(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program], data_dir: Path, free_port: int
) -> None:
    stack = make_stack(make_program("web", SERVE, port=free_port, port_setting="X"), make_program("redis", SERVE))
    stack.start()
    record = json.loads((data_dir / "running.json").read_text())
    assert record["pids"] == stack.pids()
    assert record["ports"] == {"web": free_port}
    assert record["started"].endswith("+00:00")
    stack.stop()
    assert not (data_dir / "running.json").exists()


def test_what_a_cut_off_run_left_is_ended_by_the_next(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program], data_dir: Path, said: io.StringIO
) -> None:
    orphan = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    record = {
        "pids": {"redis": orphan.pid, "web": bystander.pid},
        "created": {
            "redis": psutil.Process(orphan.pid).create_time(),
            "web": psutil.Process(bystander.pid).create_time() - 1000,
        },
    }
    (data_dir / "running.json").write_text(json.dumps(record))
    try:
        stack = make_stack(make_program("one", SERVE))
        stack.start()
        assert gone(orphan.pid)
        assert not gone(bystander.pid), "an id that another process has now was not ours to end"
        assert "ended 1 process(es) that it left" in said.getvalue()
    finally:
        bystander.kill()
        bystander.wait()
        orphan.wait()


def test_the_last_three_logs_are_kept(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program], settings: Settings
) -> None:
    for run in range(5):
        stack = make_stack(make_program("web", f"print('run', {run}, flush=True)\n" + SERVE))
        stack.start()
        stack.stop()
    logs = sorted((settings.data_dir / "logs").iterdir())
    assert [log.name for log in logs] == ["web.1.log", "web.2.log", "web.log"]
    assert [log.read_text() for log in logs] == ["run 3\n", "run 2\n", "run 4\n"]


def test_cancelling_a_start_ends_what_had_begun(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program], data_dir: Path
) -> None:
    note = data_dir / "pid"
    code = f"pathlib.Path({str(note)!r}).write_text(str(os.getpid()))\ntime.sleep(600)"
    stacks: list[Stack] = []

    def cancel_when_it_runs() -> None:
        eventually(lambda: note.exists() and note.read_text() != "")
        stacks[0].cancel()

    stacks.append(make_stack(make_program("slow", code), tasks={"cancel": cancel_when_it_runs}))
    with pytest.raises(Cancelled):
        stacks[0].start()
    assert gone(int(note.read_text()))


def test_a_readiness_question_that_fails_does_not_stop_the_care_of_others(
    make_stack: Callable[..., Stack], make_program: Callable[..., Program], said: io.StringIO
) -> None:
    answers = iter([False, True])

    def odd() -> bool:
        if not next(answers):
            raise ValueError("odd answer")
        return True

    stack = make_stack(make_program("odd", SERVE, ready=odd), make_program("web", SERVE))
    stack.start()
    assert "Looking after odd failed" in said.getvalue()
    assert set(stack.pids()) == {"odd", "web"}
