#!/usr/bin/env python3
"""Starts the program in a pseudo-terminal, waits for the story's title, presses keys, quits, and looks that the terminal is whole."""
import fcntl, os, pty, select, struct, sys, tempfile, termios, time

TITLE = b"Rosa Salazar"


def read_until(fd, wanted, seconds):
    data, end = b"", time.monotonic() + seconds
    while time.monotonic() < end and wanted not in data:
        ready, _, _ = select.select([fd], [], [], 0.1)
        if ready:
            try:
                data += os.read(fd, 65536)
            except OSError:
                break
    return data


def main(binary):
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(SAYSO_LIBRARY=os.path.join(tempfile.mkdtemp(), "library.db"), TERM="xterm-256color", LANG="C.UTF-8", LC_ALL="C.UTF-8")
        os.environ.pop("NO_COLOR", None)
        os.execv(binary, [binary])
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    seen = read_until(fd, TITLE, 10)
    if TITLE not in seen:
        sys.exit(f"no title on the screen within 10 s; seen: {seen[:400]!r}")
    time.sleep(0.5)
    os.write(fd, b"2jj/might\r\x1b")
    time.sleep(0.8)
    os.write(fd, b"Q")
    rest = read_until(fd, b"\x1b[?1049l", 5)
    if b"\x1b[?1049l" not in rest:
        sys.exit("the alternate screen was not left")
    _, status = os.waitpid(pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"exit status {os.waitstatus_to_exitcode(status)}")
    print("first frame, keys, quit: the terminal is whole")


main(os.path.abspath(sys.argv[1]))
