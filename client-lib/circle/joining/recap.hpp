// What somebody who comes back has missed: the last texts of the evening, as the client that lets her in has them, in
// parts that each fit one talk. Specification: docs/protocol.md, 7.8.
#pragma once

#include <deque>

#include "client-lib/circle/rules.hpp"
#include "protocol/signed/joining.hpp"
#include "protocol/talk.hpp"

namespace veranda::circle {

namespace faults {
inline constexpr Rule recap_form{"recap_form", "docs/protocol.md, 7.8"};  // no recap, or beyond its limits
}

// What a part's items may come to: the rest of a talk is the speaker's credential and signature.
inline constexpr std::size_t recap_part_bytes_max = limits::recap_plain_bytes - 3 * 1'024;
static_assert(limits::text_bytes_max + 1'024 < recap_part_bytes_max, "any one text fits a part");
static_assert(limits::recap_bytes_max / (recap_part_bytes_max - limits::text_bytes_max) < limits::talks_per_knock_max);

// The last texts, oldest first: at most limits::recap_texts_max, and limits::recap_bytes_max of text.
class RecentTexts {
public:
    void add(RecapItem item);
    void hide(const MessageRef& message);  // never told to anybody again

    // Those after `after`, in parts; none if there are none.
    std::vector<Recap> since(Sequence after) const;
    // The same; what is pinned, the group's name and its language are in the first part, which then is never missing.
    std::vector<Recap> since(Sequence after, std::string_view pinned, const GroupWelcome& group) const;

private:
    std::deque<RecapItem> items_;
    std::size_t bytes_ = 0;
};

// One part as it came, each text bounded. Errors: recap_form.
Result<Recap> open_recap(ByteView body);

}  // namespace veranda::circle
