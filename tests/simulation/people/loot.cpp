#include "tests/simulation/people/loot.hpp"

namespace veranda::simulation {

void Loot::take(Foothold& foothold, const LogEntry& entry) {
    if (entry.sequence != foothold.last.next()) return;
    foothold.last = entry.sequence;
    if (entry.kind == EntryKind::commit) return take_commit(foothold, entry, entry.body);
    if (entry.kind == EntryKind::application && foothold.groups.back().open(entry.body))
        opened[foothold.room].insert(entry.sequence);
    if (entry.kind != EntryKind::admit) return;
    const auto admit = tls::decode<AdmitEntry>(entry.body);
    if (admit) take_commit(foothold, entry, admit->commit);
}

void Loot::take_commit(Foothold& foothold, const LogEntry& entry, ByteView commit) {
    auto received = foothold.groups.back().open(commit);
    auto* staged = received ? std::get_if<mls::StagedCommit>(&*received) : nullptr;
    if (staged == nullptr) return;
    if (!staged->removed().empty() && !staged->has_path())
        found.push_back("entry " + std::to_string(entry.sequence.value) + " removes somebody and gives no new key");
    if (staged->removes_us()) {
        foothold.is_out = true;
        return;
    }
    mls::Group next = foothold.groups.back().after(std::move(*staged));
    foothold.groups.push_back(std::move(next));
}

void Loot::leaked(const RoomId& room, const LogEntry& entry) {
    auto& log = log_[room];
    log.push_back(entry);
    for (Foothold& foothold : footholds) {
        if (foothold.room != room) continue;
        for (const LogEntry& each : log)
            if (each.sequence > foothold.last) take(foothold, each);
    }
}

bool Loot::opens(const RoomId& room, const LogEntry& entry) {
    if (opened[room].contains(entry.sequence)) return true;
    for (Foothold& foothold : footholds)
        for (mls::Group& group : foothold.groups)
            if (group.open(entry.body)) return true;
    return false;
}

}  // namespace veranda::simulation
