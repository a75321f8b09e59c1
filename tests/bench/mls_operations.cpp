// Each operation: what it needs, then the part that is timed. What an operation leaves behind (the epoch before, the
// Commit once sent) is taken down within its time.
#include "tests/bench/mls_operations.hpp"

#include <memory>

#include "tests/bench/mls_prices.hpp"

namespace veranda::bench {
namespace {

using mls::Group;
using mls::LeafIndex;

constexpr std::size_t content_bytes = 512;
constexpr int in_a_row = 8;

// Wanted (issue "MLS in full"): 1.5 of all that is small, 1.3 of what is nearly all primitives, more for the rest.
constexpr double small_max = 1.5;
constexpr double joining_max = 1.3;
constexpr double commit_max = 2;
constexpr double handling_max = 3;
constexpr std::uint32_t small_group = 10;

template <class Do>
double micros(Do&& what) {
    return micros_of(1, what);
}

template <class T>
T must(Result<T>&& result) {
    VERANDA_ASSERT(result.has_value());
    return *std::move(result);
}

LeafIndex to_remove(const Shape& shape) { return {shape.members / 2}; }

// What all operations on one group share.
struct Setting {
    const Trio& trio;
    crypto::RandomSource& random;
    mls::OwnKeyPackage newcomer;
    mls::OwnCommit update, remove, add;
    Group speaker, speaker_heard, listener;
    Bytes first_said;

    double commit_max_here() const {
        if (!trio.shape.populated) return joining_max;
        return trio.shape.members <= small_group ? small_max : commit_max;
    }
    double handling_max_here() const { return trio.shape.members <= small_group ? small_max : handling_max; }
    Bytes content() const { return Bytes(content_bytes, 'a'); }

    mls::OwnCommit committed(bool removes) const {
        const LeafIndex whom = to_remove(trio.shape);
        return must(trio.committer.commit({}, std::span(&whom, removes ? 1 : 0), random, mls::PathPolicy::always));
    }
    mls::OwnCommit added(const mls::KeyPackage& key_package) const {
        return must(trio.committer.commit(std::span(&key_package, 1), {}, random));
    }
};

std::shared_ptr<Setting> prepare(const Trio& trio, crypto::RandomSource& random) {
    const Setting bare{trio,
                       random,
                       person(trio.shape.members, random),
                       {{}, {}, {}, twin(trio.committer)},
                       {{}, {}, {}, twin(trio.committer)},
                       {{}, {}, {}, twin(trio.committer)},
                       twin(trio.committer),
                       twin(trio.committer),
                       twin(trio.far),
                       {}};
    auto update = bare.committed(false);
    auto remove = bare.committed(true);
    auto add = bare.added(bare.newcomer.public_part);
    Group silent = twin(trio.committer);
    Bytes said = must(silent.seal(bare.content(), random));
    return std::make_shared<Setting>(Setting{trio, random, person(trio.shape.members, random), std::move(update),
                                             std::move(remove), std::move(add), twin(trio.committer),
                                             twin(trio.committer), twin(trio.far), std::move(said)});
}

double handling(const Group& by, ByteView commit) {
    Group member = twin(by);
    return micros([&] { member = follow(member, commit); });
}

using Operations = std::vector<Operation>;

void list_paths(Operations& list, const std::shared_ptr<Setting>& here) {
    const Shape& shape = here->trio.shape;
    const std::size_t update_bytes = here->update.message.size();
    list.push_back({"update commit", here->commit_max_here(), least::update(shape, update_bytes),
                    [here] { return micros([&] { here->committed(false); }); }});
    list.push_back({"handle an update, other half of the tree", here->handling_max_here(),
                    least::handle_update(shape, update_bytes, 1),
                    [here] { return handling(here->trio.far, here->update.message); }});
    list.push_back({"handle an update, leaf beside", here->handling_max_here(),
                    least::handle_update(shape, update_bytes, shape.depth()),
                    [here] { return handling(here->trio.near, here->update.message); }});
    const std::uint32_t removed = to_remove(shape).value;
    const std::size_t remove_bytes = here->remove.message.size();
    list.push_back({"remove commit", here->commit_max_here(), least::remove(shape, remove_bytes, removed),
                    [here] { return micros([&] { here->committed(true); }); }});
    if (shape.members == 2) return;  // nobody is left to handle it
    list.push_back({"handle a remove, other half of the tree", here->handling_max_here(),
                    least::handle_remove(shape, remove_bytes, removed, 1),
                    [here] { return handling(here->trio.far, here->remove.message); }});
}

void list_adding(Operations& list, const std::shared_ptr<Setting>& here) {
    const Shape& shape = here->trio.shape;
    const std::size_t bytes = here->add.message.size();
    const std::size_t info = group_info_bytes(here->add);
    const auto key_package = std::make_shared<Bytes>(tls::encode(here->newcomer.public_part));
    const double max = shape.members <= small_group ? small_max : commit_max;
    list.push_back({"add one, no path", max, least::key_package_check(shape) + least::add(shape, 1, bytes, info),
                    [here, key_package] {
                        return micros([&] { here->added(must(mls::decode_and_check_key_package(*key_package))); });
                    }});
    list.push_back({"handle an add", here->handling_max_here(), least::handle_add(shape, 1, bytes),
                    [here] { return handling(here->trio.far, here->add.message); }});
    const auto last = std::make_shared<mls::OwnKeyPackage>(person(shape.members, here->random));
    const auto welcome = std::make_shared<Bytes>(here->added(last->public_part).welcome.whole(0));
    Shape joined = shape;
    ++joined.members;
    list.push_back({"join", joining_max, least::join(joined, info),
                    [last, welcome] { return micros([&] { must(Group::join(*welcome, *last)); }); }});
}

void list_messages(Operations& list, const std::shared_ptr<Setting>& here) {
    const Shape& shape = here->trio.shape;
    const Work encrypt = least::encrypt(shape, content_bytes);
    const Work decrypt = least::decrypt(shape, content_bytes);
    const Work first = least::first_of_epoch(shape);
    // Several in a row, as the primitives are measured.
    list.push_back({"encrypt 512 bytes", small_max, encrypt, [here] {
                        const Bytes content = here->content();
                        return micros_of(in_a_row, [&] { must(here->speaker.seal(content, here->random)); });
                    }});
    list.push_back({"decrypt 512 bytes", small_max, decrypt, [here] {
                        std::vector<Bytes> said;
                        for (int i = 0; i < in_a_row; ++i)
                            said.push_back(must(here->speaker_heard.seal(here->content(), here->random)));
                        auto next = said.begin();
                        return micros_of(in_a_row, [&] { must(here->listener.open(*next++)); });
                    }});
    list.push_back({"encrypt, first of an epoch", small_max, encrypt + first, [here] {
                        const Bytes content = here->content();
                        Group speaker = twin(here->trio.committer);
                        return micros([&] { must(speaker.seal(content, here->random)); });
                    }});
    list.push_back({"decrypt, first of an epoch", small_max, decrypt + first, [here] {
                        Group listener = twin(here->trio.far);
                        return micros([&] { must(listener.open(here->first_said)); });
                    }});
}

void list_key_packages(Operations& list, const std::shared_ptr<Setting>& here) {
    const Shape& shape = here->trio.shape;
    const Work work = least::key_package(shape);
    list.push_back({"key package, new identity", small_max, least::new_identity() + work,
                    [here] { return micros([&] { person(1, here->random); }); }});
    list.push_back({"key package, same identity", small_max, work, [here] {
                        const mls::KeyPackage& old = here->newcomer.public_part;
                        crypto::SigningKey key = here->newcomer.signing_key.clone();
                        return micros([&] {
                            mls::make_key_package(old.leaf.credential.identity, std::move(key),
                                                  old.leaf.lifetime.not_before, old.leaf.lifetime.not_after,
                                                  here->random);
                        });
                    }});
}

}  // namespace

std::vector<Operation> operations_on(const Trio& trio, crypto::RandomSource& random) {
    const auto here = prepare(trio, random);
    Operations list;
    list_key_packages(list, here);
    list_paths(list, here);
    list_adding(list, here);
    list_messages(list, here);
    return list;
}

Operation making_of_a_group(std::uint32_t members, crypto::RandomSource& random) {
    auto packages = std::make_shared<std::vector<Bytes>>();
    for (std::uint32_t i = 1; i < members; ++i) packages->push_back(tls::encode(person(i, random).public_part));
    const auto alone =
        std::make_shared<Group>(Group::create(as_bytes("a group, as large as wanted"), person(0, random), random));
    const auto make = [alone, packages, &random] {
        std::vector<mls::KeyPackage> adds;
        for (const Bytes& bytes : *packages) adds.push_back(must(mls::decode_and_check_key_package(bytes)));
        return must(alone->commit(adds, {}, random));
    };
    const mls::OwnCommit made = make();
    const Shape one{1, false, tls::encode(person(0, random).public_part.leaf).size(),
                    made.next.state().encoded_context.size()};
    const Work work = (members - 1) * least::key_package_check(one) +
                      least::add(one, members - 1, made.message.size(), group_info_bytes(made));
    return {"group made by one commit", joining_max, work, [make] { return micros([&] { make(); }); }};
}

}  // namespace veranda::bench
