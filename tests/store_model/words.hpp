// Answers and events as lines that can be compared and read. What a store may answer in any order is put in order here;
// what it may say only about (Precision) is left out.
#pragma once

#include <map>
#include <string>

#include "server/store/store.hpp"

namespace veranda::tests {

using namespace store;

// A store with a clock of its own (Redis) answers with other times than the model's.
enum class Precision { exact, times_left_out };

template <class Id>
std::string words(const Id& id) {
    if (id.is_zero()) return "nobody";
    std::uint64_t number = 0;
    for (std::size_t i = 8; i-- > 0;) number = number << 8 | id.bytes[i];
    return "#" + std::to_string(number);
}
std::string words(const Bytes& bytes);
std::string words(bool value);
std::string words(const LogEntry& entry);
std::string words(const StoredKnock& knock);
std::string words(const StoredTalk& talk);
std::string words(const StoredLane& lane);
std::string words(const Answered& answer);
std::string words(KnockEnd end);

std::string words_of(bool answer, Precision precision);
std::string words_of(Nothing answer, Precision precision);
std::string words_of(const std::optional<RoomSnapshot>& answer, Precision precision);
std::string words_of(const Appended& answer, Precision precision);
std::string words_of(const std::vector<LogEntry>& answer, Precision precision);
std::string words_of(const std::optional<StoredCard>& answer, Precision precision);
std::string words_of(const KnockState& answer, Precision precision);
std::string words_of(const std::optional<Answered>& answer, Precision precision);
std::string words_of(const std::vector<StoredKnock>& answer, Precision precision);
std::string words_of(TalkKept answer, Precision precision);
std::string words_of(const std::vector<StoredTalk>& answer, Precision precision);
std::string words_of(std::vector<MemberId> answer, Precision precision);
std::string words_of(const LeaseState& answer, Precision precision);
std::string words_of(const std::vector<StoredLane>& answer, Precision precision);
std::string words_of(std::vector<StoredDuty> answer, Precision precision);
std::string words_of(const RequestPut& answer, Precision precision);
std::string words_of(std::vector<StoredRequest> answer, Precision precision);
std::string words_of(const Hash& answer, Precision precision);
std::string words_of(const std::optional<Hash>& answer, Precision precision);
std::string words_of(AnswerPut answer, Precision precision);
std::string words_of(const FoundAnswer& answer, Precision precision);
std::string words_of(DeskMissing answer, Precision precision);

// What one relay heard. Of one thing (a room's log, a knock, a request) in the order in which it came; between things
// the contract promises no order.
class Told : public Listener {
public:
    explicit Told(Precision precision) : precision_(precision) {}

    // By what it is about. Emptied by the caller, who compares.
    std::map<std::string, std::vector<std::string>> heard;
    std::size_t entries = 0;  // ever

    void on_entry(RoomId room, const LogEntry& entry) override;
    void on_knock(RoomId room, const StoredKnock& knock) override;
    void on_knock_end(RoomId room, KnockId knock, KnockEnd end) override;
    void on_talk(RoomId room, KnockId knock, const StoredTalk& talk) override;
    void on_entrance(RoomId room, AccessKey key, std::uint64_t token) override;
    void on_presence(RoomId room, MemberId member, Whereabouts whereabouts) override;
    void on_lane(RoomId room, const StoredLane& lane) override;
    void on_lane_acknowledged(RoomId room, MemberId to, const Bytes& acknowledgement) override;
    void on_remade(RoomId room) override;
    void on_forgotten() override;
    void on_duty_nonce(Challenge nonce) override;
    void on_duty_proof(Challenge nonce, const Bytes& proof) override;
    void on_hand_over(Hash turn, const Bytes& sealed) override;
    void on_desk_request(const StoredRequest& request) override;
    void on_desk_state(LaneId request, DeskStanding standing, Hash holder) override;

private:
    Precision precision_;
};

}  // namespace veranda::tests
