// Which answer a path gets, without a socket.
#include "server/net/http_pages.hpp"

#include <gtest/gtest.h>

#include "server/net/limits.hpp"
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

TEST_F(PagesTest, ServeTheIndexToMembersAndStaff) {
    for (const std::string_view target : {"/", "/join", "/staff", "/index.html", "/staff?x"})
        EXPECT_EQ(*get(target).body, "home") << target;
    for (const std::string_view target : {"/staff/", "/Staff", "/staff.html"}) EXPECT_EQ(get(target).status, 404U);
}

constexpr std::string_view index_with_a_place = R"(<meta name="veranda-away" content="about:blank" />)";

TEST_F(PagesTest, NameTheNeutralPageInTheIndexWhateverTheBrowserTakes) {
    folder_.write("index.html", std::string(index_with_a_place));
    folder_.write("index.html.br", "packed before anybody knew the address");
    const Pages pages(folder_.path(), "https://news.example/today?a=1&b=2");
    for (const std::string_view target : {"/", "/join", "/staff", "/index.html"}) {
        const Answer answer = pages.answer({target, "gzip, br", {}});
        EXPECT_EQ(*answer.body, R"(<meta name="veranda-away" content="https://news.example/today?a=1&amp;b=2" />)");
        EXPECT_EQ(answer.headers.find("Content-Encoding"), std::string::npos);
    }
    EXPECT_EQ(*Pages(folder_.path()).answer({"/", {}, {}}).body, index_with_a_place);
}

TEST_F(PagesTest, RefuseANeutralPageThatTheIndexHasNoPlaceFor) {
    EXPECT_THROW(Pages(folder_.path(), "https://news.example/"), PagesError);
}

TEST(NeutralPage, IsAPlainAddressByHttps) {
    for (const std::string_view good :
         {"https://news.example", "https://news.example/", "https://a.b:8443/x?y=1&z=%20"})
        EXPECT_TRUE(is_neutral_page(good)) << good;
    for (const std::string_view bad :
         {"", "https://", "http://news.example/", "javascript:alert(1)", "data:text/html,x", "//news.example",
          "news.example", "https:///path", "https://?x", "https://user@news.example/",
          "https://news.example/\"><script>", "https://news.example/'x", "https://news.example/ x",
          "https://news.example/#x", "https://news.example\\x", "https://news.example/\n",
          "https://n\xc3\xa9ws.example/", "HTTPS://news.example/", "https://-x/"})
        EXPECT_FALSE(is_neutral_page(bad)) << bad;
    EXPECT_FALSE(is_neutral_page("https://news.example/" + std::string(200, 'x')));
}

// A tab that was open before the upgrade has not loaded every part of the page yet.
TEST_F(PagesTest, KeepTheHashedFilesOfTheBuildBefore) {
    folder_.write("assets/part-1a2b3c4d5e6f.js", "old part");
    folder_.write("assets/part-1a2b3c4d5e6f.js.br", "old, packed");
    folder_.write("plain.txt", "old text");
    const Pages before(folder_.path());
    const TemporaryFolder next;
    next.write("index.html", "new home");
    next.write("assets/part-0f0f0f0f0f0f.js", "new part");
    Pages pages(next.path());
    EXPECT_EQ(pages.answer({"/assets/part-1a2b3c4d5e6f.js", {}, {}}).status, 404U);
    pages.keep_from(before);
    EXPECT_EQ(*pages.answer({"/assets/part-1a2b3c4d5e6f.js", {}, {}}).body, "old part");
    EXPECT_EQ(*pages.answer({"/assets/part-1a2b3c4d5e6f.js", "br", {}}).body, "old, packed");
    EXPECT_EQ(*pages.answer({"/assets/part-0f0f0f0f0f0f.js", {}, {}}).body, "new part");
    EXPECT_EQ(*pages.answer({"/", {}, {}}).body, "new home");
    EXPECT_EQ(pages.answer({"/plain.txt", {}, {}}).status, 404U);
}

TEST_F(PagesTest, KeepNoMoreOfOldBuildsThanTheyMayHoldAtAll) {
    folder_.write("assets/part-1a2b3c4d5e6f.js", std::string(limits::pages_bytes_max - 100, 'x'));
    const Pages before(folder_.path());
    const TemporaryFolder next;
    next.write("index.html", std::string(200, 'y'));
    Pages pages(next.path());
    pages.keep_from(before);
    EXPECT_EQ(pages.answer({"/assets/part-1a2b3c4d5e6f.js", {}, {}}).status, 404U);
}

TEST_F(PagesTest, SendPartsOfAPageWithoutWhatOnlyADocumentHeeds) {
    folder_.write("assets/part-1a2b3c4d5e6f.js", "1");
    EXPECT_FALSE(get("/assets/part-1a2b3c4d5e6f.js").is_document);
    for (const std::string_view target : {"/", "/staff", "/none", "/join#1.x"}) EXPECT_TRUE(get(target).is_document);
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
    const std::string headers = std::string(strict_headers()).append(document_headers());
    EXPECT_TRUE(strict_headers().ends_with("\r\n"));
    EXPECT_TRUE(headers.ends_with("\r\n"));
    EXPECT_EQ(headers.find("\r\n\r\n"), std::string_view::npos);
    EXPECT_EQ(headers.find("http"), std::string_view::npos);
    EXPECT_EQ(headers.find("unsafe-inline"), std::string_view::npos);
    EXPECT_EQ(headers.find("Strict-Transport-Security"), std::string_view::npos);
    EXPECT_EQ(tls_only_header(), "Strict-Transport-Security: max-age=31536000\r\n");
}

TEST(ClearSiteData, IsAskedForInAnAnswerThatIsKeptNowhere) {
    const Answer answer = clear_site_data_answer();
    EXPECT_EQ(answer.status, 204U);
    EXPECT_EQ(answer.headers, "Clear-Site-Data: \"cache\", \"cookies\", \"storage\"\r\nCache-Control: no-store\r\n");
    EXPECT_EQ(answer.body, nullptr);
}

}  // namespace
}  // namespace veranda::net
