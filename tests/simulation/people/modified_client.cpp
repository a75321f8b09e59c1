#include "tests/simulation/people/modified_client.hpp"

#include "client-lib/circle/content/message_content.hpp"
#include "client-lib/circle/trust/leaf_identity.hpp"
#include "crypto/sealed/signed_make.hpp"
#include "protocol/frame_codec.hpp"

namespace veranda::simulation {
namespace {

constexpr std::uint64_t dials_again_ms = 3'000;
constexpr std::uint64_t looks_again_ms = 8'000;
constexpr std::uint64_t key_package_seconds = 3'600;

}  // namespace

ModifiedClient::ModifiedClient(std::string origin, client::TrustAnchor anchor, crypto::RandomSource& random, Loot& loot,
                               std::string name)
    : origin_(std::move(origin)), trust_(std::move(anchor)), random_(random), loot_(loot), name_(std::move(name)) {}

template <class Frame>
void ModifiedClient::ask(const Frame& frame, Asked asked) {
    const RequestId id{++last_request_};
    asked_[id.value] = asked;
    actions_.push_back(client::Send{encode_frame(frame, id)});
}

// ---- ways in ----

void ModifiedClient::knock_by(circle::PassEntropy invite) {
    knocking_.emplace(Knocking{.pass = std::move(invite)});
    dial();
}

void ModifiedClient::knock_by_ticket() {
    knocking_.emplace(Knocking{.pass = loot_.footholds.back().ticket.clone(), .by_ticket = true});
    dial();
}

void ModifiedClient::enter() {
    Foothold& back = loot_.footholds.back();
    if (!ready_) return dial();
    const AccessProof proof{back.room, origin_, challenge_, AccessKey{back.access_key.public_key().bytes}};
    ask(Enter{crypto::sign(proof, back.access_key), back.last}, Asked::enter);
}

void ModifiedClient::dial() {
    is_up_ = ready_ = false;
    asked_.clear();
    dial_at_ = 0;
    actions_.push_back(client::Connect{});
}

void ModifiedClient::begin() {
    ready_ = true;
    if (!knocking_) return loot_.footholds.empty() ? void() : enter();
    knocking_->envelope ? ask(KnockFrame{*knocking_->envelope}, Asked::knock) : find_card();
}

void ModifiedClient::find_card() {
    const Day day = circle::day_of(now_.wall, trust_.organisation().zone_minutes);
    card_id_ = circle::card_id(circle::Pass::from(knocking_->pass).keys(), day);
    ask(FindCard{card_id_}, Asked::card);
}

void ModifiedClient::on(const ServerHello& hello) {
    challenge_ = hello.challenge;
    if (!trust_.accept_hello(hello.organisation, hello.staff_list)) return tell("not the organisation");
    ask(ClientHello{});
    trust_.needs_list() ? ask(GetStaffList{}) : begin();
}

void ModifiedClient::on(const CardFrame& frame) {
    if (!knocking_) return;
    const circle::Pass pass = circle::Pass::from(knocking_->pass);
    const auto card = circle::open_card(frame.sealed, pass, card_id_, trust_, today());
    if (!card) return tell(card.error().rule->name);
    Knocking& mine = *knocking_;
    mine.room = card->card().room;
    auto leaf_key = crypto::SigningKey::generate(random_);
    loot_.leaf_keys.insert(leaf_key.public_key());
    mine.access_key = crypto::SigningKey::generate(random_);
    mine.ticket = crypto::random_secret<circle::pass_entropy_bytes>(random_);
    circle::KnockRequest request;
    request.pseudonym = mine.by_ticket ? card->card().pseudonym : name_;
    mine.key_package.emplace(mls::make_key_package(circle::member_identity(request.pseudonym), std::move(leaf_key),
                                                   UnixSeconds{today().value - key_package_seconds},
                                                   UnixSeconds{today().value + key_package_seconds}, random_));
    request.key_package = tls::encode(mine.key_package->public_part);
    request.access_key = AccessKey{mine.access_key->public_key().bytes};
    request.ticket = circle::Pass::from(*mine.ticket).keys();
    request.reason = mine.by_ticket ? KnockReason::returning : KnockReason::first_visit;
    if (mine.by_ticket) request.from = ReturnPoint{loot_.footholds.back().member, loot_.footholds.back().last};
    auto envelope = circle::make_knock(*card, card_id_, pass, std::move(request), random_);
    if (!envelope) return tell(envelope.error().rule->name);
    mine.envelope = *std::move(envelope);
    tell(client::Phase::waiting);
    ask(KnockFrame{*mine.envelope}, Asked::knock);
}

void ModifiedClient::on(const Admitted& admitted) {
    if (!knocking_ || !knocking_->envelope) return;
    Bytes welcome = admitted.welcome_head;
    append(welcome, admitted.welcome_tail);
    auto group = mls::Group::join(welcome, *knocking_->key_package);
    if (!group) return tell(group.error().rule->name);
    Knocking mine = *std::exchange(knocking_, std::nullopt);
    loot_.footholds.push_back({mine.room,
                               admitted.admission.body.member,
                               mine.key_package->signing_key.clone(),
                               *std::move(mine.access_key),
                               *std::move(mine.ticket),
                               admitted.sequence,
                               {}});
    loot_.footholds.back().groups.push_back(*std::move(group));
    tell(client::Phase::in_group);
    enter();
}

// ---- what the relay says ----

void ModifiedClient::take(const ServerFrame& frame, Asked asked) {
    if (const auto* hello = std::get_if<ServerHello>(&frame)) return on(*hello);
    if (const auto* list = std::get_if<StaffListFrame>(&frame))
        return trust_.accept_list(list->list) ? begin() : tell("not the staff list");
    if (const auto* card = std::get_if<CardFrame>(&frame)) return on(*card);
    if (const auto* admitted = std::get_if<Admitted>(&frame)) return on(*admitted);
    if (const auto* refused = std::get_if<Refused>(&frame)) return on(*refused, asked);
    if (std::holds_alternative<RoomGone>(frame)) return gone();
    if (std::holds_alternative<KnockRefused>(frame)) {
        knocking_.reset();
        return tell(client::Phase::refused);
    }
    const auto* entry = std::get_if<EntryFrame>(&frame);
    if (entry != nullptr && !loot_.footholds.empty()) loot_.take(loot_.footholds.back(), entry->entry);
}

void ModifiedClient::on(const Refused& refused, Asked asked) {
    const bool waits = refused.refusal == Refusal::busy || refused.refusal == Refusal::too_many_requests;
    if (asked == Asked::enter && !waits) return gone();
    if (asked == Asked::card || asked == Asked::knock) {
        if (!waits) knocking_->envelope.reset();
        dial_at_ = now_.steady_ms + looks_again_ms;
    }
    tell(name(refused.refusal));
}

void ModifiedClient::gone() {
    if (loot_.footholds.empty() || std::exchange(loot_.footholds.back().is_out, true)) return;
    tell(client::Phase::removed);
}

// ---- what she should not ----

void ModifiedClient::say(const std::string& text, std::size_t epochs_back) {
    auto& groups = loot_.footholds.back().groups;
    mls::Group& group = groups[groups.size() - 1 - std::min(epochs_back, groups.size() - 1)];
    const auto content = circle::wrap_text(text, InnerId{random_.array<InnerId::size>()});
    if (!content) return tell(content.error().rule->name);
    auto sealed = group.seal(*content, random_);
    if (!sealed) return tell(sealed.error().rule->name);
    loot_.said.emplace(*sealed, text);
    send_again(*sealed);
    last_frame_ = std::get<client::Send>(actions_.back()).message;
}

void ModifiedClient::send_again(const Bytes& message) {
    ask(Submit{SubmissionId{random_.array<SubmissionId::size>()}, message});
}

void ModifiedClient::repeat_last_frame() {
    if (!last_frame_.empty()) actions_.push_back(client::Send{last_frame_});
}

void ModifiedClient::commit() {
    const mls::Group& group = loot_.footholds.back().groups.back();
    for (const mls::Member& member : group.roster()) {
        if (member.leaf == group.own_leaf()) continue;
        const mls::LeafIndex out[] = {member.leaf};
        auto made = group.commit({}, out, random_);
        if (made) send_again(made->message);
        return;
    }
}

void ModifiedClient::order() {
    const Foothold& back = loot_.footholds.back();
    Order order;
    order.room = back.room;
    order.signer = order.member = back.member;
    order.number = SignerNumber{1};
    order.kind = OrderKind::lift;
    ask(OrderFrame{SubmissionId{random_.array<SubmissionId::size>()}, crypto::sign(order, back.leaf_key)});
}

// ---- the world ----

void ModifiedClient::connected(client::Now now) {
    now_ = now;
    is_up_ = true;
}

void ModifiedClient::received(ByteView message, client::Now now) {
    now_ = now;
    const auto frames = decode_server_message(message);
    if (!frames) return tell(frames.error().rule->name);
    for (const auto& frame : *frames) {
        const auto* known = std::get_if<ServerFrame>(&frame.frame);
        if (known == nullptr) continue;
        const auto asked = asked_.find(frame.request.value);
        take(*known, asked == asked_.end() ? Asked::nothing : asked->second);
    }
}

void ModifiedClient::disconnected(client::Now now) {
    now_ = now;
    is_up_ = ready_ = false;
    dial_at_ = now.steady_ms + dials_again_ms;
}

void ModifiedClient::tick(client::Now now) {
    now_ = now;
    if (dial_at_ != 0 && now.steady_ms >= dial_at_) dial();
}

std::optional<client::Event> ModifiedClient::next_event() {
    if (events_.empty()) return std::nullopt;
    client::Event event = std::move(events_.front());
    events_.pop_front();
    return event;
}

}  // namespace veranda::simulation
