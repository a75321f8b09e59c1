// Remembers, cuts into parts, and bounds what others have cut.
#include "client-lib/circle/joining/recap.hpp"

#include <algorithm>

namespace veranda::circle {

void RecentTexts::add(RecapItem item) {
    bytes_ += item.text.size();
    items_.push_back(std::move(item));
    while (items_.size() > limits::recap_texts_max || bytes_ > limits::recap_bytes_max) {
        bytes_ -= items_.front().text.size();
        items_.pop_front();
    }
}

void RecentTexts::hide(const MessageRef& message) {
    std::erase_if(items_, [&](const RecapItem& item) {
        if (item.message != message) return false;
        bytes_ -= item.text.size();
        return true;
    });
}

std::vector<Recap> RecentTexts::since(Sequence after) const {
    std::vector<Recap> parts;
    std::size_t room = 0;
    for (const RecapItem& item : items_) {
        if (item.sequence <= after) continue;
        const std::size_t size = tls::encode(item).size();
        if (size > room) {
            parts.emplace_back();
            room = recap_part_bytes_max;
        }
        room -= size;
        parts.back().items.push_back(item);
    }
    return parts;
}

std::vector<Recap> RecentTexts::since(Sequence after, std::string_view pinned, const GroupWelcome& group) const {
    std::vector<Recap> parts = since(after);
    const bool fits =
        !parts.empty() && tls::encode(parts.front()).size() + pinned.size() + group.name.size() <= recap_part_bytes_max;
    if (!fits) parts.emplace(parts.begin());
    parts.front().pinned = pinned;
    parts.front().group = group.name;
    parts.front().language = group.language;
    return parts;
}

Result<Recap> open_recap(ByteView body) {
    auto recap = tls::decode<Recap>(body);
    if (!recap || recap->items.size() > limits::recap_texts_max || recap->pinned.size() > limits::text_bytes_max ||
        recap->group.size() > limits::group_name_bytes_max || recap->language.size() > limits::language_bytes_max)
        return fail(faults::recap_form);
    for (const RecapItem& item : recap->items)
        if (item.text.empty() || item.text.size() > limits::text_bytes_max ||
            item.name.size() > limits::group_name_bytes_max)
            return fail(faults::recap_form);
    return *std::move(recap);
}

}  // namespace veranda::circle
