// Promises 1 and 2, seen from the server's side: after an evening, neither what it has written nor what it holds in its
// memory says what was said, by whom, in which group, or from where.
#include <regex>

#include "tests/support/cutting_proxy.hpp"
#include "tests/support/house.hpp"
#include "tests/support/process_memory.hpp"
#include "tests/support/raw_websocket.hpp"

namespace veranda::tests {
namespace {

constexpr const char* home = "127.66.7.8";  // where everyone is, as the server sees it

// RFC 4648, 5, without padding.
std::string from_base64url(std::string_view text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string out;
    unsigned bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        held = held << 6 | static_cast<unsigned>(alphabet.find(c));
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        out += static_cast<char>(held >> bits & 0xff);
    }
    return out;
}

class Secrecy : public testing::TestWithParam<Kept> {
protected:
    Secrecy() : house_(GetParam(), 0) {
        house_.start_server("origins = [\"" + wire_.url() + "\"]\n");
        wire_.forward_to(house_.port());
    }

    // Two members, one who knocks in vain, one who is removed; one comes by words. Collects what must not be found.
    void spend_an_evening() {
        amara_ = &house_.host(wire_.url(), "Marmalade Observatory");
        iris_ = &join("Quixotela", false);
        TerminalProcess& joy = join("Zephyrinda", true);
        TerminalProcess& ivy = house_.join_by_link(new_invite().text("link"), "Umbriella");
        ASSERT_TRUE(amara_->wait_for("knock", [](const TerminalEvent& e) { return e.text("name") == "Umbriella"; }));
        amara_->type("/refuse Umbriella");
        EXPECT_EQ(ivy.wait_for_exit(), 3);
        say(*amara_, "the violet armadillo sings at four");
        say(*iris_, "my sister in Wuppertal has the blue suitcase");
        joy.type("good evening");
        ASSERT_TRUE(amara_->wait_for_message("good evening"));
        ASSERT_TRUE(iris_->wait_for_message("good evening"));
        House::type_and_miss(*amara_, "/remove Zephyrinda", "Zephyrinda", {amara_, iris_});
        EXPECT_EQ(joy.wait_for_exit(), 3);
        say(*iris_, "nobody follows the tangerine tram");
        names_ = {"Quixotela", "Zephyrinda", "Umbriella", "Marmalade Observatory", "Be kind."};
    }
    TerminalEvent new_invite() {
        const TerminalEvent invite = house_.invite(*amara_);
        const std::string link = invite.text("link");
        const std::string secret = link.substr(link.find("#1.") + 3);
        secrets_.push_back(invite.text("words"));
        secrets_.push_back(secret.substr(0, 21));                  // 126 of its 128 bits, as the link has them
        secrets_.push_back(from_base64url(secret).substr(0, 16));  // and as bytes
        return invite;
    }
    TerminalProcess& join(const std::string& name, bool by_words) {
        const TerminalEvent invite = new_invite();
        TerminalProcess& joiner = by_words ? house_.join_by_words(invite.text("words"), name, wire_.url())
                                           : house_.join_by_link(invite.text("link"), name);
        House::let_in(*amara_, joiner, name);
        return joiner;
    }
    void say(TerminalProcess& who, const std::string& text) {
        who.type(text);
        ASSERT_TRUE(amara_->wait_for_message(text)) << amara_->transcript();
        ASSERT_TRUE(iris_->wait_for_message(text)) << iris_->transcript();
        texts_.push_back(text);
    }
    ServerProcess& server() { return house_.processes().front(); }

    CuttingProxy wire_{home};
    House house_;
    TerminalProcess* amara_ = nullptr;
    TerminalProcess* iris_ = nullptr;
    std::vector<std::string> texts_;
    std::vector<std::string> names_;
    std::vector<std::string> secrets_;
};

INSTANTIATE_TEST_SUITE_P(OfRooms, Secrecy, testing::Values(Kept::in_the_server, Kept::in_redis), [](const auto& kept) {
    return kept.param == Kept::in_redis ? "InRedis" : "InTheServersMemory";
});

TEST_P(Secrecy, TheServersMemoryHoldsNoWordNoNameAndNoSecret) {
    spend_an_evening();
    const auto memory = ProcessMemory::of(server().id());
    if (!memory) GTEST_SKIP() << "this machine does not let a process read its child's memory";
    // The search finds what is there: the organisation, whose name is everyone's to know, and staff's.
    ASSERT_TRUE(memory->holds("Harbour"));
    ASSERT_TRUE(memory->holds("Amara"));
    ASSERT_TRUE(memory->holds(wire_.url()));
    for (const auto* what : {&texts_, &names_, &secrets_}) {
        ASSERT_FALSE(what->empty());
        for (const std::string& each : *what) EXPECT_FALSE(memory->holds(each)) << each;
    }
    EXPECT_FALSE(memory->holds(home));
    // As bytes in a structure of the kernel's form an address comes by; it is counted here, and not promised.
    RecordProperty("peer_addresses_as_bytes", static_cast<int>(memory->count(std::string("\x7f\x42\x07\x08", 4))));
}

// The same search, where the plaintext is: or finding nothing above would mean nothing.
TEST_P(Secrecy, TheSearchFindsAWordWhereOneIs) {
    spend_an_evening();
    const auto memory = ProcessMemory::of(amara_->id());
    if (!memory) GTEST_SKIP() << "this machine does not let a process read its child's memory";
    // Names that her client has to know while she is in. A text that was shown may be gone, and should be.
    EXPECT_TRUE(memory->holds("Quixotela"));
    EXPECT_TRUE(memory->holds("Marmalade Observatory"));
}

TEST_P(Secrecy, TheServersOutputHoldsNoAddressNoRoomAndNoWord) {
    spend_an_evening();
    http_get(house_.port(), "/join%231." + secrets_[1]);  // a link that a mail filter broke
    amara_->type("/end");
    EXPECT_EQ(amara_->wait_for_exit(), 0) << amara_->transcript();
    server().signal(SIGHUP);
    ASSERT_TRUE(server().wait_for_log("read again"));  // it does write something
    server().signal(SIGTERM);
    ASSERT_EQ(server().wait_for_exit(), 0);
    const std::string output = server().output() + server().log();
    ASSERT_NE(output.find("listening on"), std::string::npos) << output;
    for (const auto* what : {&texts_, &names_, &secrets_})
        for (const std::string& each : *what) EXPECT_EQ(output.find(each), std::string::npos) << output;
    for (const std::string_view each : {home, "127.66", "Amara", "join", "/ws"})
        EXPECT_EQ(output.find(each), std::string::npos) << output;
    const std::regex identifier("[0-9a-fA-F]{16}");  // a room's is 32 digits; half of one is too much
    EXPECT_FALSE(std::regex_search(output, identifier)) << output;
    EXPECT_TRUE(std::regex_search("room 00112233445566778899aabbccddeeff", identifier));
}

}  // namespace
}  // namespace veranda::tests
