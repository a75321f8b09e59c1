// A server that lies, between real terminals and real servers: what the server says to one of them is changed on the
// wire. A few of the attacks of tests/hostile, over both stores.
#include <atomic>

#include "protocol/frame_codec.hpp"
#include "tests/support/cutting_proxy.hpp"
#include "tests/support/house.hpp"

namespace veranda::tests {
namespace {

using Messages = std::vector<std::string>;
using Entries = std::vector<LogEntry>;

// Iris hears through a wire on which `lie` changes log entries; everyone else hears what is so.
class HostileServer : public testing::TestWithParam<Place> {
protected:
    HostileServer() : house_(GetParam().kept, 0) {
        for (std::size_t i = 0; i < GetParam().servers; ++i)
            house_.start_server("origins = [\"" + amaras_wire_.url() + "\", \"" + iriss_wire_.url() + "\"]\n");
        amaras_wire_.forward_to(house_.port());
        iriss_wire_.forward_to(house_.port(house_.servers() - 1));
        amara_ = &house_.host(amaras_wire_.url());
        iris_ = &house_.join_by_link(House::at(iriss_wire_.url(), house_.invite(*amara_).text("link")), "Iris");
        House::let_in(*amara_, *iris_, "Iris");
    }
    void lie_entries(std::function<Entries(LogEntry)> how) {
        iriss_wire_.lie([how = std::move(how)](const Bytes& message) {
            const auto frames = decode_server_message(message);
            if (!frames) return message;
            Bytes changed;
            for (const auto& received : *frames) {
                const auto* known = std::get_if<ServerFrame>(&received.frame);
                if (known == nullptr) return message;
                if (const auto* entry = std::get_if<EntryFrame>(known)) {
                    for (LogEntry& each : how(entry->entry))
                        append(changed, encode_frame(EntryFrame{std::move(each)}, received.request));
                } else {
                    std::visit([&](const auto& body) { append(changed, encode_frame(body, received.request)); },
                               *known);
                }
            }
            return changed;
        });
    }
    static bool is_message(const LogEntry& entry) { return entry.kind == EntryKind::application; }
    void say_both() {
        amara_->type("one");
        ASSERT_TRUE(amara_->wait_for_message("one"));
        amara_->type("two");
        ASSERT_TRUE(iris_->wait_for_message("two")) << iris_->transcript();
        EXPECT_EQ(iris_->messages(), (Messages{"Amara: one", "Amara: two"}));
    }

    CuttingProxy amaras_wire_;
    CuttingProxy iriss_wire_;
    House house_;
    TerminalProcess* amara_ = nullptr;
    TerminalProcess* iris_ = nullptr;
};

TEST_P(HostileServer, ThatSaysEverythingTwiceIsHeardOnce) {
    lie_entries([](LogEntry entry) { return Entries{entry, entry}; });
    say_both();
    iris_->type("thank you");
    EXPECT_TRUE(amara_->wait_for_message("thank you")) << iris_->transcript();
}

TEST_P(HostileServer, ThatTurnsMessagesAroundIsAskedAgain) {
    auto held = std::make_shared<std::optional<LogEntry>>();
    auto turned = std::make_shared<std::atomic<bool>>(false);  // told on the wire's thread
    lie_entries([held, turned](LogEntry entry) {
        if (*turned || !is_message(entry)) return Entries{std::move(entry)};
        if (!*held) return *held = std::move(entry), Entries{};
        *turned = true;
        return Entries{std::move(entry), **held};
    });
    say_both();
    EXPECT_TRUE(*turned);
}

TEST_P(HostileServer, ThatForgesAnOrderIsFoundOut) {
    auto forged = std::make_shared<bool>(false);
    lie_entries([forged](LogEntry entry) {
        if (!is_message(entry) || std::exchange(*forged, true)) return Entries{std::move(entry)};
        LogEntry made = entry;
        made.kind = EntryKind::order;
        Signed<Order> order;
        order.body.kind = OrderKind::end;
        order.body.signer = entry.sender;
        order.body.number = SignerNumber{1};
        made.body = tls::encode(order);
        return Entries{std::move(made)};
    });
    amara_->type("one");
    ASSERT_TRUE(iris_->wait_for_code("error", "order_signer")) << iris_->transcript();
    amara_->type("two");  // and she is still there
    EXPECT_TRUE(iris_->wait_for_message("two")) << iris_->transcript();
}

TEST_P(HostileServer, ThatWithholdsTheTailOfTheLogClosesTheComposer) {
    lie_entries([](const LogEntry&) { return Entries{}; });
    amara_->type("do not follow any link tonight");
    bool closed = false;
    for (int patiences = 0; patiences < 3 && !closed; ++patiences)  // 45 s, and each of these is 20
        closed = iris_->wait_for("composer", [](const TerminalEvent& e) { return e.text("why") == "no_facilitator"; })
                     .has_value();
    ASSERT_TRUE(closed) << iris_->transcript();
    iriss_wire_.lie({});
    iriss_wire_.cut();  // she asks again
    ASSERT_TRUE(iris_->wait_for_message("do not follow any link tonight")) << "once it tells";
}

INSTANTIATE_TEST_SUITE_P(Over, HostileServer, testing::ValuesIn(every_place), name_of_place);

}  // namespace
}  // namespace veranda::tests
