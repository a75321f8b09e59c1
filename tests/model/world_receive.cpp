// What people do with what reaches them: open it, follow it, or refuse it with their state as it was.
#include "tests/model/world.hpp"

namespace veranda::mls::tests {
namespace {

// Of a Commit that can be opened and has a path.
std::optional<UpdatePath> path_inside(const GroupState& state, const Bytes& message) {
    const auto sealed = decode_message<PrivateMessage>(message);
    const auto sender = open_sender_data(*sealed, state.secrets.sender_data);
    if (!sender || sender->leaf == state.own) return std::nullopt;
    const auto use = state.secret_tree.find(sender->leaf, RatchetKind::handshake, sender->generation);
    if (!use) return std::nullopt;
    const auto content = open_content(*sealed, *sender, use->key());
    return std::get<Commit>(content->content.content).path;
}

std::vector<const crypto::KemKeyPair*> keys_of(const GroupState& state) {
    std::vector<const crypto::KemKeyPair*> keys;
    for (std::uint32_t i = 0; i < tree_math::node_count(state.tree.width()); ++i)
        if (const auto* key = state.path_keys.find({i})) keys.push_back(key);
    return keys;
}

}  // namespace

void World::receive(Person& person, const Bytes& message) {
    if (!person.group) return receive_as_newcomer(person, message);
    const auto sealed = decode_message<PrivateMessage>(message);
    if (!sealed) return expect_refusal(person, message, "wire_format");  // a Welcome that came twice
    if (person.removed) return receive_as_removed(person, *sealed);
    if (sealed->epoch > person.group->epoch()) person.early.push_back(message);
    if (sealed->epoch != person.group->epoch()) return expect_refusal(person, message, "other_epoch");
    open(person, message);
}

// What comes before the Welcome is lost to her.
void World::receive_as_newcomer(Person& person, const Bytes& message) {
    if (!person.own || !decode_message<Welcome>(message)) return;
    auto joined = Group::join(message, *person.own);
    if (!joined) {
        EXPECT_EQ(why(joined), "welcome_not_for_us");  // of an earlier key package
        return;
    }
    person.own.reset();
    enter_next_epoch(person, *std::move(joined));
}

void World::open(Person& person, const Bytes& message) {
    if (person.undecided && person.undecided->message == message) {
        const bool won = log_[person.group->epoch().value].message == message;
        return won ? enter_next_epoch(person, std::move(person.undecided->next)) : person.undecided.reset();
    }
    const Bytes before = snapshot(*person.group);
    const std::optional<std::size_t> opens = try_all_keys(*person.group, message);
    const bool stray =
        log_.size() <= person.group->epoch().value || log_[person.group->epoch().value].message != message;
    auto received = person.group->open(message);
    if (!received) {
        ++counts_.refused;
        EXPECT_TRUE(snapshot(*person.group) == before) << "the state changed: " << why(received);
        EXPECT_TRUE(why(received) == "generation_gone" || why(received) == "own_message") << why(received);
        return;
    }
    if (const auto* plaintext = std::get_if<Plaintext>(&*received)) return read(person, *plaintext);
    auto& commit = std::get<StagedCommit>(*received);
    if (stray) return;  // where it leads the service says, and she is not told yet
    if (opens) {
        EXPECT_EQ(*opens, commit.removes_us() ? 0U : 1U) << "of the path's secrets";
    }
    follow(person, std::move(commit));
}

void World::read(Person& person, const Plaintext& plaintext) {
    ++counts_.read;
    const std::string text(as_text(plaintext.content));
    const auto roster = person.group->roster();
    const auto sender = std::find_if(roster.begin(), roster.end(),
                                     [&](const Member& member) { return member.leaf == plaintext.sender; });
    ASSERT_NE(sender, roster.end());
    EXPECT_TRUE(text.starts_with(std::string(as_text(sender->identity)) + " says ")) << text;
    EXPECT_TRUE(person.read.insert(text).second) << "read twice: " << text;
}

void World::follow(Person& person, StagedCommit&& commit) {
    if (!commit.removes_us()) return enter_next_epoch(person, person.group->after(std::move(commit)));
    person.removed = true;  // and she keeps all that she has
    person.undecided.reset();
    ++counts_.removed;
}

void World::enter_next_epoch(Person& person, Group&& next) {
    person.group = std::move(next);
    person.undecided.reset();
    const std::vector<Bytes> early = std::exchange(person.early, {});
    for (const Bytes& message : early) receive(person, message);
}

void World::expect_refusal(Person& person, const Bytes& message, std::string_view rule) {
    ++counts_.refused;
    EXPECT_EQ(refused(*person.group, message), rule) << person.name;
}

// She tries everything that follows: as it is, and as if it were of her last epoch.
void World::receive_as_removed(Person& person, const PrivateMessage& message) {
    if (message.epoch <= person.group->epoch()) return;  // said while she was in
    ++counts_.attacks;
    expect_refusal(person, encode_message(message), "other_epoch");
    PrivateMessage relabelled = message;
    relabelled.epoch = person.group->epoch();
    expect_refusal(person, encode_message(relabelled), "sender_data");
}

// How many of the secrets in the path of a Commit that removes somebody open to a key of hers, whichever of them was
// meant for her: to whoever stays one, to whoever goes none. None to count: it is no such Commit.
std::optional<std::size_t> World::try_all_keys(const Group& group, const Bytes& message) {
    const auto sent = std::find_if(log_.begin(), log_.end(), [&](const Sent& one) { return one.message == message; });
    if (sent == log_.end() || sent->removes.empty()) return std::nullopt;
    const std::optional<UpdatePath> path = path_inside(group.state(), message);
    if (!path) return std::nullopt;
    GroupContext context = sent->next;
    context.confirmed_transcript_hash = group.state().context.confirmed_transcript_hash;
    const crypto::HpkeInfo info = encrypt_context("UpdatePathNode", tls::encode(context));
    std::size_t opens = 0;
    for (const crypto::KemKeyPair* key : keys_of(group.state()))
        for (const UpdatePathNode& node : path->nodes)
            for (const HPKECiphertext& ciphertext : node.encrypted_path_secret)
                opens += decrypt_with(info, *key, ciphertext).has_value();
    return opens;
}

}  // namespace veranda::mls::tests
