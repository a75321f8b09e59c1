// What an instance of the module holds: channels, each with a client behind it, and what they know in common.
#pragma once

#include <deque>
#include <map>

#include "client-lib/client/staff_only.hpp"
#include "client-lib/wasm/modules.hpp"

namespace veranda::wasm {

using ChannelNumber = std::uint32_t;

// The group book of a channel: under which passphrase it is sealed, and what has changed and is not sealed yet.
struct BookKeeping {
    crypto::SecretBytes passphrase{};
    Bytes unsealed{};
    std::string sealed{};  // the text of the file; not taken yet
    bool failed = false;   // for want of memory, which has been told
};

// A group book that was opened, before there is a channel for it.
struct OpenedBook {
    std::optional<circle::GroupBook> book{};  // none: one is to be begun
    crypto::SecretBytes passphrase{};
};

// One connection to the relay, and the client that speaks on it. They are all drained in the same way.
struct Channel {
    template <class Core, class... Arguments>
    explicit Channel(std::in_place_type_t<Core> which, Arguments&&... arguments)
        : core(which, std::forward<Arguments>(arguments)...) {}
    Channel(const Channel&) = delete;
    ~Channel();  // wipes what was to be sent

    AnyCore core;
    std::deque<client::Action> actions{};  // taken from the core, not yet from us
    std::deque<client::Event> events{};    // our own
    client::StaffOnly<BookKeeping> book{};
};

// Of a counsellor, beside the desk (desk_talks.hpp).
struct DeskTalks {
    struct Talk {
        ChannelNumber channel = 0;
        std::optional<client::Colleague> successor{};    // whom the one that she talks with is asked about
        std::optional<client::StaffKeys> comes_in_as{};  // into a talk that was handed over, once its card is open
    };
    ChannelNumber desk = 0;
    ChannelNumber opened = 0;              // so many so far: no channel comes twice
    std::map<std::uint64_t, Talk> open{};  // by the number of the request
};

struct Instance {
    crypto::SystemRandom random{};
    std::string origin{};
    std::string organisation{};                   // its file, as it was handed in
    std::optional<client::TrustAnchor> anchor{};  // of the group that was opened last
    std::map<ChannelNumber, Channel> channels{};
    ChannelNumber spoke = 0;                           // whose the last action or event was
    client::StaffOnly<client::StaffKeys> staff{};      // who has signed in
    client::StaffOnly<crypto::KemKeyPair> desk_key{};  // and reads what was left at the desk
    client::StaffOnly<OpenedBook> book{};              // for the group that she opens next
    std::conditional_t<is_here<client::DeskClient>, DeskTalks, std::monostate> talks{};
    client::Now called_at{};  // of the call that goes on

    // A new client in place of what was on the channel.
    template <class Core>
    Core& open(ChannelNumber number, const client::TrustAnchor& trust) {
        close(number);
        auto& channel = channels.try_emplace(number, std::in_place_type<Core>, origin, trust, random).first->second;
        return std::get<Core>(channel.core);
    }
    void close(ChannelNumber number) { channels.erase(number); }
    void sign_out();
    void wipe();  // all but what is public: the organisation's file

    void tick(client::Now now);
    std::optional<client::Action> next_action();  // SaveBook has the text of the file instead of a book's body
    std::optional<client::Event> next_event();
};

}  // namespace veranda::wasm
