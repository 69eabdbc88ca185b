#!/usr/bin/env python3
"""Reads the story over ssh as a person with an xterm would: first frame, keys, another size, quitting, and a line that drops.

usage: ssh_session.py SAYSO FOLDER PORT; the folder holds the key `user`, and is used for what is written."""
import fcntl, getpass, os, pty, select, signal, struct, sys, termios, time

PATIENCE = 20


class Session:
    """An ssh client in a pseudo-terminal that answers status reports as terminals do."""

    def __init__(self, binary, folder, port, name):
        self.pid_file = os.path.join(folder, name)
        remote = f"echo $$ > {self.pid_file}; SAYSO_LIBRARY={folder}/library.db LC_ALL=C.UTF-8 exec {binary}"
        command = ["ssh", "-tt", "-q", "-F", "none", "-i", f"{folder}/user", "-p", str(port), "-o", "StrictHostKeyChecking=no",
                   "-o", "UserKnownHostsFile=/dev/null", "-o", "IdentitiesOnly=yes", f"{getpass.getuser()}@127.0.0.1", remote]
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "xterm-256color"
            os.environ.pop("SSH_AUTH_SOCK", None)
            os.execvp("ssh", command)
        self.data = b""
        self.resize(80, 24)

    def resize(self, columns, rows):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys):
        os.write(self.fd, keys.encode())

    def read(self, seconds):
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            chunk = os.read(self.fd, 1 << 16)
        except OSError:
            return False
        self.data += chunk
        if b"\x1b[5n" in chunk:
            self.press("\x1b[0n")
        return bool(chunk)

    def wait_for(self, what, since=0):
        end = time.monotonic() + PATIENCE
        while what not in self.data[since:]:
            self.read(0.2)
            if time.monotonic() > end:
                sys.exit(f"ssh: no {what!r} within {PATIENCE} s; the last bytes: {self.data[-300:]!r}")
        return len(self.data)

    def remote(self):
        return int(open(self.pid_file).read())


def gone(pid, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


def main(binary, folder, port):
    # The server may still be starting.
    for _ in range(100):
        session = Session(binary, folder, port, "first")
        while b"Rosa Salazar" not in session.data and session.read(PATIENCE):
            pass
        if b"Rosa Salazar" in session.data:
            break
        os.waitpid(session.pid, 0)
        time.sleep(0.1)
    else:
        sys.exit(f"ssh: no first frame; the last bytes: {session.data[-300:]!r}")
    frame = len(session.data)
    session.press("2")
    mark = session.wait_for(b"QUOTES", frame)
    session.press("jj\r")
    mark = session.wait_for(b"QUOTE 3 OF 7", mark)
    session.press("\x1b")
    session.resize(20, 5)
    mark = session.wait_for(b"sayso needs", mark)
    session.resize(100, 30)
    mark = session.wait_for(b"QUOTES", mark)
    session.press("Q")
    session.wait_for(b"\x1b[?1049l", mark)
    while session.read(2):
        pass
    status = os.waitstatus_to_exitcode(os.waitpid(session.pid, 0)[1])
    after = session.data.rsplit(b"\x1b[?1049l", 1)[1]
    if status != 0 or after.strip():
        sys.exit(f"ssh: quitting gave status {status} and {after!r}")

    session = Session(binary, folder, port, "second")
    session.wait_for(b"Rosa Salazar")
    session.press("3j")
    session.wait_for(b"CLAIMS")
    process = session.remote()
    os.kill(session.pid, signal.SIGKILL)
    os.waitpid(session.pid, 0)
    if not gone(process, 10):
        sys.exit("ssh: sayso still runs 10 s after the line dropped")
    print(f"ssh: first frame ({frame} bytes with what ssh adds), keys, sizes, quitting and a dropped line: all is well")


main(*sys.argv[1:])
