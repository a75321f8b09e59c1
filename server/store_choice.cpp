// The one place that names a concrete store.
#include "server/store_choice.hpp"

#include "server/store/memory/memory_store.hpp"

namespace veranda::server {
namespace {

class InMemory final : public ChosenStore {
public:
    explicit InMemory(store::Lifetimes lifetimes) : store_(lifetimes) {}
    store::Store& store() override { return store_; }
    void advance(UnixMillis now) override { store_.advance(now); }

private:
    store::MemoryStore store_;
};

}  // namespace

std::unique_ptr<ChosenStore> choose_store(const std::optional<std::string>& redis, store::Lifetimes lifetimes,
                                          boost::asio::io_context&) {
    if (redis) throw StartError("redis: this build has no Redis store");
    return std::make_unique<InMemory>(lifetimes);
}

}  // namespace veranda::server
