// The messages that a person can see, so that she can point at one, and who has hidden which. Bounded: what is older
// than shown_messages_max messages can no longer be pointed at here. Specification: docs/protocol.md, 9.1.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "client-lib/circle/moderation/limits.hpp"
#include "protocol/content.hpp"
#include "protocol/signed/staff.hpp"

namespace veranda::circle {

struct ShownMessage {
    Sequence sequence;
    MessageRef ref;
    std::string from;
    Role role{};
    std::string text;
    bool own = false;
    Sequence reply_to{};
    std::string through{};
    bool warned = false;     // its author says that it may be hard to read
    bool was_shown = false;  // false: it was hidden before it came
};

class ShownMessages {
public:
    // Messages with these ids are hidden from the start, by staff: a room made anew says so.
    void hide_from_the_start(const std::vector<InnerId>& ids) { from_the_start_.insert(ids.begin(), ids.end()); }

    // Takes one in. Null: it is hidden, so it is not to be shown now.
    const ShownMessage* add(ShownMessage message);

    const ShownMessage* find(Sequence sequence) const;
    const ShownMessage* find(const MessageRef& ref) const;
    bool is_hidden(const MessageRef& ref) const;
    // Of everything that is hidden, as many as a genesis carries (hidden_carried_max), the newest first to be kept.
    std::vector<InnerId> hidden_ids() const;
    const std::deque<ShownMessage>& messages() const { return messages_; }  // oldest first

    // What an author hid, only she puts back; what staff hid, only staff do.
    enum class By { author, staff };
    // The message whose place on the screen changes; null if none does. Whoever puts back one that was never shown
    // shows it now, and says so with mark_shown().
    const ShownMessage* hide(const MessageRef& ref, bool hidden, By by);
    void mark_shown(const MessageRef& ref);

private:
    struct Order {
        bool operator()(const MessageRef& a, const MessageRef& b) const {
            return a.author != b.author ? a.author < b.author : a.id < b.id;
        }
    };
    struct Marks {
        bool by_author = false;
        bool by_staff = false;
    };

    void forget_a_mark();

    std::deque<ShownMessage> messages_;  // oldest first
    std::map<MessageRef, Marks, Order> marks_;
    std::deque<MessageRef> marked_;  // in the order in which marks_ grew
    std::set<InnerId> from_the_start_;
};

}  // namespace veranda::circle
