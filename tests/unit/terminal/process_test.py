"""The program `veranda` as a process, without a server: exit codes, its complaints of one line, and what it hides."""
import os
import subprocess
import sys
import tempfile
import unittest

VERANDA = os.path.abspath(sys.argv.pop())
NOWHERE = "http://127.0.0.1:1"  # nobody listens there


def run(*arguments, input="", folder=None):
    return subprocess.run([VERANDA, *arguments], input=input, capture_output=True, text=True, timeout=60, cwd=folder,
                          start_new_session=True)  # so that there is no terminal


class Process(unittest.TestCase):
    def complains(self, line, *arguments, **others):
        done = run(*arguments, **others)
        self.assertEqual(done.returncode, 2, done)
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.stderr, f"veranda: {line}\n")

    def test_tells_its_version_and_its_exit_codes(self):
        self.assertRegex(run("--version").stdout, r"^veranda \d+\.\d+\.\d+\n$")
        self.assertIn("Exit codes:", run("--help").stdout)
        self.assertEqual(run().returncode, 2)

    def test_names_unknown_words(self):
        words = "abandon foo " + "abandon " * 9 + "qux"
        self.complains("these words are not in the list: foo, qux", "join", words, "--name", "Robin")
        self.complains("these words are not in the list: foo, qux", "join", *words.split(), "--name", "Robin")
        self.complains("these words are not in the list: foo, qux", "join", "-", "--name", "Robin", input=words + "\n")

    def test_says_when_words_do_not_fit(self):
        self.complains("these words do not fit together", "join", "zoo " * 12, "--name", "Robin")
        self.complains("there are twelve words in an invite; these are 3", "join", "zoo zoo zoo", "--name", "Robin")

    def test_says_when_a_link_is_not_whole(self):
        line = "this is not a whole invite link; copy it again, to its last letter"
        self.complains(line, "join", NOWHERE + "/join#1.AAAA", "--name", "Robin")
        self.complains("this link is of a newer Veranda", "join", NOWHERE + "/join#2.AAAA", "--name", "Robin")

    def test_refuses_a_name_before_anything_is_sent(self):
        self.complains("--name: this name cannot be used; take a short one, of letters",
                       "join", NOWHERE + "/join#1." + "A" * 64, "--name", "\x1b[31m")

    def test_ends_with_its_input_although_the_server_is_away(self):
        done = run("join", NOWHERE + "/join#1." + "A" * 64, "--name", "Robin", "--json")
        self.assertEqual(done.returncode, 0, done)
        self.assertIn('{"event":"state","state":"left"}\n', done.stdout)

    def test_keeps_a_link_out_of_the_list_of_processes_and_memory_out_of_core_files(self):
        joining = subprocess.Popen([VERANDA, "join", NOWHERE + "/join#1." + "A" * 64, "--name", "Robin", "--json"],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        with joining:
            self.assertIn("connecting", joining.stdout.readline())
            with open(f"/proc/{joining.pid}/cmdline", "rb") as file:
                command_line = file.read()
            with open(f"/proc/{joining.pid}/limits") as file:
                core = next(line for line in file if line.startswith("Max core file size"))
            joining.stdin.close()
            self.assertNotIn(b"AAAA", command_line)
            self.assertNotIn(b"Robin", command_line)
            self.assertEqual(core.split()[4:6], ["0", "0"])

    def test_makes_an_organisation_and_its_staff(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "pass"), "w") as file:
                file.write("correct horse\n")
            for command in ("org init org --name Example --zone +01:00", "staff new --name Ada --out ada.request",
                            "org certify org ada.request --role facilitator --out ada.staff", "org renew org"):
                done = run(*command.split(), "--passphrase-file", "pass", folder=folder)
                self.assertEqual(done.returncode, 0, done)
            self.assertIn("Ada, facilitator", run("org", "list", "org", folder=folder).stdout)
            hosting = run("host", "--server", NOWHERE, "--group", "Tuesday", "--staff", "ada.staff", "--json",
                          "--passphrase-file", "pass", folder=folder)
            self.assertEqual(hosting.returncode, 0, hosting)
            self.complains("there is no terminal to ask for the passphrase on; use --passphrase-file FILE",
                           "host", "--server", NOWHERE, "--group", "G", "--staff", "ada.staff", folder=folder)


if __name__ == "__main__":
    unittest.main()
