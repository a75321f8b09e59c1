"""Finds the checks in a C++ file, each statement that can refuse, and makes a copy in which each can be deleted.

A check is an `if` whose branch refuses (return fail, false or nullopt; reader.fault), each side of an `||` in its
condition, a statement `TRY(...);`, and each side of an `&&` that a function returns. The copy asks mutants::stands(n)
whether the n-th is there: so one build has all of them, and a run says which is gone.
"""
import re

REFUSES = re.compile(r"\s*\{?\s*(?:return fail\(|return false;|return std::nullopt;|(?:return )?reader\.fault\()")
DECLARES = re.compile(r"\s*(?:const\s+)?(?:auto|[A-Z]\w*)\s*[*&]*\s+[*&]*\w+\s*=[^=]")
OPEN, CLOSE = "([{", ")]}"


def without_comments_and_text(text):
    """The same text, of the same length, with spaces where comments, strings and characters stood."""
    token = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])+'", re.S)
    return token.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def closing(code, start):
    """Where the bracket that opens at `start` is closed."""
    depth = 0
    for at in range(start, len(code)):
        depth += (code[at] in OPEN) - (code[at] in CLOSE)
        if depth == 0:
            return at
    raise ValueError("a bracket is not closed")


def sides(code, start, end, operator):
    """The parts between `start` and `end` that stand between this operator, outside of brackets."""
    found, depth, begin = [], 0, start
    for at in range(start, end):
        depth += (code[at] in OPEN) - (code[at] in CLOSE)
        if depth == 0 and code.startswith(operator, at):
            found.append((begin, at))
            begin = at + len(operator)
    return found + [(begin, end)]


class Copy:
    """A file's text and what is put into it, and the checks found so far."""

    def __init__(self, name, text, first_number):
        self.name, self.text, self.code = name, text, without_comments_and_text(text)
        self.number, self.put, self.checks = first_number, [], []

    def add(self, start, end, before, after, kind):
        """Makes what stands between start and end deletable; `before` takes the number."""
        said = " ".join(self.text[start:end].split())
        begins = end - len(self.text[start:end].lstrip())
        line = self.text.count("\n", 0, begins) + 1
        self.checks.append({"number": self.number, "file": self.name, "line": line, "kind": kind, "text": said})
        self.put += [(start, 1, before % self.number), (end, 0, after)]
        self.number += 1

    def made(self):
        out, at = ['#include "tests/mutation/mutants.hpp"\n'], 0
        # What closes at a place comes before what opens there; of what opens, the outer first.
        for place, _, what in sorted(self.put, key=lambda entry: (entry[0], entry[1])):
            out += [self.text[at:place], what]
            at = place
        return "".join(out + [self.text[at:]])


STANDS = "veranda::mutants::stands(%d)"


def find_ifs(copy):
    for found in re.finditer(r"\bif \(", copy.code):
        start = found.end() - 1
        end = closing(copy.code, start)
        if not REFUSES.match(copy.code, end + 1) or DECLARES.match(copy.code, start + 1):
            continue
        if len(sides(copy.code, start + 1, end, ";")) > 1:
            continue
        copy.add(start + 1, end, STANDS + " && (", ")", "if")
        parts = sides(copy.code, start + 1, end, "||")
        for part in parts if len(parts) > 1 else ():
            copy.add(*part, " (" + STANDS + " && (", "))", "side of ||")


def find_elses(copy):
    for found in re.finditer(r"\belse \{\s*(return fail\([^;]*;)", copy.code):
        copy.add(*found.span(1), "if (" + STANDS + ") ", "", "else")


def find_tries(copy):
    for found in re.finditer(r"(?<=[;{})])\s*\bTRY\(", copy.code):
        start = found.end() - 4
        end = closing(copy.code, start + 3)
        if copy.code.startswith(";", end + 1):
            copy.add(start, end + 1, "if (" + STANDS + ") ", "", "TRY")


def find_returns(copy):
    for found in re.finditer(r"\breturn (?=[^;]*&&)", copy.code):
        start, depth, end = found.end(), 0, found.end()
        while depth > 0 or copy.code[end] != ";":
            depth += (copy.code[end] in OPEN) - (copy.code[end] in CLOSE)
            end += 1
        parts = sides(copy.code, start, end, "&&")
        if len(parts) == 1 or len(sides(copy.code, start, end, "?")) > 1 or len(sides(copy.code, start, end, "||")) > 1:
            continue
        for part in parts:
            copy.add(*part, " (!" + STANDS + " || (", "))", "side of &&")


def checks_of(name, text, first_number):
    """The text with its checks deletable, and a list of them, numbered from `first_number`."""
    copy = Copy(name, text, first_number)
    find_ifs(copy)
    find_elses(copy)
    find_tries(copy)
    find_returns(copy)
    return copy.made() if copy.checks else text, copy.checks
