#!/usr/bin/env python3
"""Plants the bugs of bugs.toml into copies of the sources that they name.

    plant.py ROOT FOLDER --sources     the sources' paths, for CMake
    plant.py ROOT FOLDER --replays     NAME=SEED of each bug that was found, for CMake
    plant.py ROOT FOLDER               writes the copies, and names.cpp, to FOLDER

An old text has to stand exactly once in its source: so this list stays in step with what it breaks.
"""
import pathlib
import sys
import tomllib

LIST = pathlib.Path(__file__).with_name("bugs.toml")


def stop(why):
    sys.exit(f"{LIST.name}: {why}")


def read_list():
    bugs = tomllib.loads(LIST.read_text(encoding="utf-8"))["bug"]
    names = [bug["name"] for bug in bugs]
    for name in names:
        if names.count(name) > 1:
            stop(f"{name} is there twice")
    for bug in bugs:
        for field in ("what", "checker", "edit"):
            if not bug.get(field):
                stop(f"{bug['name']} has no {field}")
    return bugs


def sources_of(bugs):
    return sorted({edit["file"] for bug in bugs for edit in bug["edit"]})


def edits_in(source, bugs):
    for number, bug in enumerate(bugs, start=1):
        for edit in bug["edit"]:
            if edit["file"] == source:
                yield bug["name"], number, edit["old"].strip(), edit["new"].strip()


def planted(source, text, bugs):
    changes = []
    for name, number, old, new in edits_in(source, bugs):
        found = text.count(old)
        if found != 1:
            stop(f"{name}: its old text stands {found} times in {source}, not once")
        if "PLANTED" not in new:
            stop(f"{name}: its new text does not ask whether it is PLANTED")
        at = text.index(old)
        changes.append((at, at + len(old), name, new.replace("PLANTED", f"::veranda::planted::is({number})")))
    changes.sort(reverse=True)
    for later, earlier in zip(changes, changes[1:]):
        if earlier[1] > later[0]:
            stop(f"{later[2]} and {earlier[2]} change the same place of {source}")
    for begin, end, _, new in changes:
        text = text[:begin] + new + text[end:]
    return f'// {source}, with bugs planted in it.\n#include "tests/simulation/planted/planted.hpp"\n' + text


def write(path, text):
    """Only if it is another: what has not changed is not compiled again."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def names(bugs):
    lines = ['#include "tests/simulation/planted/planted.hpp"', "", "namespace veranda::planted {", ""]
    lines += ["const std::vector<Bug>& all() {", "    static const std::vector<Bug> bugs = {"]
    lines += [f"        {{{quoted(bug['name'])}, {quoted(bug['what'])}, {quoted(bug['checker'])}}}," for bug in bugs]
    lines += ["    };", "    return bugs;", "}", "", "}  // namespace veranda::planted", ""]
    return "\n".join(lines)


def main():
    root, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    bugs = read_list()
    if sys.argv[3:] == ["--sources"]:
        return print(";".join(sources_of(bugs)))
    if sys.argv[3:] == ["--replays"]:
        return print(";".join(f"{bug['name']}={bug['seed']}" for bug in bugs if "seed" in bug))
    for source in sources_of(bugs):
        text = (root / source).read_text(encoding="utf-8")
        write(folder / source, planted(source, text, bugs))
    write(folder / "names.cpp", names(bugs))


main()
