#!/usr/bin/env python3
"""Presses random keys in a pseudo-terminal and looks that sayso lives, that its memory stays flat and that it quits when asked.

usage: soak.py SAYSO FILE [KEYS] [SEED]      (100,000 keys unless said otherwise)"""
import fcntl, os, pty, random, select, struct, sys, tempfile, termios, time

KEYS = ["j", "k", " ", "b", "d", "u", "g", "G", "1", "2", "3", "4", "\t", "\r", "\x1b", "/", "a", "e", "s", "t", "h", "n", "N",
        "f", "w", "y", "?", ":", "z", "|", "+", "-", "m", "'", "[", "]", "{", "}", "c", "i", "x", "O", "o", "\x1b[A", "\x1b[B",
        "\x1b[5~", "\x1b[6~", "\x1b[Z", "\x0f", "\x7f", "\x0c", "M", "\x1b[<0;10;10M", "\x1b[<65;3;3M", "\u00e9", "\u6728"]
SIZES = [(80, 24), (120, 40), (40, 15), (20, 5), (200, 60), (1, 1)]


def rss(pid):
    for line in open(f"/proc/{pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1])


def drain(fd, seconds):
    """Reads until the program has been silent for so long; the bytes read."""
    total = 0
    while select.select([fd], [], [], seconds)[0]:
        try:
            total += len(os.read(fd, 1 << 16))
        except OSError:
            break
    return total


def press(fd, keys):
    """Writes keys and reads meanwhile, as a terminal does: one that only writes can wait for a program that waits for it."""
    keys, total = keys.encode(), 0
    while keys:
        readable, writable, _ = select.select([fd], [fd], [], 10)
        if readable:
            total += len(os.read(fd, 1 << 16))
        if writable:
            keys = keys[os.write(fd, keys):]
    return total


def main(binary, file, count=100_000, seed=1):
    random.seed(seed)
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(SAYSO_LIBRARY=os.path.join(tempfile.mkdtemp(), "library.db"), TERM="xterm-256color", LC_ALL="C.UTF-8")
        os.execv(binary, [binary, file])
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    os.set_blocking(fd, False)
    drain(fd, 3)
    start, written, marks = time.monotonic(), 0, []
    for number in range(count // 100):
        written += press(fd, "".join(random.choices(KEYS, k=100))) + drain(fd, 0.02)
        if number % 50 == 25:
            width, height = random.choice(SIZES)
            fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        if number % (max(1, count // 1000)) == 0:
            marks.append(rss(pid))
            if marks[-1] is None or os.waitpid(pid, os.WNOHANG)[0]:
                sys.exit(f"it ended after {number * 100} keys")
    drain(fd, 1)
    marks.append(rss(pid))
    press(fd, "\x1b\x1b\x1b\x1b\x1bQ")
    # Thousands of keys may still be on their way.
    end, done = time.monotonic() + 60, 0
    while not done and time.monotonic() < end:
        drain(fd, 0.2)
        done, status = os.waitpid(pid, os.WNOHANG)
    if not done or os.waitstatus_to_exitcode(status) != 0:
        sys.exit("it did not quit")
    settled, end = max(marks[:len(marks) // 4 + 1]), marks[-1]
    print(f"{count} keys in {time.monotonic() - start:.0f} s, {written} bytes; memory {marks[0]} KB at first, {settled} KB after a quarter, {end} KB at the end")
    if end > settled * 1.15 + 2048:
        sys.exit("memory grows")


main(os.path.abspath(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:5]))
