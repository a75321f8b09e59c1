#!/usr/bin/env python3
"""Line and branch coverage of some folders, from what llvm-cov exports: summary.py EXPORT LINES BRANCHES FOLDER...

Prints a row a file and a row a folder; ends with 1 if a folder has less than LINES or BRANCHES per cent, or a source
file that no test links, and which therefore was not counted.
"""
import json
import os
import sys
from pathlib import Path

NOT_NATIVE = {"crypto/sealed/argon2id_imported.cpp"}  # the browser's half of argon2id.cpp


def per_cent(covered, count):
    return 100.0 * covered / count if count else 100.0


def row(name, sums):
    lines, branches = sums
    print(f"{name:44} {lines[0]:6} of {lines[1]:5} {per_cent(*lines):6.1f} % "
          f"{branches[0]:6} of {branches[1]:5} {per_cent(*branches):6.1f} %")


def files_of(export, folder):
    """Path and ((lines covered, lines), (branches covered, branches)) of every file in the folder."""
    for file in export["data"][0]["files"]:
        path = os.path.relpath(file["filename"])
        if path.startswith(folder + "/"):
            summary = file["summary"]
            yield path, tuple((summary[kind]["covered"], summary[kind]["count"]) for kind in ("lines", "branches"))


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        export = json.load(file)
    limits = float(sys.argv[2]), float(sys.argv[3])
    short = []
    print(f"{'':44} {'lines':>24} {'branches':>24}")
    for folder in sys.argv[4:]:
        files = sorted(files_of(export, folder))
        if not files:
            sys.exit(f"nothing of {folder} was built")
        counted = {path for path, _ in files}
        uncounted = {str(path) for path in Path(folder).rglob("*.cpp")} - NOT_NATIVE - counted
        if uncounted:
            print(f"not counted, for no test links it: {' '.join(sorted(uncounted))}")
            short.append(folder)
        for path, sums in files:
            row(path, sums)
        total = tuple(tuple(map(sum, zip(*(sums[kind] for _, sums in files)))) for kind in (0, 1))
        row(f"{folder}, all of it", total)
        print()
        short += [folder for kind, limit in zip(total, limits) if per_cent(*kind) < limit]
    for folder in sorted(set(short)):
        print(f"{folder} is not counted whole, or has less than "
              f"{limits[0]:g} % of its lines or {limits[1]:g} % of its branches")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
