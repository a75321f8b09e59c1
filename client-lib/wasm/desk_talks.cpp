// Talks from their opening to their end.
#include "client-lib/wasm/desk_talks.hpp"

#include <algorithm>

namespace veranda::wasm {
namespace {

using client::Client;
using client::DeskClient;

DeskClient* desk_of(Instance& here) {
    const auto found = here.channels.find(here.talks.desk);
    return found == here.channels.end() ? nullptr : std::get_if<DeskClient>(&found->second.core);
}

void tell(Instance& here, ChannelNumber channel, client::Event event) {
    const auto found = here.channels.find(channel);
    if (found != here.channels.end()) found->second.events.push_back(std::move(event));
}

// What cannot be meant any more is told as an error where it happened.
void report(Instance& here, ChannelNumber channel, const Result<void>& done) {
    if (done) return;
    const Rule& rule = *done.error().rule;
    tell(here, channel, client::ErrorEvent{std::string(rule.name), std::string(rule.section)});
}

Client& open_room(Instance& here, std::uint64_t number, const client::StaffKeys& keys) {
    const ChannelNumber channel = limits::first_talk_channel + here.talks.opened++;
    here.talks.open.emplace(number, DeskTalks::Talk{channel});
    tell(here, here.talks.desk, client::TalkOpenedEvent{number, channel});
    return here.open<Client>(channel, {crypto::fingerprint(keys.certificate.body.root), std::nullopt});
}

bool open_taken(Instance& here, DeskClient& desk) {
    auto session = desk.take_session();
    if (!session) return false;
    Client& room = open_room(here, session->number, session->keys);
    report(here, here.talks.open.at(session->number).channel,
           room.host(std::move(session->keys), std::move(session->plan), here.called_at));
    return true;
}

bool open_handed_over(Instance& here, DeskClient& desk) {
    auto handed = desk.take_handed_over();
    if (!handed) return false;
    Client& room = open_room(here, handed->number, handed->keys);
    DeskTalks::Talk& talk = here.talks.open.at(handed->number);
    report(here, talk.channel, room.open_invite_of(std::move(handed->pass), {handed->issuer}, here.called_at));
    talk.comes_in_as = std::move(handed->keys);
    return true;
}

// From the desk to the room: who it is to be. From the room to the desk: the pass, once the survivor has agreed. What
// she agrees to is whom she was asked about, whoever is looked for meanwhile.
bool ask_about_colleague(Instance& here, DeskClient& desk) {
    auto colleague = desk.take_colleague();
    if (!colleague) return false;
    Client* room = room_of(here, colleague->number);
    if (room == nullptr) return true;
    DeskTalks::Talk& talk = here.talks.open.at(colleague->number);
    const auto asked = room->ask_to_hand_over(colleague->certificate, here.called_at);
    report(here, talk.channel, asked);
    if (!asked) return true;
    tell(here, talk.channel, client::HandOverEvent{"asked", colleague->certificate.body.name, {}});
    talk.successor.emplace(*std::move(colleague));
    return true;
}

bool pass_on(Instance& here, DeskClient& desk) {
    bool is_any = false;
    for (auto& [number, talk] : here.talks.open) {
        Client* room = room_of(here, number);
        const auto pass = room == nullptr || !talk.successor ? std::nullopt : room->take_hand_over();
        if (!pass) continue;
        report(here, talk.channel, desk.hand_over(*talk.successor, *pass, here.called_at));
        is_any = true;
    }
    return is_any;
}

// When a talk is over, so is what was asked for.
void end_request(Instance& here, std::uint64_t number) {
    here.talks.open.erase(number);
    DeskClient* desk = desk_of(here);
    if (desk != nullptr && desk->has_request(number) && !desk->has_left_request(number))
        (void)desk->end(number, here.called_at);
}

}  // namespace

bool tend_talks(Instance& here) {
    DeskClient* desk = desk_of(here);
    if (desk == nullptr) return false;
    const bool opened = open_taken(here, *desk) || open_handed_over(here, *desk);
    return opened || ask_about_colleague(here, *desk) || pass_on(here, *desk);
}

void hear_of_talk(Instance& here, ChannelNumber channel, const client::Event& event) {
    const auto talk = std::find_if(here.talks.open.begin(), here.talks.open.end(),
                                   [&](const auto& each) { return each.second.channel == channel; });
    if (talk == here.talks.open.end()) return;
    if (std::holds_alternative<client::InvitationEvent>(event) && talk->second.comes_in_as) {
        client::StaffKeys keys = *std::move(talk->second.comes_in_as);
        talk->second.comes_in_as.reset();
        if (Client* room = room_of(here, talk->first))
            report(here, channel, room->knock_as_staff(std::move(keys), here.called_at));
    }
    const auto* state = std::get_if<client::StateEvent>(&event);
    if (state != nullptr && state->phase >= client::Phase::removed) end_request(here, talk->first);
}

void forget_talks(Instance& here) { here.talks = {}; }

Client* room_of(Instance& here, std::uint64_t number) {
    const auto talk = here.talks.open.find(number);
    if (talk == here.talks.open.end()) return nullptr;
    const auto found = here.channels.find(talk->second.channel);
    return found == here.channels.end() ? nullptr : std::get_if<Client>(&found->second.core);
}

}  // namespace veranda::wasm
