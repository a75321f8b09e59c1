// Which answer a path gets, without a socket.
#include "server/net/http_pages.hpp"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.hpp"

namespace veranda::net {
namespace {

using tests::TemporaryFolder;

class PagesTest : public testing::Test {
protected:
    PagesTest() { folder_.write("index.html", "home"); }
    Answer get(std::string_view target) { return Pages(folder_.path()).answer({target, {}, {}}); }
    TemporaryFolder folder_;
};

TEST_F(PagesTest, ServesOnlyKindsOfFileThatItKnows) {
    folder_.write("notes.md", "secret plans");
    folder_.write("key.pem", "key");
    folder_.write(".hidden.html", "hidden");
    for (const std::string_view target : {"/notes.md", "/key.pem", "/.hidden.html"})
        EXPECT_EQ(get(target).status, 404U);
}

TEST_F(PagesTest, ServesWhatWasThereWhenItWasLoaded) {
    const Pages pages(folder_.path());
    folder_.write("later.html", "later");
    EXPECT_EQ(pages.answer({"/later.html", {}, {}}).status, 404U);
}

TEST_F(PagesTest, KeepsNothingWhoseNameHasNoHash) {
    folder_.write("assets/main.js", "1");
    folder_.write("assets/main-overview.js", "1");
    folder_.write("assets/main-1a2b.js", "1");
    for (const std::string_view target : {"/", "/assets/main.js", "/assets/main-overview.js", "/assets/main-1a2b.js"})
        EXPECT_NE(get(target).headers.find("no-store"), std::string::npos) << target;
}

TEST_F(PagesTest, ServesAFileOnlyWithItsPlainForm) {
    folder_.write("lonely.js.gz", "packed");
    EXPECT_EQ(get("/lonely.js").status, 404U);
}

TEST_F(PagesTest, RefusesAFolderThatIsNoWebClient) {
    const TemporaryFolder empty;
    EXPECT_THROW(Pages(empty.path()), PagesError);
    EXPECT_THROW(Pages(empty / "none"), PagesError);
}

TEST(Pages, HaveWhatIsAddedBesideTheirFolder) {
    Pages pages;
    pages.add("/organisation.pub", "who we are");
    const Answer answer = pages.answer({"/organisation.pub", {}, {}});
    EXPECT_EQ(answer.status, 200U);
    EXPECT_EQ(*answer.body, "who we are");
    EXPECT_NE(answer.headers.find("no-store"), std::string::npos);
}

TEST(Pages, WithoutAFolderKnowNothing) { EXPECT_EQ(Pages().answer({"/", {}, {}}).status, 404U); }

TEST(LooksLikeASecret, WhateverCouldBeALinkThatArrivedBroken) {
    const std::string long_word(60, 'x');
    for (const std::string& target :
         {std::string("/join%231.abc"), std::string("/join#1.abc"), std::string("/join/1.abc"),
          std::string("/join?1.abc"), std::string("/join%3F1.abc"), "/" + long_word, "/a/" + long_word + "?utm=1"})
        EXPECT_TRUE(looks_like_a_secret(target)) << target;
}

TEST(LooksLikeASecret, NotTheOrdinary) {
    for (const std::string_view target : {"/", "/join", "/healthz", "/assets/app-1a2b3c4d5e.js", "/joinery", "/?x=1"})
        EXPECT_FALSE(looks_like_a_secret(target)) << target;
}

TEST(StrictHeaders, EndEachInALineOfTheirOwnAndAllowNoOtherOrigin) {
    const std::string_view headers = strict_headers();
    EXPECT_TRUE(headers.ends_with("\r\n"));
    EXPECT_EQ(headers.find("\r\n\r\n"), std::string_view::npos);
    EXPECT_EQ(headers.find("http"), std::string_view::npos);
    EXPECT_EQ(headers.find("unsafe-inline"), std::string_view::npos);
}

}  // namespace
}  // namespace veranda::net
