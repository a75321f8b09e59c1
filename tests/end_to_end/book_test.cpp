// The group book with the programs that people run: an evening with a book, return words, the next evening by them, and
// a facilitator who is killed and goes on by her book. Over one server's memory, and over two servers and a Redis.
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/support/house.hpp"

namespace veranda::tests {
namespace {

class Book : public testing::TestWithParam<Place> {
protected:
    Book() : house_(GetParam().kept, GetParam().servers) {}

    std::string file(const std::string& name = "group.book") const { return (folder_ / name).string(); }
    std::vector<std::string> by_book(const std::string& group, const std::string& book,
                                     const std::string& passphrase) const {
        std::vector<std::string> arguments{"host",
                                           "--json",
                                           "--server",
                                           house_.url(),
                                           "--staff",
                                           house_.files.staff("Amara"),
                                           "--passphrase-file",
                                           house_.files.passphrase(),
                                           "--book",
                                           book,
                                           "--book-passphrase-file",
                                           passphrase};
        if (!group.empty()) arguments.insert(arguments.end(), {"--group", group});
        return arguments;
    }
    TerminalProcess& host(const std::string& group = {}) {
        TerminalProcess& amara = house_.terminal(by_book(group, file(), house_.files.passphrase()));
        EXPECT_TRUE(amara.wait_for_state("in_group")) << amara.transcript();
        return amara;
    }
    TerminalProcess& join(TerminalProcess& amara, const std::string& name) {
        const std::string link = House::at(last_url(), house_.invite(amara).text("link"));
        TerminalProcess& joiner = house_.join_by_link(link, name);
        House::let_in(amara, joiner, name);
        return joiner;
    }
    // Her twelve words, once Amara's book has them.
    static std::string words_of(TerminalProcess& who) {
        who.type("/words");
        const auto words = who.wait_for("return_words");
        EXPECT_TRUE(words) << who.transcript();
        EXPECT_TRUE(who.wait_for("lane", [](const auto& e) {
            return e.text("kind") == "return_pass" && e.text("state") == "seen";
        })) << who.transcript();
        return words ? words->text("words") : std::string();
    }
    std::string last_url() const { return house_.url(house_.servers() - 1); }
    static void kill(TerminalProcess& who) {
        ::kill(who.id(), SIGKILL);
        who.wait_for_exit();
    }
    static bool comes_to_be(const std::string& path) {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (!std::filesystem::exists(path) && std::chrono::steady_clock::now() < until) std::this_thread::yield();
        return std::filesystem::exists(path);
    }
    static std::string read(const std::string& path) {
        std::ifstream in(path);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    TemporaryFolder folder_;
    House house_;
};

INSTANTIATE_TEST_SUITE_P(Over, Book, testing::ValuesIn(every_place), name_of_place);

TEST_P(Book, BringsHerBackTheNextEveningByHerWords) {
    TerminalProcess& amara = host("Evening group");
    TerminalProcess& iris = join(amara, "Iris");
    EXPECT_TRUE(iris.wait_for_code("notice", "words_offered")) << iris.transcript();
    const std::string words = words_of(iris);
    amara.type("/end");
    ASSERT_EQ(amara.wait_for_exit(), 0) << amara.transcript();
    ASSERT_EQ(iris.wait_for_exit(), 0) << iris.transcript();
    EXPECT_EQ(read(file()).find("Iris"), std::string::npos) << "it is sealed";

    TerminalProcess& next = host();
    TerminalProcess& again = house_.join_by_words(words, "Iris", last_url());
    const auto invited = again.wait_for("invitation");
    ASSERT_TRUE(invited) << again.transcript();
    EXPECT_EQ(invited->text("group"), "");
    const auto knock = next.wait_for("knock");
    ASSERT_TRUE(knock) << next.transcript() << again.transcript();
    EXPECT_EQ(knock->text("known_as"), "Iris");
    EXPECT_TRUE(knock->truth("returning"));
    next.type("/admit Iris");
    ASSERT_TRUE(again.wait_for_state("in_group")) << again.transcript();
    again.type("back");
    EXPECT_TRUE(next.wait_for_message("back")) << next.transcript();
    again.type("/words-seen");
    EXPECT_TRUE(again.wait_for("lane", [](const auto& e) {
        return e.text("kind") == "words_seen" && e.text("state") == "seen";
    })) << again.transcript();
    TerminalProcess& thief = house_.join_by_words(words, "Iris", last_url());
    EXPECT_TRUE(thief.wait_for_code("error", "no_such_card")) << thief.transcript();
}

TEST_P(Book, GivesAKilledFacilitatorHerSessionBack) {
    TerminalProcess& amara = host("Evening group");
    TerminalProcess& iris = join(amara, "Iris");
    iris.type("before");
    ASSERT_TRUE(amara.wait_for_message("before")) << amara.transcript();
    kill(amara);
    TerminalProcess& again = host();
    const auto knock = again.wait_for("knock", [](const auto& e) { return e.truth("waiting"); });
    ASSERT_TRUE(knock) << again.transcript() << iris.transcript();
    EXPECT_EQ(knock->text("name"), "Iris");
    EXPECT_TRUE(knock->truth("returning"));
    iris.forget_events();
    again.type("/admit Iris");
    ASSERT_TRUE(iris.wait_for_state("in_group")) << iris.transcript() << again.transcript();
    EXPECT_TRUE(iris.wait_for_code("notice", "room_remade")) << iris.transcript();
    ASSERT_TRUE(iris.wait_for("composer", [](const auto& e) { return e.truth("open"); })) << iris.transcript();
    iris.type("after");
    EXPECT_TRUE(again.wait_for_message("after")) << again.transcript();
}

TEST_P(Book, GoesOverToASecondFacilitatorsFile) {
    TerminalProcess& amara = host("Evening group");
    TerminalProcess& iris = join(amara, "Iris");
    const std::string words = words_of(iris);
    const std::string link = House::at(last_url(), house_.invite(amara, true).text("link"));
    TerminalProcess& blessing = house_.terminal(
        {"host", "--json", "--join", link, "--staff", house_.files.staff("Blessing"), "--passphrase-file",
         house_.files.passphrase(), "--book", file("hers.book"), "--book-passphrase-file", house_.files.passphrase()});
    House::let_in(amara, blessing, "Blessing");
    ASSERT_TRUE(comes_to_be(file("hers.book"))) << blessing.transcript();
    amara.type("/end");
    ASSERT_EQ(blessing.wait_for_exit(), 0) << blessing.transcript();
    ASSERT_EQ(amara.wait_for_exit(), 0) << amara.transcript();
    TerminalProcess& next = house_.terminal(
        {"host", "--json", "--server", house_.url(), "--staff", house_.files.staff("Blessing"), "--passphrase-file",
         house_.files.passphrase(), "--book", file("hers.book"), "--book-passphrase-file", house_.files.passphrase()});
    ASSERT_TRUE(next.wait_for_state("in_group")) << next.transcript() << blessing.transcript();
    house_.join_by_words(words, "Iris", last_url());
    const auto knock = next.wait_for("knock");
    ASSERT_TRUE(knock) << next.transcript();
    EXPECT_EQ(knock->text("known_as"), "Iris");
}

TEST_P(Book, ThatCannotBeUsedIsSaidSoAndNothingIsOpened) {
    const auto refused = [&](const std::string& book, const std::string& passphrase, std::string_view words) {
        const std::string before = read(book);
        TerminalProcess& amara = house_.terminal(by_book({}, book, passphrase));
        EXPECT_EQ(amara.wait_for_exit(), 2) << amara.transcript();
        EXPECT_NE(amara.log().find(words), std::string::npos) << amara.log();
        EXPECT_EQ(read(book), before);
    };
    TerminalProcess& amara = host("Evening group");
    amara.type("/end");
    ASSERT_EQ(amara.wait_for_exit(), 0) << amara.transcript();
    refused(file(), folder_.write("other", "another passphrase\n").string(), "wrong passphrase");
    std::string damaged = read(file());
    damaged[100] = damaged[100] == 'A' ? 'B' : 'A';
    folder_.write("damaged.book", damaged);
    refused(file("damaged.book"), house_.files.passphrase(), "damaged");
    refused(file("nowhere.book"), house_.files.passphrase(), "--group NAME");
}

}  // namespace
}  // namespace veranda::tests
