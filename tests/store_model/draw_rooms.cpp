// Commands for rooms, their logs, cards and knocks.
#include "tests/store_model/draw.hpp"

namespace veranda::tests {

Command Draw::open_room(RoomId id, milliseconds lives) {
    const NewRoom made{id, fresh("genesis"), fresh("opener"), some_member(), {}, lives};
    return asked<bool>("open_room", words(id) + " for " + std::to_string(made.lives.count()),
                       [made](Store& store, UnixMillis now, auto then) {
                           NewRoom room = made;
                           room.now = now;
                           store.open_room(room, then);
                       });
}

Command Draw::append() {
    Append made;
    made.room = some_room();
    made.by = some_key();
    made.submission = numbered<SubmissionId>(++counter_);
    if (!submitted_.empty() && one_in(6)) std::tie(made.by, made.submission) = submitted_[below(submitted_.size())];
    submitted_.push_back({made.by, made.submission});
    made.sender = some_member();
    made.kind = static_cast<EntryKind>(2 + below(5));
    made.body = fresh("body");
    if (const ModelRoom* const there = model_.room(made.room)) {
        const std::uint64_t off = one_in(4) ? 1 : 0;
        if (one_in(2)) made.if_epoch = Epoch{there->epoch.value + off};
        if (one_in(3)) made.if_orders = OrderNumber{there->order_count.value + (one_in(4) ? 1 : 0)};
    }
    made.advances_epoch = one_in(3);
    made.is_order = one_in(4);
    made.closes_epoch = one_in(8);
    made.ends_room = one_in(40);
    for (std::uint64_t i = below(3); i > 0; --i)
        made.members.push_back({some_member(), one_in(3) ? std::nullopt : std::optional(fresh("admission"))});
    if (one_in(4)) {
        made.mail_tail = fresh("tail");
        for (std::uint64_t i = 1 + below(2); i > 0; --i) made.mail.push_back({some_knock(), fresh("front")});
    }
    if (one_in(4))
        for (std::uint64_t i = 1 + below(2); i > 0; --i) made.spent.push_back(some_card());
    std::string words = tests::words(made.room) + " by " + tests::words(made.by) + " " + tests::words(made.submission) +
                        " " + tests::words(made.body);
    if (made.if_epoch) words += " if epoch " + std::to_string(made.if_epoch->value);
    if (made.if_orders) words += " if orders " + std::to_string(made.if_orders->value);
    words += std::string(made.advances_epoch ? " advances" : "") + (made.is_order ? " order" : "") +
             (made.closes_epoch ? " closes" : "") + (made.ends_room ? " ends" : "");
    for (const MemberChange& change : made.members)
        words += (change.admission ? " +" : " -") + tests::words(change.member);
    for (const Mail& mail : made.mail) words += " mail " + tests::words(mail.knock);
    for (const CardId& spent : made.spent) words += " spends " + tests::words(spent);
    return asked<Appended>("append", words, [made](Store& store, UnixMillis now, auto then) {
        Append append = made;
        append.now = now;
        store.append(append, then);
    });
}

void Draw::rooms_and_log() {
    offer(4, Theme::log, [this] {
        const RoomId id = some_room();
        return open_room(id, any(times_.room_lives));
    });
    offer(3, Theme::log, [this] {
        const RoomId before = some_room(), after = some_room();
        return asked<bool>("claim_succession", words(before) + " by " + words(after),
                           [=](Store& store, UnixMillis, auto then) { store.claim_succession(before, after, then); });
    });
    offer(1, Theme::log, [this] {
        const RoomId before = some_room(), after = some_room();
        const milliseconds lives = any(times_.room_lives);
        return asked<Nothing>(
            "replace_room", words(before) + " by " + words(after) + " for " + std::to_string(lives.count()) + " ms",
            [=](Store& store, UnixMillis, auto then) { store.replace_room(before, after, lives, then); });
    });
    offer(5, Theme::log, [this] {
        const RoomId id = some_room();
        return asked<std::optional<RoomSnapshot>>("watch", words(id),
                                                  [=](Store& store, UnixMillis, auto then) { store.watch(id, then); });
    });
    offer(2, Theme::log, [this] {
        const RoomId id = some_room();
        return told("unwatch", words(id), [=](Store& store) { store.unwatch(id); });
    });
    offer(22, Theme::log, [this] { return append(); });
    offer(6, Theme::log, [this] {
        const RoomId id = some_room();
        const ModelRoom* const there = model_.room(id);
        const Sequence after{below(there ? there->last.value + 3 : 3)};
        const std::size_t count = below(6);
        return asked<std::vector<LogEntry>>(
            "read_log", words(id) + " after " + std::to_string(after.value) + ", " + std::to_string(count),
            [=](Store& store, UnixMillis, auto then) { store.read_log(id, after, count, then); });
    });
}

PostedCard Draw::card(CardId id) {
    const std::uint64_t seconds = below(times_.card_seconds_max + 1);  // of the time when it is posted; 0: expired
    return {id, numbered<KnockKey>(++counter_), {seconds}, fresh("sealed")};
}

Command Draw::put_cards(RoomId id, std::vector<PostedCard> cards) {
    std::string words = tests::words(id);
    for (std::size_t i = 0; i < cards.size() && i < 4; ++i)
        words += " " + tests::words(cards[i].id) + " for " + std::to_string(cards[i].expires_at.value) + " s";
    return asked<Nothing>("put_cards", words, [=](Store& store, UnixMillis now, auto then) {
        std::vector<PostedCard> posted = cards;
        for (PostedCard& each : posted) each.expires_at.value += now.value / 1000;
        store.put_cards(id, posted, now, then);
    });
}

StoredKnock Draw::knock(KnockId id) { return {id, to_bytes(as_bytes("knock " + words(id)))}; }

Command Draw::put_knock(RoomId id, KnockId knock_id) {
    return asked<KnockState>(
        "put_knock", words(id) + " " + words(knock_id),
        [id, made = knock(knock_id)](Store& store, UnixMillis, auto then) { store.put_knock(id, made, then); });
}

Command Draw::put_talk(RoomId id, KnockId knock_id, StoredTalk talk) {
    return asked<TalkKept>("put_talk", words(id) + " " + words(knock_id) + " " + words(talk),
                           [=](Store& store, UnixMillis, auto then) { store.put_talk(id, knock_id, talk, then); });
}

void Draw::joining() {
    offer(6, Theme::joining, [this] {
        std::vector<PostedCard> cards;
        for (std::uint64_t i = below(4); i > 0; --i) cards.push_back(card(some_card()));
        return put_cards(some_room(), cards);
    });
    offer(3, Theme::joining, [this] {
        const RoomId id = some_room();
        const std::vector<CardId> cards{some_card(), some_card()};
        return asked<Nothing>("drop_cards", words(id) + " " + words(cards[0]) + " " + words(cards[1]),
                              [=](Store& store, UnixMillis, auto then) { store.drop_cards(id, cards, then); });
    });
    offer(7, Theme::joining, [this] {
        const CardId id = some_card();
        return asked<std::optional<StoredCard>>(
            "find_card", words(id), [=](Store& store, UnixMillis, auto then) { store.find_card(id, then); });
    });
    offer(10, Theme::joining, [this] {
        const RoomId id = some_room();
        return put_knock(id, some_knock());
    });
    offer(5, Theme::joining, [this] {
        const RoomId id = some_room();
        const KnockId of = some_knock();
        return asked<std::optional<Answered>>(
            "find_answer", words(id) + " " + words(of),
            [=](Store& store, UnixMillis, auto then) { store.find_answer(id, of, then); });
    });
    offer(4, Theme::joining, [this] {
        const RoomId id = some_room();
        const KnockId of = some_knock();
        const auto end = static_cast<KnockEnd>(1 + below(4));
        std::optional<Answered> answer;
        if (one_in(2)) answer = Answered{FrameType::knock_refused, fresh("refusal")};
        return asked<bool>("end_knock", words(id) + " " + words(of) + " " + words(end) + (answer ? " answered" : ""),
                           [=](Store& store, UnixMillis, auto then) { store.end_knock(id, of, end, answer, then); });
    });
    offer(4, Theme::joining, [this] {
        const RoomId id = some_room();
        return asked<std::vector<StoredKnock>>(
            "list_knocks", words(id), [=](Store& store, UnixMillis, auto then) { store.list_knocks(id, then); });
    });
    offer(theme_ == Theme::many_talks ? 40 : 7, Theme::joining, [this] {
        const bool is_new = theme_ == Theme::many_talks ? one_in(2) : one_in(3);
        Bytes sealed = is_new ? fresh("talk") : to_bytes(as_bytes("talk " + std::to_string(below(3))));
        const StoredTalk talk{one_in(2), std::move(sealed)};
        const RoomId id = some_room();
        return put_talk(id, some_knock(), talk);
    });
    offer(5, Theme::joining, [this] {
        const RoomId id = some_room();
        const KnockId of = some_knock();
        return asked<std::vector<StoredTalk>>(
            "list_talks", words(id) + " " + words(of),
            [=](Store& store, UnixMillis, auto then) { store.list_talks(id, of, then); });
    });
}

}  // namespace veranda::tests
