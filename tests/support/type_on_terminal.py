#!/usr/bin/python3
"""type_on_terminal.py COLUMNS KEYS COMMAND...: runs the command on a terminal of its own with so many
columns, and prints what stands there in the end, and how the command ended.

KEYS are separated by blanks, with the escapes of Python (\\x03 is Control-C). Each is typed when the
command waits for single characters, and has to make it write something; TERM is the signal. When it stops, it is let go on.
Where the terminal is not set as in the beginning, then or in the end, that is said.
"""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios


def settings_of(terminal):
    return termios.tcgetattr(terminal)


def tell(terminal, what, before):
    left = "" if settings_of(terminal) == before else ", and left the terminal set otherwise"
    os.write(terminal, ("(%s%s)\n" % (what, left)).encode())


def start(terminal, command):
    """In a process group of its own that the terminal belongs to, as a shell does it."""
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        os.tcsetpgrp(terminal, os.getpid())
        signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        for fd in range(3):
            os.dup2(terminal, fd)
        os.execvp(command[0], command)
    return child


def watch(terminal, command, pid_file):
    """As a shell: starts the command, lets it go on when it stops, and says how it ends."""
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    before = settings_of(terminal)
    child = start(terminal, command)
    os.write(pid_file, b"%d\n" % child)
    while True:
        _, status = os.waitpid(child, os.WUNTRACED)
        if os.WIFSTOPPED(status):
            tell(terminal, "stopped", before)
            os.kill(child, signal.SIGCONT)
        elif os.WIFSIGNALED(status):
            return tell(terminal, "ended by " + signal.Signals(os.WTERMSIG(status)).name, before)
        else:
            return tell(terminal, "exit status %d" % os.WEXITSTATUS(status), before)


def type_key(master, key, child):
    if key == "TERM":
        os.kill(child, signal.SIGTERM)
    else:
        os.write(master, key.encode("latin-1").decode("unicode_escape").encode())


def type_and_read(master, terminal, keys, child, watcher):
    """What stood on the terminal until the watcher ended. A key is typed when nothing more comes and
    the command waits for one, and the next after something came."""
    shown = b""
    may_type = True
    has_ended = False
    while True:
        if select.select([master], [], [], 0.02)[0]:
            shown += os.read(master, 65536)
            may_type = True
        elif has_ended:
            return shown
        elif keys and may_type and not settings_of(terminal)[3] & termios.ICANON:
            type_key(master, keys.pop(0), child)
            may_type = False
        else:
            has_ended = os.waitpid(watcher, os.WNOHANG)[0] == watcher


def main():
    columns, keys, command = int(sys.argv[1]), sys.argv[2].split(), sys.argv[3:]
    master, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    pid_to_read, pid_to_write = os.pipe()
    watcher = os.fork()
    if watcher == 0:
        os.close(master)  # so that the terminal is gone when this program is
        watch(terminal, command, pid_to_write)
        os._exit(0)
    child = int(os.read(pid_to_read, 32))
    shown = type_and_read(master, terminal, keys, child, watcher)
    print(shown.decode(errors="replace").replace("\r", ""), end="")


main()
