#!/usr/bin/env python3
"""Writes the seeds that `simulate_planted --search` has found, read from standard input, into bugs.toml."""
import pathlib
import re
import sys

LIST = pathlib.Path(__file__).with_name("bugs.toml")


def main():
    found = dict(re.findall(r"^(\w+): seed (\d+):", sys.stdin.read(), re.MULTILINE))
    lines = []
    name = None
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if named := re.match(r'name = "(\w+)"$', line):
            name = named[1]
        if name in found and line.startswith("seed = "):
            continue
        lines.append(line)
        if name in found and line.startswith("checker = "):
            lines.append(f"seed = {found[name]}")
    LIST.write_text("\n".join(lines) + "\n", encoding="utf-8")


main()
