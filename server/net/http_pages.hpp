// The web client's files, held in memory, and the headers that every answer bears. No socket, no Beast.
//
// The files are read once and known by their paths; a request is looked up among them, so no request reaches the file
// system. What is not known is 404, and is never repeated: not in an answer, not in a log.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace veranda::net {

// A request as far as pages care. Views into the request's head.
struct PageRequest {
    std::string_view target;
    std::string_view accept_encoding;
    std::string_view if_none_match;
};

// An answer without its status line. `body` is shared with the pages, which may be loaded anew meanwhile.
struct Answer {
    unsigned status = 404;
    std::string headers;  // each ends in CRLF; Content-Length is not among them
    std::shared_ptr<const std::string> body;
    bool is_document = true;  // false: a part of a page, by a name that bears its hash
};

class PagesError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Pages {
public:
    Pages() = default;  // no files: a server without a web client
    // `neutral_page`: where "Leave quickly" lands, written into index.html; empty: what index.html says itself.
    // Caller must: have checked it (is_neutral_page).
    // Errors: PagesError; the folder is not there, has no index.html, or is larger than pages_bytes_max; index.html has
    // no place for the neutral page.
    explicit Pages(const std::filesystem::path& folder, std::string_view neutral_page = {});

    // One more page, of plain text, that stands in no folder. It replaces one of the same path.
    void add(std::string path, std::string text);

    // A tab that was opened before an upgrade still asks for the files of that build: those whose names bear a hash are
    // served on, as many as fit into pages_bytes_max.
    void keep_from(const Pages& before);

    Answer answer(const PageRequest& request) const;

private:
    struct File {
        std::shared_ptr<const std::string> plain;
        std::shared_ptr<const std::string> gzip;
        std::shared_ptr<const std::string> brotli;
        std::string_view content_type;
        std::string etag;  // only of a file whose name has a hash of what is in it

        std::size_t bytes() const;
    };
    void load(const std::filesystem::path& folder);
    void name_neutral_page(std::string_view address);
    Answer serve(const File& file, const PageRequest& request) const;

    std::map<std::string, File, std::less<>> files_;  // by path, with the slash in front
};

// Security headers of every answer, whatever it is; and those that only a document heeds, which the parts of a page go
// without: a first use fetches a dozen of them over a slow line.
std::string_view strict_headers();
std::string_view document_headers();

// One more, where people reach the server by TLS.
std::string_view tls_only_header();

// The answer to who leaves quickly: the browser is to forget what it keeps of this origin. Nothing is noted of it.
Answer clear_site_data_answer();

// An address that "Leave quickly" may land on: https, and no character that means something in HTML but for `&`.
bool is_neutral_page(std::string_view address);

// A short answer in plain words.
Answer plain_answer(unsigned status, std::string_view text);
Answer json_answer(unsigned status, std::string json);

// An invite's link that arrived broken: its `#` became part of the path, so its secret has been seen by whatever lies
// between. True for anything that could be one.
bool looks_like_a_secret(std::string_view target);

std::string_view reason_phrase(unsigned status);

}  // namespace veranda::net
