"""What veranda-server is able to do, by its symbols: it calls the listed functions of libsodium and no other, and
nothing of client-lib or crypto/sealed is in it. The same search finds both in the terminal client, so it can find
them."""
import subprocess
import sys
import unittest

SERVER, CLIENT, ALLOWED, *LIBRARIES = sys.argv[1:]
del sys.argv[1:]


def nm(*arguments):
    return subprocess.run(["nm", *arguments], check=True, capture_output=True, text=True).stdout.splitlines()


def called(program):
    names = {line.split()[-1].split("@")[0] for line in nm("-D", "--undefined-only", program)}
    return {name for name in names if name.startswith("crypto_")}


def defined(file):
    """Strong symbols alone: inline functions and templates are in whatever includes their header."""
    symbols = set()
    for line in nm("--defined-only", file):
        parts = line.split()
        if len(parts) == 3 and parts[1] in "TDBR":
            symbols.add(parts[2])
    return symbols


def allowed():
    with open(ALLOWED, encoding="utf-8") as lines:
        return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


class ServerSymbols(unittest.TestCase):
    def test_it_calls_the_listed_functions_and_no_other(self):
        self.assertEqual(called(SERVER), allowed())

    def test_the_client_calls_others(self):
        self.assertGreater(len(called(CLIENT) - allowed()), 5)

    def test_nothing_of_the_clients_libraries_is_in_it(self):
        in_server = defined(SERVER)
        self.assertGreater(len(in_server), 100)
        for library in LIBRARIES:
            of_library = defined(library)
            self.assertGreater(len(of_library), 5, library)
            self.assertEqual(of_library & in_server, set(), library)

    def test_each_of_them_is_in_the_client(self):
        in_client = defined(CLIENT)
        for library in LIBRARIES:
            self.assertNotEqual(defined(library) & in_client, set(), library)


unittest.main()
