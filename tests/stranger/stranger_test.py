"""Is docs/protocol.md enough to write a client from? The one that was (client.py) talks with a real veranda-server.

    stranger_test.py VERANDA_SERVER

The answers of section 11 are read from the page and worked out here a second time.
"""
import base64
import hmac
import os
import re
import subprocess
import sys
import tempfile
import unittest

import client
import structures
from client import Cut, Refused, private_message
from curve25519 import SigningKey, x25519_public
from notation import H, U16, U32, U64, covered, vector

SERVER = os.path.abspath(sys.argv.pop()) if len(sys.argv) > 1 else sys.exit(__doc__)
TREE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def read(*path):
    with open(os.path.join(TREE, *path), encoding="utf-8") as file:
        return file.read()


def hkdf_expand(key, info, size=32):
    """RFC 5869, 2.3, for one block."""
    return hmac.digest(key, info + b"\1", "sha256")[:size]


def derive_key_pair(ikm):
    """RFC 9180, 7.1.3, for DHKEM(X25519, HKDF-SHA256): the private key."""
    suite = b"HPKE-v1KEM" + U16.write(0x0020)
    key = hmac.digest(b"", suite + b"dkp_prk" + ikm, "sha256")
    return hkdf_expand(key, U16.write(32) + suite + b"sk")


def english_words():
    return [line for line in read("client-lib/circle/joining/words/en.txt").split("\n") if line and line[0] != "#"]


def agreed_words(card_hash, knock_id):
    """7.7."""
    words = english_words()
    x = H(vector(b"Veranda 1 agreed word") + card_hash + knock_id)
    for _ in range(262144):
        x = H(x)
    bits = int.from_bytes(x, "big") >> 201
    return [words[bits >> 11 * place & 2047] for place in range(4, -1, -1)]


def twelve_words(entropy):
    """7.3."""
    words = english_words()
    bits = int.from_bytes(entropy, "big") << 4 | H(entropy)[0] >> 4
    return [words[bits >> 11 * place & 2047] for place in range(11, -1, -1)]


class KnownAnswers(unittest.TestCase):
    def setUp(self):
        """Label, two spaces, value; an indented line goes on with the value."""
        self.page, label = {}, None
        for line in re.search(r"```vectors\n(.*?)```", read("docs/protocol.md"), re.S)[1].split("\n"):
            said, _, value = line.partition("  ")
            label = said or label
            if line:
                self.page[label] = self.page.get(label, "") + value.strip()

    def test_every_line_of_section_11_is_worked_out_again(self):
        entropy, root = bytes.fromhex(self.page["pass of entropy"]), bytes.fromhex(self.page["root"])
        secret = hmac.digest(b"", entropy, "sha256")
        signing = SigningKey(hkdf_expand(secret, b"Veranda 1 pass signing")).public
        sealing = x25519_public(derive_key_pair(hkdf_expand(secret, b"Veranda 1 pass sealing")))
        card = hmac.digest(signing + sealing, vector(b"Veranda 1 card id") + U32.write(20000), "sha256")
        answer = hmac.digest(signing + sealing, vector(b"Veranda 1 desk answer id"), "sha256")
        link = f"https://veranda.example/join#1.{base64.urlsafe_b64encode(entropy + H(root)).decode()}"
        proof = structures.AccessProof(room=bytes(range(0x20, 0x30)), origin="https://veranda.example",
                                       challenge=b"\xaa" * 32, key=b"\xbb" * 32)
        entry = structures.LogEntry(sequence=1, received_at=1000, sender=bytes(range(0x30, 0x40)),
                                    kind=structures.LEAVE_ENTRY, body=b"")
        text = structures.Content(kind=1, id=bytes(range(0x40, 0x50)), body=vector(b"hello"))
        issued = structures.StaffListEntry(number=1, event=structures.ISSUED, certificate=b"\xcc" * 32, at=1000)
        answers = {
            "pass of entropy": entropy.hex(),
            "words, English": " ".join(twelve_words(entropy)),
            "agreed word, card hash cc..., knock id dd...": "",
            "the five words": " ".join(agreed_words(b"\xcc" * 32, b"\xdd" * 32)),
            "signing key": signing.hex(),
            "sealing key": sealing.hex(),
            "card id, day 20000": card.hex(),
            "answer id": answer.hex(),
            "root": root.hex(),
            "fingerprint": H(root).hex(),
            "link, at https://veranda.example": link,
            "find_card, request 1, that card id": client.frame("find_card", 1, card=card).hex(),
            "what an access proof's signature covers: room 20 to 2f, that origin, challenge aa..., key bb...":
                covered(proof).hex(),
            "log entry 1, received at 1000, sender 30 to 3f, leave": entry.encoded().hex(),
            "running hash(1)": client.running_hash(bytes(32), entry).hex(),
            'content: text "hello", id 40 to 4f; then zeros up to 256 bytes': text.encoded().hex(),
            "staff list entry 1, issued, certificate cc..., at 1000": "",
            "hash(1)": client.link(bytes(32), issued).hex(),
            "proof of work, 8 bits, challenge aa...: the least": client.prove_work(b"\xaa" * 32, 8).hex(),
        }
        self.maxDiff = None
        self.assertEqual(answers, self.page)


class AgainstTheServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.house = client.House()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        for name, text in cls.house.files().items():
            with open(os.path.join(folder.name, name), "w", encoding="ascii") as file:
                file.write(text)
        server = subprocess.Popen([SERVER, "--listen", "127.0.0.1:0", "--organisation",
                                   os.path.join(folder.name, "organisation.pub")], stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(server.stdout.close)
        cls.addClassCleanup(server.wait)
        cls.addClassCleanup(server.terminate)
        listening = re.fullmatch(r"listening on http://([\d.]+):(\d+)\n", server.stdout.readline())
        assert listening, "the server did not start"
        cls.host, cls.port = listening[1], int(listening[2])

    def relay(self, **others):
        relay = client.Relay(self.host, self.port, self.house.root.public, **others)
        self.addCleanup(relay.wire.close)
        return relay

    def opened(self):
        session, relay = client.Session(self.house), self.relay()
        session.open(relay)
        return session, relay

    def refuses(self, refusal, detail, asking, *arguments, **fields):
        with self.assertRaises(Refused) as refused:
            asking(*arguments, **fields)
        self.assertEqual((refused.exception.name, refused.exception.detail), (refusal, detail))

    def cuts(self, code, rule, send):
        relay = self.relay()
        send(relay)
        with self.assertRaises(Cut) as cut:
            relay.until(lambda name, request, body: False)
        self.assertEqual((cut.exception.code, cut.exception.rule), (code, rule))

    def test_says_hello_with_the_organisation_and_the_list_that_the_root_signed(self):
        relay = self.relay()
        self.assertEqual(relay.hello.organisation.encoded(), self.house.organisation.encoded())
        self.assertEqual(relay.get_staff_list().encoded(), self.house.staff_list.encoded())
        with self.assertRaisesRegex(ValueError, "hello: another organisation"):
            client.Relay(self.host, self.port, SigningKey().public)

    def test_opens_a_room_submits_and_leaves(self):
        session, relay = client.Session(self.house), self.relay()
        entered = session.open(relay)
        self.assertEqual((entered.epoch, entered.last, entered.oldest), (0, 1, 1))
        relay.until_log(1)
        opening = session.entries[0]
        self.assertEqual((opening.kind, opening.sender), (structures.GENESIS_ENTRY, session.member))
        self.assertEqual(structures.GenesisEntry.read(opening.body).encoded(), entered.genesis.encoded())
        message = private_message(session.room, 0, os.urandom(300))
        self.assertEqual(relay.ask("submit", submission=os.urandom(16), message=message).sequence, 2)
        relay.until_log(2)
        self.assertEqual((session.entries[1].kind, session.entries[1].body), (structures.APPLICATION_ENTRY, message))
        self.assertEqual(relay.ask("leave", submission=os.urandom(16)).sequence, 3)
        self.assertEqual(relay.until(lambda name, request, body: name == "room_gone").reason, structures.LEFT)
        self.refuses("not_in_room", 0, session.resume, self.relay())

    def test_a_cut_loses_no_entry_and_doubles_none(self):
        session, relay = self.opened()
        said = [(os.urandom(16), private_message(session.room, 0, os.urandom(300 + number))) for number in range(40)]
        for submission, message in said[:20]:
            relay.send("submit", submission=submission, message=message)
        relay.until_log(8)
        relay.wire.close()  # in the midst of what it sends, and of what it was sent

        relay = self.relay()
        session.resume(relay)
        places = [relay.ask("submit", submission=submission, message=message).sequence for submission, message in said]
        self.assertEqual(places, list(range(2, 42)))
        relay.until_log(41)
        self.assertEqual([entry.body for entry in session.entries[1:]], [message for _, message in said])

        again = [relay.ask("submit", submission=submission, message=message).sequence for submission, message in said]
        self.assertEqual(again, places)
        other = relay.ask("submit", submission=said[0][0], message=private_message(session.room, 0, b"something else"))
        self.assertEqual(other.sequence, 2)  # the id alone decides (5.2)
        last = relay.ask("submit", submission=os.urandom(16), message=private_message(session.room, 0, b"last"))
        self.assertEqual(last.sequence, 42)  # so nothing was written twice
        relay.until_log(42)

    def test_whoever_comes_later_gets_the_same_bytes_and_the_same_running_hash(self):
        session, relay = self.opened()
        for number in range(5):
            relay.ask("submit", submission=os.urandom(16), message=private_message(session.room, 0, U64.write(number)))
        relay.until_log(6)
        double, second = session.without_log(), self.relay()
        double.resume(second)
        second.until_log(6)
        self.assertEqual(double.hashes, session.hashes)
        gone = relay.until(lambda name, request, body: name == "room_gone")
        self.assertEqual(gone.reason, structures.ELSEWHERE)

    def test_refuses_a_wrong_access_proof_and_takes_the_right_one_afterwards(self):
        session, _ = self.opened()
        relay, stranger = self.relay(), SigningKey()
        for wrong in ({"signed_by": stranger}, {"challenge": bytes(32)}, {"origin": "https://veranda.example"}):
            self.refuses("access_signature", 0, relay.ask, "enter", proof=session.proof(relay, **wrong), after=0)
        unknown = session.proof(relay, signed_by=stranger, key=stranger.public)
        self.refuses("not_in_room", 0, relay.ask, "enter", proof=unknown, after=0)
        nowhere = session.proof(relay, room=os.urandom(16))
        self.refuses("no_such_room", 0, relay.ask, "enter", proof=nowhere, after=0)
        session.resume(relay)
        self.refuses("already_in_room", 0, session.resume, relay)

    def test_refuses_a_room_that_the_wrong_people_open(self):
        relay, session = self.relay(), client.Session(self.house)
        unlisted = client.Session(client.House())
        self.refuses("staff_certificate", 0, unlisted.open, relay)
        mixed = client.Session(self.house)
        mixed.genesis = session.genesis
        self.refuses("genesis_invalid", 0, mixed.open, relay)
        session.open(relay)
        self.refuses("room_exists", 0, session.open, self.relay())

    def test_refuses_by_name_what_no_member_may_send(self):
        session, relay = self.opened()
        for refusal, message in (
                ("stale_epoch", private_message(session.room, 1, b"of another epoch")),
                ("other_group", private_message(os.urandom(16), 0, b"of another room")),
                ("not_a_private_message", private_message(session.room, 0, b"and more") + b"!"),
                ("proposal", private_message(session.room, 0, b"alone", content_type=structures.PROPOSAL)),
                ("not_a_private_message", b"\0\1\0\1" + os.urandom(200))):
            self.refuses(refusal, 0, relay.ask, "submit", submission=os.urandom(16), message=message)
        self.refuses("too_long", 17408, relay.ask, "submit", submission=os.urandom(16),
                     message=private_message(session.room, 0, bytes(17408)))
        self.assertEqual(relay.ask("submit", submission=os.urandom(16),
                                   message=private_message(session.room, 0, b"good")).sequence, 2)

    def test_refuses_what_comes_too_early_and_what_it_does_not_know(self):
        early, relay = self.relay(greet=False), self.relay()
        self.refuses("not_yet", 0, early.ask, "get_staff_list")
        self.refuses("not_yet", 0, relay.ask, "submit", submission=os.urandom(16), message=b"of nobody in a room")
        self.refuses("no_such_card", 0, relay.ask, "find_card", card=os.urandom(32))
        relay.wire.send(structures.Frame(version=1, priority=2, type=0x01ff, request_id=99, body=b"?").encoded())
        self.refuses("unknown_frame", 0x01ff, relay.answer, 99)

    def test_of_two_commits_for_one_epoch_the_second_is_stale(self):
        session, relay = self.opened()

        def submit(epoch, content_type):
            message = private_message(session.room, epoch, os.urandom(300), content_type)
            return relay.ask("submit", submission=os.urandom(16), message=message).sequence

        self.assertEqual(submit(0, structures.COMMIT), 2)
        self.refuses("stale_epoch", 1, submit, 0, structures.COMMIT)
        self.refuses("stale_epoch", 1, submit, 0, structures.APPLICATION_MESSAGE)
        self.assertEqual(submit(1, structures.APPLICATION_MESSAGE), 3)
        self.assertEqual(session.resume(self.relay()).epoch, 1)

    def test_names_the_fault_of_a_malformed_frame_and_closes(self):
        good = client.frame("get_staff_list", 7)  # its body is empty
        head = good[:-1]
        for code, rule, message in (
                (1002, "frame_version", b"\2" + good[1:]),
                (1002, "priority_class", good[:1] + b"\3" + good[2:]),
                (1002, "frame_body", head + vector(b"one byte too many")),
                (1002, "truncated", head + b"\1"),
                (1002, "length_not_shortest", head + b"\x40\0"),
                (1002, "length_too_long", head + b"\xc0"),
                (1002, "message_empty", b""),
                (1002, "too_many_frames", good * 257),
                (1009, "frame_too_long", head + vector(bytes(32 * 1024)))):
            with self.subTest(rule=rule):
                self.cuts(code, rule, lambda relay, sent=message: relay.wire.send(sent))

    def test_closes_without_a_fault_frame_what_is_no_binary_message_of_good_length(self):
        self.cuts(1003, None, lambda relay: relay.wire.send(b"hello", client.WebSocket.TEXT))
        self.cuts(1009, None, lambda relay: relay.wire.begin(525313))
        self.cuts(1002, "frame_version", lambda relay: relay.wire.send(bytes(525312)))


if __name__ == "__main__":
    unittest.main(verbosity=2)
