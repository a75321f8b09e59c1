#!/usr/bin/env python3
"""Habits that a machine can check, each a function from files to complaints.

tidy.py ROOT checks the tree; tidy.py --prove shows that every checker can fail.
"""
import re
import subprocess
import sys
from pathlib import Path

COLUMNS_MAX = 120
FILE_LINES_MAX = 500
CODE = {".cpp", ".hpp", ".h", ".ts", ".tsx", ".mjs", ".lua", ".py", ".css"}
SCRIPT_FOLDERS = ("ops/", ".ci/")
BANNED_NAMES = re.compile(r"\b(?:class|struct)\s+\w*(?:Manager|Helper|Util|Utils|Impl)\b")
# Lists, locks and licences are others' lines.
NOT_OURS = ("package-lock.json", "/corpus/", "joining/words/", "/locales/", "LICENSE")


def tracked_files(root):
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=root,
                            capture_output=True, check=True).stdout
    files = {}
    for name in listed.decode().split("\0"):
        path = root / name
        if not name or not path.is_file():
            continue
        try:
            files[name] = "" if any(part in name for part in NOT_OURS) else path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            files[name] = ""  # binary: it exists, and that is all
    return files


def columns(files):
    """No line is longer than COLUMNS_MAX characters; a table's row and a link may be."""
    for name, text in files.items():
        for number, line in enumerate(text.split("\n"), 1):
            free = name.endswith(".md") and (line.startswith("|") or "](" in line)
            free = free or re.match(r"#?\s*user \w+ on ", line)  # Redis takes an ACL user on one line only
            if len(line) > COLUMNS_MAX and not free and "http" not in line:
                yield f"{name}:{number}: {len(line)} columns"


def head_comments(files):
    """Every file of code opens with a comment that says what lives there."""
    for name, text in files.items():
        suffix = Path(name).suffix
        if suffix not in CODE and not name.startswith(SCRIPT_FOLDERS) or not text.strip() or name.endswith(".md"):
            continue
        lines = [line for line in text.split("\n") if not line.startswith("#!")]
        first = next((line for line in lines if line.strip()), "")
        if not re.match(r"\s*(//|/\*|--|#|\"\"\"|<!--)", first):
            yield f"{name}:1: no head comment"


def file_lengths(files):
    """A file over FILE_LINES_MAX lines is asked what its second subject is."""
    for name, text in files.items():
        if Path(name).suffix in CODE and text.count("\n") > FILE_LINES_MAX:
            yield f"{name}: {text.count(chr(10))} lines"


def names(files):
    """No Manager, Helper, Util or Impl: a name says what the thing is."""
    for name, text in files.items():
        for match in BANNED_NAMES.finditer(text) if Path(name).suffix in CODE else ():
            yield f"{name}: {match.group(0)}"


def link_lists(files):
    """The link lists of CMake and the `links` block of docs/architecture.md say the same."""
    block = re.search(r"```links\n(.*?)```", files.get("docs/architecture.md", ""), re.S)
    if not block:
        yield "docs/architecture.md: no `links` block"
        return
    told = {}
    for line in block.group(1).strip().split("\n"):
        target, _, links = line.partition(":")
        told[target.strip()] = set(links.split())
    built = {}
    for name, text in files.items():
        if not name.endswith("CMakeLists.txt") or name.startswith("tests/"):
            continue
        text = re.sub(r"#[^\n]*", "", text)
        for target in re.findall(r"(?:veranda_(?:core|native)_library|add_library|add_executable)\((veranda\w*)", text):
            built.setdefault(target, set())
        for target, body in re.findall(r"target_link_libraries\((veranda[\w-]*)\s+([^)]*)\)", text):
            ours = {word for word in body.split() if word.startswith("veranda_") and word != "veranda_compilation"}
            built.setdefault(target, set()).update(ours)
    for target in sorted(told.keys() | built.keys()):
        if target == "veranda_compilation":
            continue
        if target not in told:
            yield f"docs/architecture.md: {target} is not in the `links` block"
        elif told[target] != built.get(target, set()):
            yield (f"docs/architecture.md: {target} may link {sorted(told[target])}, "
                   f"and links {sorted(built.get(target, set()))}")


def document_paths(files):
    """Every relative link, and every path in backticks that names one of our folders, exists."""
    folders = {name.split("/")[0] for name in files if "/" in name}
    known = set(files)
    for name in files:
        known.update(str(parent) for parent in Path(name).parents)
    for name, text in files.items():
        if not name.endswith(".md"):
            continue
        base = Path(name).parent
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
            if not re.match(r"\w+:", target) and not (exists(known, base / target) or exists(known, Path(target))):
                yield f"{name}: link to {target}"
        for path in re.findall(r"`([\w./-]+/[\w./*{},-]*)`", text):
            if path.split("/")[0] in folders and "*" not in path and "{" not in path:
                if not exists(known, Path(path)) and not is_made(path):
                    yield f"{name}: path {path}"


def exists(known, path):
    parts = []
    for part in path.parts:
        parts = parts[:-1] if part == ".." else parts + [part]
    return "/".join(parts).rstrip("/") in known


def is_made(path):
    """Paths of a build, which no tree holds."""
    return path.startswith(("build/", "web-client/dist", "docs/decisions/NNNN"))


CHECKERS = [columns, head_comments, file_lengths, names, link_lists, document_paths]

# For each checker, files with which it has to complain.
BROKEN = {
    columns: {"a.cpp": "// head\n" + "x" * (COLUMNS_MAX + 1)},
    head_comments: {"a.cpp": "int main() {}\n"},
    file_lengths: {"a.cpp": "// head\n" * (FILE_LINES_MAX + 1)},
    names: {"a.hpp": "// head\nclass RoomManager {};\n"},
    link_lists: {"docs/architecture.md": "```links\nveranda_relay: veranda_protocol\n```\n",
                 "server/CMakeLists.txt": "target_link_libraries(veranda_relay PUBLIC veranda_mls)\n"},
    document_paths: {"docs/a.md": "see `docs/gone.md` and [it](gone.md)\n"},
}


def main():
    if sys.argv[1:] == ["--prove"]:
        silent = [checker.__name__ for checker in CHECKERS if not list(checker(BROKEN[checker]))]
        print("every checker can fail" if not silent else f"these cannot fail: {silent}")
        return 1 if silent else 0
    files = tracked_files(Path(sys.argv[1]).resolve())
    complaints = [f"{complaint}  [{checker.__name__}]" for checker in CHECKERS for complaint in checker(files)]
    print("\n".join(complaints) if complaints else f"{len(files)} files are tidy")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
