"""The structures, frames and numbers of docs/protocol.md that client.py uses, written from that page alone.

Section 6 comes first, since frames carry what it signs. Names are the page's.
"""
from notation import (BOOL, ID16, ID32, U8, U16, U32, U64, Bytes, Fixed, Many, Number, Optional, Signed, Struct, Text)

# 6.1 to 6.4: the organisation and its staff.
TextInLanguage = Struct(language=Text(), text=Text())
Organisation = Struct(b"organisation", root=ID32, name=Text(), zone_minutes=U16, desk_key=Optional(ID32),
                      not_safe=Many(TextInLanguage))
FACILITATOR = 1
Role = Number(1, 0, FACILITATOR, 2, 3, 4)
Certificate = Struct(b"certificate", root=ID32, key=ID32, sealing_key=ID32, name=Text(), role=Role, not_before=U64,
                     not_after=U64)
ISSUED, REVOKED = 1, 2
StaffListEntry = Struct(number=U32, event=Number(1, ISSUED, REVOKED), certificate=ID32, at=U64)
StaffListHead = Struct(b"staff list", number=U32, hash=ID32, good_until=U64)
StaffList = Struct(entries=Many(StaffListEntry), head=Signed(StaffListHead))
GROUP = 1
RoomKind = Number(1, GROUP, 2, 3)
SessionStatement = Struct(b"session statement", room=ID16, certificate=ID32, session_key=ID32, lane_key=ID32, role=Role,
                          kind=RoomKind, not_before=U64, not_after=U64)
StaffCredential = Struct(certificate=Signed(Certificate), statement=Signed(SessionStatement))

# 6.5 to 6.8: the room.
SPEAKS = 1
Level = Number(1, SPEAKS, 2, 3)
Policies = Struct(members_max=U16, slow_mode_seconds=U16, newcomers=Level, locked=BOOL, goes_on_without_staff=BOOL,
                  presence_for_staff_only=BOOL)
Genesis = Struct(b"genesis", room=ID16, predecessor=Optional(ID16), rule_version=U16, kind=RoomKind, opened_at=U64,
                 ends_at=U64, policies=Policies, staff_list_head=ID32, levels=Many(Struct(member=ID16, level=Level)),
                 removed=Many(ID16), hidden=Many(ID16))
Admission = Struct(b"admission", room=ID16, admitted_by=ID16, member=ID16, access_key=ID32, leaf_key=ID32, level=Level,
                   knock=ID32, staff=Optional(StaffCredential))
Order = Struct(b"order", room=ID16, signer=ID16, number=U64, kind=Number(1, 1, 2, 3, 4, 5, 6), member=ID16, level=Level,
               seconds=U32, flag=BOOL, clear=BOOL)
AccessProof = Struct(b"access proof", room=ID16, origin=Text(), challenge=ID32, key=ID32)

# RFC 9420, 6: what a PrivateMessage holds.
APPLICATION_MESSAGE, PROPOSAL, COMMIT = 1, 2, 3

# 5.1: the log. 9: what a message holds.
GENESIS_ENTRY, APPLICATION_ENTRY, COMMIT_ENTRY, LEAVE_ENTRY = 1, 2, 3, 6
GenesisEntry = Struct(genesis=Signed(Genesis), opener=Signed(Admission))
LogEntry = Struct(sequence=U64, received_at=U64, sender=ID16, kind=Number(1, 1, 2, 3, 4, 5, 6, 7), body=Bytes())
Content = Struct(kind=U16, id=ID16, body=Bytes())

# 4.1 to 4.4: frames. `done` bears nothing.
Frame = Struct(version=U8, priority=U8, type=U16, request_id=U32, body=Bytes())
MemberPresence = Struct(member=ID16, whereabouts=Number(1, 1, 2))
CLIENT = {
    "client_hello": (0x0101, Struct(proof_of_work=Bytes())),
    "get_staff_list": (0x0102, Struct()),
    "find_card": (0x0103, Struct(card=ID32)),
    "open_room": (0x0106, Struct(genesis=Signed(Genesis), opener=Signed(Admission), proof=Signed(AccessProof))),
    "enter": (0x0107, Struct(proof=Signed(AccessProof), after=U64)),
    "submit": (0x0108, Struct(submission=ID16, message=Bytes())),
    "leave": (0x0112, Struct(submission=ID16)),
}
RELAY = {
    0x0201: ("server_hello", Struct(now=U64, challenge=ID32, proof_of_work_bits=U8, organisation=Signed(Organisation),
                                    staff_list=Signed(StaffListHead))),
    0x0202: ("staff_list", Struct(list=StaffList)),
    0x0204: ("done", Struct()),
    0x0205: ("accepted", Struct(sequence=U64)),
    0x0206: ("refused", Struct(refusal=U16, detail=U64)),
    0x0207: ("fault", Struct(rule=Text(), offset=U64)),
    0x0208: ("entered", Struct(self=ID16, epoch=U64, last=U64, oldest=U64, genesis=GenesisEntry,
                               admissions=Many(Signed(Admission)), orders=Many(Signed(Order)),
                               presence=Many(MemberPresence))),
    0x0209: ("entry", Struct(entry=LogEntry)),
    0x020f: ("presence", Struct(members=Many(MemberPresence))),
    0x0212: ("room_gone", Struct(reason=Number(1, 1, 2, 3, 4, 5, 6))),
}
ELSEWHERE, LEFT = 4, 5
REFUSALS = {first + at: name for first, names in {  # 4.5
    1: "unknown_frame not_yet already_in_room proof_of_work too_many_requests too_long busy",
    20: "no_such_card one_card_a_connection knock_signature waiting_room_full room_locked no_such_knock "
        "talk_full",
    40: "no_such_room room_exists room_ended not_in_room access_signature staff_certificate session_statement "
        "genesis_invalid admission_invalid admission_signature room_full member_removed elsewhere end_time_invalid "
        "room_remade",
    60: "only_staff stale_epoch stale_orders not_a_private_message other_group proposal listens_only held too_fast "
        "order_signature order_invalid order_replayed lease_held lane_full commit_expected",
}.items() for at, name in enumerate(names.split())}
