// What a server can try about people: who is in, who orders, what staff alone hear, and what it carries from one room
// into another.
#include "client-lib/circle/moderation/staff_lane.hpp"
#include "tests/hostile/attacked_evening.hpp"

namespace veranda::tests {
namespace {

constexpr std::uint64_t unseen_s = limits::lane_unseen_ms / 1'000 + 2;

AdmitEntry admit_entry(const LogEntry& entry) { return *tls::decode<AdmitEntry>(entry.body); }

// Every admission that goes by in her log is made into something else.
void lie_admissions(AttackedEvening& at, Phone& phone, std::function<void(AdmitEntry&)> how) {
    at.lie_entries(phone, [how = std::move(how)](LogEntry entry) {
        if (entry.kind == EntryKind::admit) {
            AdmitEntry admit = admit_entry(entry);
            how(admit);
            entry.body = tls::encode(admit);
        }
        return std::vector<LogEntry>{std::move(entry)};
    });
}
LogEntry last_of(const Phone& phone, EntryKind kind) {
    LogEntry found;
    for (const LogEntry& entry : log_heard_by(phone))
        if (entry.kind == kind) found = entry;
    return found;
}

// ---- who is in ----

// A facilitator's Commit that nobody vouches for: as if a leaf had come in without an admission.
Signs member_injected(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    lie_admissions(at, iris, [](AdmitEntry& admit) { admit.admissions.clear(); });
    Phone& joy = at.join("Joy");
    EXPECT_EQ(static_cast<bool>(iris.client.say("who is this?", at.evening_.now)), !hostile);
    at.evening_.settle();
    at.evening_.say(joy, "hello");
    EXPECT_EQ(iris.texts().empty(), hostile);
    return at.signs();
}

// The same leaf, with an admission in Amara's name that the server signed.
Signs admission_forged(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    const crypto::SigningKey own_key = crypto::SigningKey::generate(at.evening_.random);
    lie_admissions(at, iris, [&](AdmitEntry& admit) {
        for (auto& each : admit.admissions) each = crypto::sign(each.body, own_key);
    });
    at.join("Joy");
    EXPECT_EQ(static_cast<bool>(iris.client.say("who is this?", at.evening_.now)), !hostile);
    return at.signs();
}

Signs admission_withheld(bool hostile) {
    AttackedEvening at(hostile);
    at.join("Iris");
    Phone& joy = at.watch("Joy", at.evening_.knock(at.evening_.invite(at.amara_), "Joy"));
    at.lie<Entered>(joy, [](Entered mine) {
        std::erase_if(mine.admissions, [](const auto& each) { return !each.body.staff; });
        return Frames{mine};
    });
    EXPECT_TRUE(at.amara_.client.admit("Joy", at.evening_.now));
    at.evening_.settle();
    EXPECT_EQ(static_cast<bool>(joy.client.say("hello?", at.evening_.now)), !hostile);
    return at.signs();
}

// Joy was removed. Her admission, which Amara signed, is put beside that of whoever comes in next.
Signs removed_member_registered_again(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    at.evening_.join(at.amara_, "Joy");
    const auto joys = admit_entry(last_of(iris, EntryKind::admit)).admissions.at(0);
    EXPECT_TRUE(at.amara_.client.remove("Joy", at.evening_.now));
    at.evening_.settle();
    lie_admissions(at, iris, [&](AdmitEntry& admit) { admit.admissions.push_back(joys); });
    at.join("Kemi");
    EXPECT_EQ(iris.client.roster().size(), 3U);
    return at.signs();
}

// A modified client makes a Commit that takes Iris out, and the server passes it on.
Signs handshake_of_a_member_passed_on(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    Keeper joy(at.evening_, at.evening_.invite(at.amara_), "Joy");
    EXPECT_TRUE(at.amara_.client.admit("Joy", at.evening_.now));
    at.evening_.settle();
    joy.read();
    mls::LeafIndex iriss{};
    for (const mls::Member& member : joy.groups.back().roster())
        if (const auto identity = circle::read_identity(member.identity); identity && identity->pseudonym == "Iris")
            iriss = member.leaf;
    const auto commit = joy.groups.back().commit({}, {&iriss, 1}, at.evening_.random);
    EXPECT_TRUE(commit);
    at.insert(iris, EntryKind::commit, commit->message);
    at.insert(at.amara_, EntryKind::commit, commit->message);
    at.evening_.say(at.amara_, "good evening");
    EXPECT_EQ(iris.phase(), client::Phase::in_group);
    EXPECT_EQ(at.amara_.client.roster().size(), 3U);
    return at.signs();
}

// ---- orders ----

Signs order_forged(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    const crypto::SigningKey own_key = crypto::SigningKey::generate(at.evening_.random);
    at.insert(iris, EntryKind::order, tls::encode(crypto::sign(at.order(OrderKind::end, at.amara_id()), own_key)));
    at.evening_.say(at.amara_, "good evening");
    EXPECT_EQ(iris.phase(), client::Phase::in_group);
    return at.signs();
}

// A mute that was lifted. The order itself is passed over; that one more entry was in her log, a pulse tells.
Signs order_replayed(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    at.until_pulse();
    EXPECT_TRUE(at.amara_.client.set_level("Iris", Level::listens, 0, at.evening_.now));
    at.evening_.settle();
    const Bytes mute = last_of(iris, EntryKind::order).body;
    EXPECT_TRUE(at.amara_.client.lift("Iris", at.evening_.now));
    at.evening_.settle();
    at.insert(iris, EntryKind::order, mute);
    at.evening_.say(at.amara_, "speak again");
    EXPECT_TRUE(iris.last<client::ComposerEvent>().open);
    at.until_pulse();
    at.until_pulse();
    return at.signs();
}

// Blessing's word, signed while she was in and kept back until Amara had removed her.
Signs order_of_a_removed_facilitator(bool hostile) {
    AttackedEvening at(hostile);
    Phone& blessing = at.evening_.join_staff(at.amara_, at.evening_.blessing);
    Phone& iris = at.join("Iris");
    std::optional<Signed<Order>> hers;
    blessing.say = [&](Bytes& message) {
        for (const auto& received : client_frames(message))
            if (const auto* frame = std::get_if<OrderFrame>(&std::get<ClientFrame>(received.frame))) {
                hers = frame->order;
                message.clear();
                return;
            }
    };
    EXPECT_TRUE(blessing.client.remove("Iris", at.evening_.now));
    at.evening_.settle();
    EXPECT_TRUE(at.amara_.client.remove("Blessing", at.evening_.now));
    at.evening_.settle();
    at.insert(iris, EntryKind::order, tls::encode(*hers));
    at.evening_.say(at.amara_, "we go on");
    EXPECT_EQ(iris.phase(), client::Phase::in_group);
    EXPECT_EQ(iris.client.roster().size(), 2U);
    return at.signs();
}

Signs room_closed_by_its_word(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    for (const GoneReason reason : {GoneReason::removed, GoneReason::ended}) {
        at.invent(iris, RoomGone{reason});
        at.evening_.wait(5);
    }
    EXPECT_EQ(iris.phase(), client::Phase::in_group);
    return at.signs();
}

// Blessing has kept a copy of the book, and writes in it that Iris was removed.
Signs book_of_a_dismissed_facilitator(bool hostile) {
    AttackedEvening at(hostile);
    at.join("Iris");
    EXPECT_TRUE(at.amara_.client.end(at.evening_.now));
    at.evening_.wait(5);
    SmallOrganisation& harbour = at.evening_.harbour;
    const SignatureKey root = harbour.root.public_key();
    auto book = circle::GroupBook::from(at.amara_.saved.back(), root);
    harbour.revoke(at.evening_.blessing);
    at.evening_.relay_now->organisation_changed({harbour.organisation, harbour.staff}, at.evening_.now.wall);
    if (hostile) {
        const circle::BookPen pen{at.evening_.blessing.certificate, at.evening_.blessing.key};
        EXPECT_TRUE(book->write(BookEntryKind::removal, book->people(harbour.staff).front().id, {}, pen,
                                UnixSeconds{at.evening_.now.wall.value / 1'000}));
    }
    Phone& next_week = at.watch("Amara, next week", at.evening_.phone());
    EXPECT_TRUE(next_week.client.bring_book(*circle::GroupBook::from(book->body(), root)));
    EXPECT_TRUE(next_week.client.host(clone(at.evening_.amara), {}, at.evening_.now));
    at.evening_.settle();
    const auto kept = circle::GroupBook::from(next_week.saved.back(), root);
    EXPECT_EQ(kept->people(harbour.staff).front().pseudonym, "Iris");
    EXPECT_FALSE(kept->people(harbour.staff).front().removed);
    return at.signs();
}

// ---- its memory ----

// To everyone, while nothing was forgotten. A client finds its own old card, knocks, and waits; a person of the staff
// says that the room be made anew.
Signs amnesia_claimed(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    Phone& joy = at.join("Joy");
    for (Phone* each : {&at.amara_, &iris, &joy}) at.invent(*each, RoomGone{GoneReason::forgotten});
    at.evening_.wait(40);
    for (Phone* each : {&at.amara_, &iris, &joy})
        EXPECT_EQ(each->phase(), hostile ? client::Phase::waiting : client::Phase::in_group);
    EXPECT_EQ(static_cast<bool>(at.amara_.client.make_anew(at.evening_.now)), hostile);
    at.evening_.wait(30);
    at.evening_.say(iris, "here again");
    EXPECT_EQ(joy.texts(), Texts{"Iris: here again"});
    return at.signs();
}

Signs amnesia_claimed_to_one(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    at.invent(iris, RoomGone{GoneReason::forgotten});
    at.evening_.wait(30);
    EXPECT_EQ(iris.phase(), client::Phase::in_group) << "by her ticket, into the same room";
    at.evening_.say(iris, "here I am");
    EXPECT_EQ(at.amara_.texts(), Texts{"Iris: here I am"});
    return at.signs();
}

// The room is really lost. She is told that another was made from it than the one that was.
Signs successor_forged(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    at.lie<Entered>(iris, [](Entered frame) {
        frame.genesis.genesis.body.predecessor = RoomId{{1}};
        return Frames{frame};
    });
    at.evening_.store.forget();
    at.evening_.wait(10);
    EXPECT_EQ(iris.phase() == client::Phase::in_group, !hostile);
    return at.signs();
}

// ---- what staff alone hear ----

void alarm(AttackedEvening& at, Phone& who) {
    EXPECT_TRUE(who.client.not_safe("he is here", at.evening_.now));
    at.evening_.settle();
}
void see(AttackedEvening& at) {
    if (!at.amara_.all<client::AlarmEvent>().empty()) {
        EXPECT_TRUE(at.amara_.client.seen("Iris", at.evening_.now));
    }
    at.evening_.settle();
}

Signs lane_withheld(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    at.lie<LaneDelivery>(at.amara_, [](const LaneDelivery&) { return Frames{}; });
    alarm(at, iris);
    see(at);
    at.evening_.wait(unseen_s);
    return at.signs();
}

Signs lane_forged(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    at.lie<LaneDelivery>(at.amara_, [](LaneDelivery delivery) {
        delivery.envelope.sealed[9] ^= 1;
        return Frames{delivery};
    });
    alarm(at, iris);
    see(at);
    EXPECT_EQ(at.amara_.all<client::AlarmEvent>().empty(), hostile);
    at.evening_.wait(unseen_s);
    return at.signs();
}

Signs lane_replayed(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    alarm(at, iris);
    see(at);
    EXPECT_TRUE(iris.client.note("please come", at.evening_.now));
    at.evening_.settle();
    const std::size_t shown = at.amara_.all<client::AlarmEvent>().size();
    for (const Bytes& message : std::vector<Bytes>(at.amara_.heard))
        for (const auto& received : server_frames(message))
            if (const auto* lane = std::get_if<LaneDelivery>(&std::get<ServerFrame>(received.frame)))
                at.invent(at.amara_, *lane);
    EXPECT_EQ(at.amara_.all<client::AlarmEvent>().size(), shown) << "once";
    EXPECT_EQ(at.amara_.all<client::NoteEvent>().size(), 1U);
    return at.signs();
}

// The server keeps the alarm, and says in Amara's name that she has seen it.
Signs acknowledgement_forged(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    std::optional<LaneDelivery> kept;
    at.lie<LaneDelivery>(at.amara_, [&](const LaneDelivery& delivery) {
        kept = delivery;
        return Frames{};
    });
    alarm(at, iris);
    see(at);
    if (kept) {
        const LaneAcknowledgement body{at.room(), at.amara_id(), circle::lane_id(kept->envelope)};
        const crypto::SigningKey own_key = crypto::SigningKey::generate(at.evening_.random);
        at.invent(iris, LaneAcknowledged{crypto::sign(body, own_key)});
    }
    EXPECT_EQ(iris.last<client::LaneEvent>().progress,
              hostile ? client::LaneProgress::at_server : client::LaneProgress::seen);
    at.evening_.wait(unseen_s);
    return at.signs();
}

// Words in the facilitator's name to one who waits, carried over from what was said to another.
Signs talk_forged(bool hostile) {
    AttackedEvening at(hostile);
    Phone& joy = at.evening_.knock(at.evening_.invite(at.amara_), "Joy");
    Phone& iris = at.watch("Iris", at.evening_.knock(at.evening_.invite(at.amara_), "Iris"));
    EXPECT_TRUE(at.amara_.client.talk("Joy", "Come to the station.", at.evening_.now));
    at.evening_.settle();
    const auto said = at.last_heard<TalkDelivery>(joy);
    EXPECT_TRUE(said);
    const KnockId iriss = circle::knock_id(at.last_heard<KnockWaiting>(at.amara_)->envelope);
    at.invent(iris, TalkDelivery{iriss, true, said->sealed});
    EXPECT_TRUE(iris.all<client::TalkEvent>().empty());
    return at.signs();
}

// ---- from another room ----

// Amara has another room open, with Joy in it.
struct OtherRoom {
    explicit OtherRoom(AttackedEvening& at)
        : amara(at.evening_.host(at.evening_.amara, "Another")), joy(at.evening_.join(amara, "Joy")) {}
    Phone& amara;
    Phone& joy;
};

Signs message_carried(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    const OtherRoom other(at);
    at.evening_.say(other.amara, "never come back");
    at.insert(iris, EntryKind::application, last_of(other.joy, EntryKind::application).body);
    at.evening_.say(at.amara_, "good evening");
    EXPECT_EQ(iris.texts(), Texts{"Amara: good evening"});
    return at.signs();
}

Signs order_carried(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    const OtherRoom other(at);
    EXPECT_TRUE(other.amara.client.end(at.evening_.now));
    at.evening_.settle();
    at.insert(iris, EntryKind::order, last_of(other.joy, EntryKind::order).body);
    at.evening_.say(at.amara_, "good evening");
    EXPECT_EQ(iris.phase(), client::Phase::in_group);
    return at.signs();
}

Signs admission_carried(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    const OtherRoom other(at);
    const auto joys = at.last_heard<Admitted>(other.joy)->admission;
    lie_admissions(at, iris, [&](AdmitEntry& admit) { admit.admissions.push_back(joys); });
    at.join("Kemi");
    EXPECT_EQ(iris.client.roster().size(), 3U);
    return at.signs();
}

// Iris's alarm reaches Amara in the room where Iris is not, and not in the one where she is.
Signs lane_carried(bool hostile) {
    AttackedEvening at(hostile);
    Phone& iris = at.join("Iris");
    const OtherRoom other(at);
    std::optional<LaneDelivery> kept;
    at.lie<LaneDelivery>(at.amara_, [&](const LaneDelivery& delivery) {
        kept = delivery;
        return Frames{};
    });
    alarm(at, iris);
    see(at);
    if (kept) at.invent(other.amara, *kept);
    EXPECT_TRUE(other.amara.all<client::AlarmEvent>().empty());
    at.evening_.wait(unseen_s);
    return at.signs();
}

}  // namespace

std::vector<AttackCase> attacks_on_people() {
    return {
        {Attack::member_injected,
         "takes the admission off a Commit that adds somebody",
         member_injected,
         {{"Iris", "composer unvouched_member"}, {"Iris", "notice unvouched_sender"}}},
        {Attack::admission_forged,
         "signs that admission itself, in the facilitator's name",
         admission_forged,
         {{"Iris", "error admission_signer"}, {"Iris", "composer unvouched_member"}}},
        {Attack::admission_withheld,
         "tells a newcomer of the staff alone",
         admission_withheld,
         {{"Joy", "composer unvouched_member"}}},
        {Attack::removed_member_registered_again,
         "puts a removed member's admission beside the next one's",
         removed_member_registered_again,
         {{"Iris", "error admission_invalid"}}},
        {Attack::handshake_of_a_member_passed_on,
         "passes on a Commit of a member's",
         handshake_of_a_member_passed_on,
         {{"Iris", "error only_staff_commit"}, {"Amara", "error only_staff_commit"}}},
        {Attack::order_forged,
         "ends the session in the facilitator's name",
         order_forged,
         {{"Iris", "error order_signer"}}},
        {Attack::order_replayed,
         "repeats a mute that was lifted",
         order_replayed,
         {{"Iris", "error log_forked"}, {"Iris", "composer log_forked"}}},
        {Attack::order_of_a_removed_facilitator,
         "brings an order that somebody signed before she was removed",
         order_of_a_removed_facilitator,
         {{"Iris", "error order_signer"}}},
        {Attack::book_of_a_dismissed_facilitator,
         "(whoever was dismissed) writes in a copy of the group book, which Amara then brings",
         book_of_a_dismissed_facilitator,
         {},
         "what she wrote does not count"},
        {Attack::room_closed_by_its_word,
         "says that she was removed, and that the session ended, without an order",
         room_closed_by_its_word,
         {{"Iris", "notice room_closed_by_server"}, {"Iris", "state reconnecting"}}},
        {Attack::amnesia_claimed,
         "says to everyone that it has forgotten the room",
         amnesia_claimed,
         {{"Amara", "notice room_forgotten"},
          {"Amara", "notice may_make_anew"},
          {"Iris", "notice room_forgotten"},
          {"Joy", "notice room_forgotten"}},
         "all of them wait at its door until the facilitator says that the room be made anew"},
        {Attack::amnesia_claimed_to_one,
         "says so to one",
         amnesia_claimed_to_one,
         {{"Iris", "notice room_forgotten"}},
         "and she comes back by her ticket"},
        {Attack::successor_forged,
         "loses the room, and leads her into one that was not made from it",
         successor_forged,
         {{"Iris", "error genesis_invalid"}}},
        {Attack::lane_withheld, "keeps her alarm", lane_withheld, {{"Iris", "lane nobody"}}},
        {Attack::lane_forged, "changes her alarm", lane_forged, {{"Iris", "lane nobody"}}},
        {Attack::lane_replayed, "brings staff the same alarm and note again", lane_replayed, {}},
        {Attack::acknowledgement_forged,
         "keeps her alarm and says that it was seen",
         acknowledgement_forged,
         {{"Iris", "lane nobody"}}},
        {Attack::talk_forged,
         "tells one who waits what was said to another",
         talk_forged,
         {{"Iris", "error talk_not_opened"}}},
        {Attack::message_carried,
         "brings a message of the same facilitator's from another room",
         message_carried,
         {{"Iris", "notice message_not_read"}}},
        {Attack::order_carried,
         "brings an order of the same facilitator's from another room",
         order_carried,
         {{"Iris", "error order_signer"}}},
        {Attack::admission_carried,
         "brings an admission by the same facilitator from another room",
         admission_carried,
         {{"Iris", "error admission_signer"}}},
        {Attack::lane_carried,
         "brings her alarm to the same facilitator's other room",
         lane_carried,
         {{"Iris", "lane nobody"}}},
    };
}

}  // namespace veranda::tests
