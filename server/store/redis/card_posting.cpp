// The steps of posting cards, one object for each post that is under way.
#include "server/store/redis/card_posting.hpp"

#include "server/store/redis/keys.hpp"

namespace veranda::store::redis {
namespace {

class CardPosting : public std::enable_shared_from_this<CardPosting> {
public:
    CardPosting(Commands& commands, RoomId room, UnixMillis now, Then<Nothing> then)
        : commands_(commands), room_(room), now_(now), then_(std::move(then)) {}

    void begin(std::vector<PostedCard> cards) {
        open_ = cards.size() + 1;
        for (PostedCard& card : cards) {
            if (lives_ms(card) == 0)
                step_done();
            else
                claim(std::move(card), std::nullopt);
        }
        step_done();
    }

private:
    std::uint64_t lives_ms(const PostedCard& card) const {
        constexpr std::uint64_t seconds_max = 366ULL * 24 * 3600 * 1000;  // far beyond any session, far below 2^53
        if (card.expires_at.value > UINT64_MAX / 1000) return seconds_max;
        const std::uint64_t expires_ms = card.expires_at.value * 1000;
        return expires_ms <= now_.value ? 0 : std::min(expires_ms - now_.value, seconds_max);
    }

    void claim(PostedCard card, std::optional<RoomId> displaced) {
        Command call = call_of(scripts::claim_card, {card_key(card.id)});
        call.add(room_).add_number(lives_ms(card));
        displaced ? call.add(*displaced) : call.add("");
        auto claimed = [self = shared_from_this(), card = std::move(card), displaced](Answer<Reply> answer) {
            if (const Trouble* trouble = std::get_if<Trouble>(&answer)) return self->step_failed(*trouble);
            RoomId holder;
            const ByteView bytes = std::get<Reply>(answer).view().bytes();
            if (bytes.size() != RoomId::size) return self->step_failed(Trouble::unreachable);
            std::copy(bytes.begin(), bytes.end(), holder.bytes.begin());
            self->claimed(card, holder, displaced.has_value());
        };
        commands_.call(scripts::claim_card, call, std::move(claimed));
    }

    // Another room's card stays, if that room still stands by it.
    void claimed(const PostedCard& card, RoomId holder, bool is_second_try) {
        if (holder == room_) {
            claimed_.push_back(card);
            return step_done();
        }
        if (is_second_try) return step_done();
        get_card(commands_, holder, card.id, [self = shared_from_this(), card, holder](auto answer) {
            if (const Trouble* trouble = std::get_if<Trouble>(&answer)) return self->step_failed(*trouble);
            if (std::get<std::optional<StoredCard>>(answer)) return self->step_done();
            self->claim(card, holder);
        });
    }

    void step_failed(Trouble trouble) {
        trouble_ = trouble;
        step_done();
    }

    void step_done() {
        if (--open_ > 0) return;
        if (trouble_) return then_(*trouble_);
        keep();
    }

    void keep() {
        if (claimed_.empty()) return then_(Nothing{});
        const RoomKeys keys(room_);
        Command call = call_of(scripts::put_cards, {keys.room(), keys.cards()});
        call.add_number(limits::cards_per_room_max).add_number(claimed_.size());
        for (const PostedCard& card : claimed_) {
            Bytes content = to_bytes(card.knock_key);
            veranda::append(content, card.sealed);
            call.add(card.id).add_number(lives_ms(card)).add(content);
        }
        commands_.call(scripts::put_cards, call, [self = shared_from_this()](Answer<Reply> answer) {
            if (const Trouble* trouble = std::get_if<Trouble>(&answer)) return self->then_(*trouble);
            const ReplyView kept = std::get<Reply>(answer).view();
            for (std::size_t i = 0; i < self->claimed_.size(); ++i)
                if (kept[i].number() != 1U) release_card(self->commands_, self->room_, self->claimed_[i].id);
            self->then_(Nothing{});
        });
    }

    Commands& commands_;
    RoomId room_;
    UnixMillis now_;
    Then<Nothing> then_;
    std::size_t open_ = 0;
    std::optional<Trouble> trouble_;
    std::vector<PostedCard> claimed_;
};

}  // namespace

void post_cards(Commands& commands, RoomId room, std::vector<PostedCard> cards, UnixMillis now, Then<Nothing> then) {
    std::make_shared<CardPosting>(commands, room, now, std::move(then))->begin(std::move(cards));
}

void release_card(Commands& commands, RoomId room, CardId card) {
    const Command call = call_of(scripts::release_card, {card_key(card)}).add(room);
    commands.call(scripts::release_card, call, [](Answer<Reply>) {});
}

void get_card(Commands& commands, RoomId room, CardId card, Then<std::optional<StoredCard>> then) {
    const RoomKeys keys(room);
    const Command call = call_of(scripts::get_card, {keys.room(), keys.cards()}).add(card);
    const auto read = [room](ReplyView reply) -> std::optional<std::optional<StoredCard>> {
        if (reply.is_nil()) return std::optional<StoredCard>();
        const ByteView bytes = reply.bytes();
        if (bytes.size() < 1 + KnockKey::size) return std::nullopt;
        StoredCard found{room, {}, to_bytes(bytes.subspan(1 + KnockKey::size)), bytes[0] == 1};
        std::copy_n(bytes.begin() + 1, KnockKey::size, found.knock_key.bytes.begin());
        return std::optional<StoredCard>(std::move(found));
    };
    commands.call(scripts::get_card, call, commands.answering<std::optional<StoredCard>>(std::move(then), read));
}

}  // namespace veranda::store::redis
