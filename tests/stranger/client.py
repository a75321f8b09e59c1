"""A client of Veranda's relay, written from docs/protocol.md alone: it shares no line with this repository's client.

It makes an organisation, opens a room as its facilitator, enters, submits, and resumes from the log after a cut. Of MLS
it knows no more than the clear part of a message, which is all that a relay reads (5.1). stranger_test.py drives it.
Each function names the section that it follows.
"""
import base64
import copy
import hashlib
import os
import socket
import time

from curve25519 import SigningKey
from notation import H, U8, U16, U64, Reader, Signed, holds, vector
from structures import (APPLICATION_MESSAGE, CLIENT, FACILITATOR, GROUP, ISSUED, REFUSALS, RELAY, REVOKED, SPEAKS,
                        AccessProof, Admission, Certificate, Frame, Genesis, Organisation, Policies, SessionStatement,
                        StaffCredential, StaffList, StaffListEntry, StaffListHead, TextInLanguage)


def link(previous, entry):
    """6.3: one link of the staff list's chain."""
    return H(vector(b"Veranda 1 staff list entry"), previous, entry.encoded())


def running_hash(previous, entry):
    """9.2."""
    return H(vector(b"Veranda 1 log"), previous, entry.encoded())


def private_message(room, epoch, ciphertext, content_type=APPLICATION_MESSAGE):
    """MLSMessage(PrivateMessage) of RFC 9420, 6: clear up to authenticated_data, which is empty (5.1)."""
    mls10, mls_private_message = 1, 2
    return (U16.write(mls10) + U16.write(mls_private_message) + vector(room) + U64.write(epoch) +
            U8.write(content_type) + vector(b"") + vector(os.urandom(28)) + vector(ciphertext))


def prove_work(challenge, bits):
    """4.2: the least eight bytes after which the hash begins with that many zero bits."""
    tried = 0
    while int.from_bytes(H(vector(b"Veranda 1 proof of work"), challenge, U64.write(tried)), "big") >> 256 - bits:
        tried += 1
    return U64.write(tried)


def armour(title, data):
    """6: the one text of these bytes."""
    text = base64.b64encode(data).decode()
    lines = [text[at:at + 64] for at in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN VERANDA {title}-----", *lines, f"-----END VERANDA {title}-----", ""])


def require(holding, rule):
    if not holding:
        raise ValueError(rule)


def check_staff_list(staff_list, root, now):
    """6.3: numbers without a gap, the chain, the head and its signature."""
    chain = bytes(32)
    for number, entry in enumerate(staff_list.entries, 1):
        require(entry.number == number, "staff list: a gap")
        chain = link(chain, entry)
    head = staff_list.head.body
    require((head.number, head.hash) == (len(staff_list.entries), chain), "staff list: the head is of another list")
    require(holds(staff_list.head, root), "staff list: signature")
    require(now <= head.good_until, "staff list: has run out")


def lives(body, now, seconds_max):
    return body.not_before <= now <= body.not_after <= body.not_before + seconds_max


def check_credential(credential, room, root, staff_list, now):
    """6.2 and 6.4."""
    certificate, statement = credential.certificate.body, credential.statement.body
    events = [entry.event for entry in staff_list.entries if entry.certificate == credential.certificate.digest()]
    require(certificate.root == root and holds(credential.certificate, root), "certificate: signature")
    require(certificate.role != 0 and lives(certificate, now, 30 * 86400), "certificate: role and time")
    require(ISSUED in events and REVOKED not in events, "certificate: not on the list")
    require(statement.certificate == credential.certificate.digest(), "statement: of another certificate")
    require(holds(credential.statement, certificate.key), "statement: signature")
    require((statement.room, statement.role) == (room, certificate.role), "statement: room and role")
    require(lives(statement, now, 12 * 3600), "statement: time")


def check_opening(entry, room, root, staff_list, now):
    """6.5: the genesis and the opener's own admission, together."""
    genesis, opener = entry.genesis.body, entry.opener.body
    require((genesis.room, opener.room) == (room, room) and opener.staff is not None, "genesis: room and opener")
    check_credential(opener.staff, room, root, staff_list, now)
    statement = opener.staff.statement.body
    require((statement.role, statement.kind) == (FACILITATOR, GROUP) and genesis.kind == GROUP, "genesis: kind")
    require(opener.leaf_key == statement.session_key and opener.admitted_by == opener.member, "genesis: opener")
    require(holds(entry.genesis, opener.leaf_key) and holds(entry.opener, opener.leaf_key), "genesis: signature")


class House:
    """An organisation with one facilitator (6.1 to 6.3)."""

    def __init__(self):
        now, self.root, self.staff_key = int(time.time()), SigningKey(), SigningKey()
        self.organisation = Signed(Organisation).by(self.root, Organisation(
            root=self.root.public, name="House of the stranger", zone_minutes=60, desk_key=None,
            not_safe=[TextInLanguage(language="en", text="Call 112.")]))
        self.certificate = Signed(Certificate).by(self.root, Certificate(
            root=self.root.public, key=self.staff_key.public, sealing_key=os.urandom(32), name="Amara",
            role=FACILITATOR, not_before=now - 60, not_after=now + 86400))
        entry = StaffListEntry(number=1, event=ISSUED, certificate=self.certificate.digest(), at=now)
        head = StaffListHead(number=1, hash=link(bytes(32), entry), good_until=now + 86400)
        self.staff_list = StaffList(entries=[entry], head=Signed(StaffListHead).by(self.root, head))

    def files(self):
        return {"organisation.pub": armour("ORGANISATION", self.organisation.encoded()),
                "staff.list": armour("STAFF LIST", self.staff_list.encoded())}


class Session:
    """A facilitator's keys and log for one room of her own (6.4 to 6.6, 9.2). They outlive a connection."""

    def __init__(self, house):
        self.root, self.staff_list, now = house.root.public, house.staff_list, int(time.time())
        self.room, self.member = os.urandom(16), os.urandom(16)
        self.session_key, self.access_key = SigningKey(), SigningKey()
        statement = Signed(SessionStatement).by(house.staff_key, SessionStatement(
            room=self.room, certificate=house.certificate.digest(), session_key=self.session_key.public,
            lane_key=os.urandom(32), role=FACILITATOR, kind=GROUP, not_before=now - 60, not_after=now + 3600))
        self.genesis = Signed(Genesis).by(self.session_key, Genesis(
            room=self.room, predecessor=None, rule_version=1, kind=GROUP, opened_at=now, ends_at=now + 3600,
            policies=Policies(members_max=8, slow_mode_seconds=0, newcomers=SPEAKS, locked=False,
                              goes_on_without_staff=False, presence_for_staff_only=False),
            staff_list_head=self.staff_list.head.body.hash, levels=[], removed=[], hidden=[]))
        self.opener = Signed(Admission).by(self.session_key, Admission(
            room=self.room, admitted_by=self.member, member=self.member, access_key=self.access_key.public,
            leaf_key=self.session_key.public, level=SPEAKS, knock=bytes(32),
            staff=StaffCredential(certificate=house.certificate, statement=statement)))
        self.entries, self.hashes = [], [bytes(32)]

    def without_log(self):
        """The same person, who has no entry yet."""
        other = copy.copy(self)
        other.entries, other.hashes = [], [bytes(32)]
        return other

    def proof(self, relay, **wrong):
        """6.8; `wrong` replaces fields, and the key that signs."""
        key = wrong.pop("signed_by", self.access_key)
        fields = {"room": self.room, "origin": relay.origin, "challenge": relay.hello.challenge,
                  "key": self.access_key.public}
        return Signed(AccessProof).by(key, AccessProof(**{**fields, **wrong}))

    def open(self, relay):
        return self.begin(relay, relay.ask("open_room", genesis=self.genesis, opener=self.opener,
                                           proof=self.proof(relay)))

    def resume(self, relay):
        """5.4: everything after the last entry that is here."""
        return self.begin(relay, relay.ask("enter", proof=self.proof(relay), after=len(self.entries)))

    def begin(self, relay, entered):
        """5.4: what `entered` says is checked before anything counts. Nobody else was ever let into this room."""
        now = relay.hello.now // 1000
        check_opening(entered.genesis, self.room, self.root, self.staff_list, now)
        require(entered.self == self.member, "entered: as somebody else")
        require([one.encoded() for one in entered.admissions] == [self.opener.encoded()], "entered: admissions")
        require(entered.oldest <= len(self.entries) + 1, "entered: a gap")
        relay.log = self
        return entered

    def take(self, entry):
        """5.1 and 5.4: entries come in order, without gaps. 9.2: the running hash goes along."""
        require(entry.sequence == len(self.entries) + 1, "entry: out of its place")
        self.entries.append(entry)
        self.hashes.append(running_hash(self.hashes[-1], entry))


class Refused(Exception):
    def __init__(self, refused):
        self.name, self.detail = REFUSALS.get(refused.refusal, refused.refusal), refused.detail
        super().__init__(f"{self.name}, {self.detail}")


class Cut(Exception):
    """The connection is gone: its close code, and the rule of the fault that was said before, or None."""

    def __init__(self, code, rule):
        super().__init__(f"closed with {code}, {rule}")
        self.code, self.rule = code, rule


class WebSocket:
    """As little of RFC 6455 as section 4 asks for: binary messages, pings answered, the close code."""

    BINARY, TEXT, CLOSE, PING, PONG = 2, 1, 8, 9, 10

    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET /ws HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        self.incoming = self.socket.makefile("rb")
        status, headers = self.incoming.readline(), {}
        for line in iter(self.incoming.readline, b"\r\n"):
            name, _, value = line.decode().partition(":")
            headers[name.lower()] = value.strip()
        accept = hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
        require(status.split()[1] == b"101", f"no WebSocket: {status}")
        require(headers["sec-websocket-accept"] == base64.b64encode(accept).decode(), "no WebSocket: accept")

    def begin(self, size, opcode=BINARY):
        """The head of a message of that size; returns the mask of what follows."""
        length = (bytes([0x80 | size]) if size < 126 else
                  b"\xfe" + U16.write(size) if size < 1 << 16 else b"\xff" + U64.write(size))
        mask = os.urandom(4)
        self.socket.sendall(bytes([0x80 | opcode]) + length + mask)
        return mask

    def send(self, content, opcode=BINARY):
        mask = (self.begin(len(content), opcode) * (len(content) // 4 + 1))[:len(content)]
        masked = int.from_bytes(content, "big") ^ int.from_bytes(mask, "big")
        self.socket.sendall(masked.to_bytes(len(content), "big"))

    def exactly(self, count):
        data = self.incoming.read(count)
        if len(data) < count:
            raise ConnectionResetError
        return data

    def receive(self):
        """The next message, or an int: the code the other side closed with."""
        message = b""
        while True:
            first, size = self.exactly(2)
            size = int.from_bytes(self.exactly({126: 2, 127: 8}[size]), "big") if size > 125 else size
            content, opcode = self.exactly(size), first & 15
            if opcode == self.CLOSE:
                return int.from_bytes(content[:2], "big")
            if opcode == self.PING:
                self.send(content, self.PONG)
            elif opcode != self.PONG:
                message += content
                if first & 0x80:
                    return message

    def close(self):
        self.incoming.close()
        self.socket.close()


class Relay:
    """One connection (4): hello, requests and their answers. What comes unasked goes to the log, or to `unasked`."""

    def __init__(self, host, port, root, greet=True):
        self.origin, self.wire = f"http://{host}:{port}", WebSocket(host, port)
        self.asked, self.log, self.frames, self.unasked, self.fault = 0, None, [], [], None
        try:
            self.check_hello(root)
        except ValueError:
            self.wire.close()
            raise
        if greet:
            bits = self.hello.proof_of_work_bits
            self.ask("client_hello", proof_of_work=prove_work(self.hello.challenge, bits) if bits else b"")

    def check_hello(self, root):
        """4.2: the organisation is the one that is known, and so is who signed the list; nothing is sent before."""
        name, number, self.hello = self.next()
        require((name, number) == ("server_hello", 0), f"the relay spoke first of {name}")
        organisation, head = self.hello.organisation, self.hello.staff_list
        require(organisation.body.root == root and holds(organisation, root), "hello: another organisation")
        require(holds(head, root) and head.body.good_until * 1000 >= self.hello.now, "hello: staff list")

    def get_staff_list(self):
        """6.3: the whole list, of the head that the hello named."""
        staff_list = self.ask("get_staff_list").list
        check_staff_list(staff_list, self.hello.organisation.body.root, self.hello.now // 1000)
        require(staff_list.head.encoded() == self.hello.staff_list.encoded(), "staff list: not the hello's")
        return staff_list

    def send(self, name, **fields):
        """4.1: numbers its request, never with 0."""
        self.asked += 1
        self.wire.send(frame(name, self.asked, **fields))
        return self.asked

    def ask(self, name, **fields):
        return self.answer(self.send(name, **fields))

    def answer(self, number):
        return self.until(lambda name, request, body: request == number)

    def until(self, wanted):
        """Takes frames until one is wanted; Refused if it is a refusal, Cut if the connection ends before."""
        while True:
            name, number, body = self.next()
            if name == "entry" and self.log:
                self.log.take(body.entry)
            if wanted(name, number, body):
                if name == "refused":
                    raise Refused(body)
                return body
            if name != "entry":
                self.unasked.append((name, body))

    def until_log(self, last):
        while len(self.log.entries) < last:
            self.until(lambda name, request, body: name == "entry")

    def next(self):
        """The next frame that is known: its name, its request, its body. 4.1: others are passed over."""
        while True:
            while not self.frames:
                self.frames = self.receive()
            one = self.frames.pop(0)
            if one.type in RELAY:
                name, body = RELAY[one.type]
                body = body.read(one.body)
                self.fault = body.rule if name == "fault" else self.fault
                return name, one.request_id, body

    def receive(self):
        """4: a message is a batch of frames."""
        message = self.wire.receive()
        if isinstance(message, int):
            raise Cut(message, self.fault)
        reader, frames = Reader(message), []
        while not reader.done():
            frames.append(Frame.take(reader))
            require(frames[-1].version == 1 and frames[-1].priority <= 2, "frame: version and priority")
        return frames


def frame(name, request, **fields):
    """4.1: only submit is of the ordinary class; the rest of what this client sends is control."""
    number, body = CLIENT[name]
    return Frame(version=1, priority=2 if name == "submit" else 1, type=number, request_id=request,
                 body=body(**fields).encoded()).encoded()
