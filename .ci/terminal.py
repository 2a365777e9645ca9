"""Runs a command in a terminal or with piped output, and says what was seen. Every wait has a limit."""
import contextlib
import os
import pty
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections import namedtuple
from pathlib import Path

TOO_LONG = '\n(killed by the trial, which waited too long)\n'
OF_EXAMPLES = ('STACKAI_', 'KAFKA_', 'JMS_', 'QUESTION', 'FOLLOW_UP')  # variables that examples read

# seconds: until the output was as expected, or the end; to_stop: from the signal to the end
Result = namedtuple('Result', 'output status seconds to_stop processes files')


def free_port():
    with socket.socket() as unused:
        unused.bind(('127.0.0.1', 0))
        return unused.getsockname()[1]


def processes_of(mark):
    """The processes that inherited this environment variable."""
    found = []
    for process in filter(str.isdigit, os.listdir('/proc')):
        try:
            if mark.encode() in Path('/proc', process, 'environ').read_bytes():
                found.append(int(process))
        except OSError:
            continue
    return found


class Command:
    """A process whose output is read here, as that of a terminal or of a pipe."""

    def __init__(self, command, environment, folder, terminal):
        self.terminal = terminal
        self.output, self.more = '', True
        if terminal:
            self.pid, self.descriptor = pty.fork()
            if self.pid == 0:
                os.chdir(folder)
                os.execvpe(command[0], command, environment)
        else:
            self.descriptor, output = os.pipe()
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                            env=environment, cwd=folder, start_new_session=True)
            self.pid = self.process.pid
            os.close(output)

    def read(self, deadline):
        """Reads what is there; past the deadline kills the process."""
        if time.monotonic() > deadline:
            self.kill()
        elif select.select([self.descriptor], [], [], 0.05)[0]:
            try:
                data = os.read(self.descriptor, 65536)
            except OSError:  # the end of a terminal
                data = b''
            self.output += data.decode(errors='replace').replace('\r', '')
            self.more = bool(data)

    def read_until(self, ready, deadline):
        """Reads until the output is as expected, or its end; returns whether it is as expected."""
        while not (found := ready.search(self.output)) and self.more:
            self.read(deadline)
        return bool(found)

    def signal(self, number):
        if number == signal.SIGINT and self.terminal:
            with contextlib.suppress(OSError):  # it has ended
                os.write(self.descriptor, b'\x03')
        else:
            os.kill(self.pid, number)

    def kill(self):
        self.output += TOO_LONG
        self.more = False
        os.killpg(self.pid, signal.SIGKILL)

    def wait(self, deadline):
        """Reads to the end, and returns the exit status."""
        while self.more:
            self.read(deadline)
        while (status := self.exit_status()) is None:
            if time.monotonic() > deadline:
                self.kill()
            time.sleep(0.02)
        os.close(self.descriptor)
        return status

    def exit_status(self):
        if not self.terminal:
            return self.process.poll()
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if pid else None


def left_processes(mark):
    """Those that are left after a second: a child of a killed process ends by itself."""
    deadline = time.monotonic() + 1
    while (left := processes_of(mark)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for process in left:
        os.kill(process, signal.SIGKILL)
    return left


class Scratch:
    """The folders of one trial: those that have to be empty after it, and the one that Maven calls target."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix='trial'))
        self.temporary, self.target, self.current = [self.folder / name for name in ('tmp', 'target', 'current')]
        for folder in (self.temporary, self.target, self.current):
            folder.mkdir()

    def left(self):
        return [file for folder in (self.temporary, self.current) for file in os.listdir(folder)
                if not file.startswith('hsperfdata')]

    def run(self, command, folder, environment, terminal, ready, limit, signal_number=None, visit=None):
        """Runs a command to its end; if a signal is given, it gets it as soon as its output is as expected."""
        variables = {key: value for key, value in os.environ.items() if not key.startswith(OF_EXAMPLES)}
        variables.update(TRIAL=str(self.folder), **environment)
        variables['MAVEN_OPTS'] = f'-Djava.io.tmpdir={self.temporary} {variables.get("MAVEN_OPTS", "")}'.strip()
        began = time.monotonic()
        deadline = began + limit
        process = Command(command, variables, folder, terminal)
        works = process.read_until(ready, deadline)
        worked = signalled = time.monotonic()
        if works and visit:
            process.output += visit()
            signalled = time.monotonic()
        if works and signal_number:
            process.signal(signal_number)
        status = process.wait(deadline)
        ended = time.monotonic()
        left = left_processes(f'TRIAL={self.folder}')
        files = self.left()
        shutil.rmtree(self.folder, ignore_errors=True)
        return Result(process.output, status, worked - began, ended - signalled if works and signal_number else None,
                      left, files)
