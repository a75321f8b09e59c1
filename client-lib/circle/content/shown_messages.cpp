// A table and its marks, both with a limit; the oldest go first.
#include "client-lib/circle/content/shown_messages.hpp"

#include <algorithm>

namespace veranda::circle {

const ShownMessage* ShownMessages::add(ShownMessage message) {
    message.was_shown = !is_hidden(message.ref);
    messages_.push_back(std::move(message));
    if (messages_.size() > shown_messages_max) messages_.pop_front();
    return messages_.back().was_shown ? &messages_.back() : nullptr;
}

const ShownMessage* ShownMessages::find(Sequence sequence) const {
    const auto found = std::find_if(messages_.begin(), messages_.end(),
                                    [&](const ShownMessage& each) { return each.sequence == sequence; });
    return found == messages_.end() ? nullptr : &*found;
}

const ShownMessage* ShownMessages::find(const MessageRef& ref) const {
    const auto found =
        std::find_if(messages_.begin(), messages_.end(), [&](const ShownMessage& each) { return each.ref == ref; });
    return found == messages_.end() ? nullptr : &*found;
}

bool ShownMessages::is_hidden(const MessageRef& ref) const {
    const auto marks = marks_.find(ref);
    if (marks != marks_.end()) return marks->second.by_author || marks->second.by_staff;
    return from_the_start_.contains(ref.id);
}

std::vector<InnerId> ShownMessages::hidden_ids() const {
    std::vector<InnerId> ids;
    ids.reserve(marked_.size() + from_the_start_.size());
    for (auto ref = marked_.rbegin(); ref != marked_.rend(); ++ref)
        if (is_hidden(*ref)) ids.push_back(ref->id);
    const auto is_marked = [&](const InnerId& id) {
        return std::any_of(marked_.begin(), marked_.end(), [&](const MessageRef& ref) { return ref.id == id; });
    };
    for (const InnerId& id : from_the_start_)
        if (!is_marked(id)) ids.push_back(id);
    if (ids.size() > hidden_carried_max) ids.resize(hidden_carried_max);
    return ids;
}

const ShownMessage* ShownMessages::hide(const MessageRef& ref, bool hidden, By by) {
    const bool was_hidden = is_hidden(ref);
    const auto [marks, is_new] = marks_.try_emplace(ref, Marks{false, from_the_start_.contains(ref.id)});
    (by == By::author ? marks->second.by_author : marks->second.by_staff) = hidden;
    if (is_new) marked_.push_back(ref);
    if (marked_.size() > shown_messages_max + hidden_unseen_max) {
        forget_a_mark();
    }
    return is_hidden(ref) == was_hidden ? nullptr : find(ref);
}

// The oldest; but what authors hid of their own goes first, since a modified client can hide any number of messages
// that never were, and none of that may bring back what staff have hidden.
void ShownMessages::forget_a_mark() {
    const auto of_staff = [&](const MessageRef& ref) { return marks_.at(ref).by_staff; };
    auto goes = std::find_if_not(marked_.begin(), marked_.end(), of_staff);
    if (goes == marked_.end()) goes = marked_.begin();
    marks_.erase(*goes);
    marked_.erase(goes);
}

void ShownMessages::mark_shown(const MessageRef& ref) {
    for (ShownMessage& each : messages_)
        if (each.ref == ref) each.was_shown = true;
}

}  // namespace veranda::circle
