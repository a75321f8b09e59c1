// The group book's file: what is wrong with one is said by name and nothing is written over; what is written is whole.
#include "client-lib/terminal/book_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

#include "protocol/content.hpp"
#include "tests/support/seeded_random.hpp"
#include "tests/support/small_organisation.hpp"

namespace veranda::terminal {
namespace {

using circle::GroupBook;
using namespace tests;

class TheBookFile : public testing::Test {
protected:
    void SetUp() override {
        std::string name = (std::filesystem::temp_directory_path() / "veranda-book-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
        write("pass", "correct horse\n");
        write("other", "wrong horse\n");
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    Path at(const std::string& name) const { return folder_ / name; }
    void write(const std::string& name, const std::string& text) const { std::ofstream(at(name)) << text; }
    std::string text() const { return read_file(at("group.book")); }
    const SignatureKey& root() const { return harbour_.organisation.body.root; }
    BookFile open(const std::string& passphrase = "pass") const {
        return BookFile::open(at("group.book"), at(passphrase), root());
    }
    Bytes body(const GroupBook& book) const { return tls::encode(book.body()); }
    void save(const GroupBook& book) { open().save(body(book), random_); }
    void add(GroupBook& book, std::uint8_t person, std::string name) {
        ASSERT_TRUE(book.write(BookEntryKind::person, PersonId{{person}}, tls::encode(Text{std::move(name)}),
                               {amara_.certificate, amara_.key}, test_time));
    }
    template <class Call>
    std::string complaint(Call call) const {
        try {
            call();
        } catch (const Complaint& said) {
            EXPECT_NE(said.code, ExitCode::done);
            return said.what();
        }
        return {};
    }
    // Of opening it as it now is; it stays so.
    std::string complaint_of(const std::string& passphrase = "pass") const {
        const std::string before = text();
        const std::string said = complaint([&] { open(passphrase); });
        EXPECT_EQ(text(), before) << "nothing is written over";
        return said;
    }

    SeededRandom random_{3};
    SmallOrganisation harbour_{random_};
    client::StaffKeys amara_ = harbour_.certify("Amara");
    GroupBook book_ =
        GroupBook::start({"Evening group", "", "en"}, {amara_.certificate, amara_.key}, test_time, random_);
    Path folder_;
};

TEST_F(TheBookFile, IsMadeForItsOwnersEyesAndReadBack) {
    BookFile file = open();
    EXPECT_FALSE(file.take_book());
    EXPECT_FALSE(std::filesystem::exists(at("group.book"))) << "made when there is something to write";
    file.save(body(book_), random_);
    struct stat status {};
    ASSERT_EQ(::stat(at("group.book").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
    EXPECT_TRUE(text().starts_with("-----BEGIN VERANDA GROUP BOOK-----\n"));
    auto again = open().take_book();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->entries(), book_.entries());
    EXPECT_FALSE(std::filesystem::exists(at("group.book.new")));
}

TEST_F(TheBookFile, SaysWhatIsWrongWithItAndLeavesItAsItIs) {
    save(book_);
    const std::string good = text();
    EXPECT_EQ(complaint_of("other"), "wrong passphrase for " + at("group.book").string());
    std::string bad = good;
    bad[good.find('\n') + 40] = bad[good.find('\n') + 40] == 'A' ? 'B' : 'A';
    write("group.book", bad);
    EXPECT_NE(complaint_of().find("its contents are damaged"), std::string::npos);
    write("group.book", good.substr(0, good.size() / 2));
    EXPECT_NE(complaint_of().find("damaged in line"), std::string::npos);
    write("group.book", "");
    EXPECT_NE(complaint_of().find("does not begin with"), std::string::npos);
    GroupBookFile newer;
    newer.version = 2;
    write("group.book", armour(armour_titles::group_book, tls::encode(newer)));
    EXPECT_NE(complaint_of().find("of a newer Veranda"), std::string::npos);
    SmallOrganisation other(random_);
    write("group.book", good);
    EXPECT_NE(complaint([&] {
                  BookFile::open(at("group.book"), at("pass"), other.organisation.body.root);
              }).find("no book of your organisation's"),
              std::string::npos);
}

TEST_F(TheBookFile, KeepsWhatAnotherProcessHasWrittenMeanwhile) {
    save(book_);
    BookFile file = open();
    GroupBook theirs = *open().take_book();
    add(theirs, 1, "Iris");
    save(theirs);
    add(book_, 2, "Joy");
    file.save(body(book_), random_);
    EXPECT_EQ(open().take_book()->people(harbour_.staff).size(), 2U);
}

TEST_F(TheBookFile, DoesNotWriteOverWhatItCannotReadMeanwhile) {
    save(book_);
    BookFile file = open();
    write("group.book", "something else\n");
    EXPECT_NE(complaint([&] { file.save(body(book_), random_); }), "");
    EXPECT_EQ(text(), "something else\n");
}

TEST_F(TheBookFile, NeverBecomesTheBookOfAnotherGroup) {
    save(book_);
    const std::string before = text();
    const auto other =
        GroupBook::start({"Another group", "", "en"}, {amara_.certificate, amara_.key}, test_time, random_);
    BookFile file = open();
    EXPECT_NE(complaint([&] { file.save(body(other), random_); }).find("of another group"), std::string::npos);
    EXPECT_EQ(text(), before);
}

TEST_F(TheBookFile, IsNotMadeWhereNothingCanBeWritten) {
    EXPECT_NE(complaint([&] { BookFile::open(at("nowhere/group.book"), at("pass"), root()); }).find("cannot make"),
              std::string::npos);
    BookFile file = open();
    std::filesystem::create_directory(at("group.book.new"));  // in the way of the new one
    std::filesystem::create_directory(at("group.book.new/full"));
    EXPECT_NE(complaint([&] { file.save(body(book_), random_); }), "");
    EXPECT_FALSE(std::filesystem::exists(at("group.book")));
}

TEST_F(TheBookFile, StaysALinkToWhereItReallyIs) {
    std::filesystem::create_directory(at("vault"));
    save(book_);
    std::filesystem::rename(at("group.book"), at("vault/real.book"));
    std::filesystem::create_symlink(at("vault/real.book"), at("group.book"));
    BookFile file = open();
    add(book_, 1, "Iris");
    file.save(body(book_), random_);
    EXPECT_TRUE(std::filesystem::is_symlink(at("group.book")));
    EXPECT_EQ(open().take_book()->people(harbour_.staff).size(), 1U);
}

}  // namespace
}  // namespace veranda::terminal
