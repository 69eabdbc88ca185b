#!/usr/bin/env python3
"""Reads in a real tmux and looks that after every key the screen is what a full redraw makes of it, cell for cell, with colours.

usage: tmux.py SAYSO [FILE].  Says so and ends well where there is no tmux."""
import os, random, re, shutil, subprocess, sys, tempfile, time

KEYS = ["j", "j", "k", "Space", "Space", "b", "d", "u", "G", "g", "2", "3", "4", "1", "Tab", "Enter", "Escape", "z", "|", "]", "[",
        "}", "{", "w", "O", "+", "-", "?", "/", "t", "h", "e", "BSpace"]


def cells(screen):
    """The rows of a screen as characters with what can be seen of their styles: of a blank only what is behind and under it."""
    style, rows, out = {}, [], []
    for part in re.split("(\x1b\\[[0-9;:]*m|\n)", screen):
        if part == "\n":
            rows.append(out)
            out = []
            continue
        if not part.startswith("\x1b["):
            seen = tuple(sorted(style.items()))
            ground = tuple(item for item in seen if item[0] in ("4", "7", "9", "bg"))
            out += [(c, ground if c == " " else seen) for c in part]
            continue
        codes = part[2:-1].split(";")
        while codes:
            code = codes.pop(0)
            if code in ("", "0"):
                style = {}
            elif code in ("38", "48"):
                length = 2 if codes and codes[0] == "5" else 4
                style["fg" if code == "38" else "bg"], codes = tuple(codes[:length]), codes[length:]
            elif code in ("39", "49"):
                style.pop("fg" if code == "39" else "bg", None)
            elif code[:1] in "39" and len(code) == 2 or code[:1] in "4" and len(code) == 2 or len(code) == 3:
                style["bg" if code[0] == "4" or code.startswith("10") else "fg"] = code
            elif len(code) == 2:
                for name in {"22": "12"}.get(code, code[1]):
                    style.pop(name, None)
            else:
                style[code] = True
    for row in rows:
        while row and row[-1] == (" ", ()):
            row.pop()
    return rows


def main(binary, file=None):
    if not shutil.which("tmux"):
        print("tmux: left out, it is not installed")
        return
    random.seed(4)
    base = ["tmux", "-L", f"sayso-{os.getpid()}", "-f", "/dev/null"]
    folder = tempfile.mkdtemp()
    environment = dict(os.environ, LC_ALL="C.UTF-8", SAYSO_LIBRARY=os.path.join(folder, "library.db"))
    environment.pop("TMUX", None)
    environment.pop("NO_COLOR", None)

    def tmux(*arguments):
        return subprocess.run(base + list(arguments), check=True, capture_output=True, text=True, env=environment).stdout

    def screen():
        """What stands on the screen once it has been the same for a while."""
        before, since = None, time.monotonic()
        while time.monotonic() - since < 0.08:
            now = tmux("capture-pane", "-p", "-e")
            if now != before:
                before, since = now, time.monotonic()
            time.sleep(0.02)
        return before

    compared = 0
    try:
        for width, height in [(80, 24), (120, 40), (40, 15)]:
            tmux("new-session", "-d", "-x", str(width), "-y", str(height), binary, *([file] if file else []))
            time.sleep(2)
            for _ in range(60):
                key = random.choice(KEYS)
                tmux("send-keys", key)
                if key == "Escape":
                    time.sleep(0.6)
                # A key that means nothing takes away what the last one told, as the redraw will.
                tmux("send-keys", "F12")
                shown = screen()
                tmux("send-keys", "C-l")
                time.sleep(0.05)
                drawn = screen()
                wrong = [pair for pair in zip(cells(shown), cells(drawn)) if pair[0] != pair[1]]
                if wrong:
                    for old, new in wrong:
                        print("shown", "".join(c for c, _ in old), "\ndrawn", "".join(c for c, _ in new))
                    sys.exit(f"tmux: after {key} at {width}x{height} the screen is not what a redraw makes of it")
                compared += 1
            tmux("kill-server")
            # It goes a moment after it says so.
            time.sleep(1)
        print(f"tmux: {compared} screens are what a redraw makes of them")
    finally:
        subprocess.run(base + ["kill-server"], capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


main(os.path.abspath(sys.argv[1]), *sys.argv[2:3])
