// Which file answers which path, and how long a browser may keep it: a file whose name bears its hash, for ever; any
// other not at all, for what a phone keeps can be found on it.
#include "server/net/http_pages.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "crypto/verify/hash.hpp"
#include "protocol/hex.hpp"
#include "server/net/limits.hpp"

namespace veranda::net {
namespace {

namespace fs = std::filesystem;

struct ContentType {
    std::string_view extension;
    std::string_view type;
};

// The closed list: a file of another kind is not served.
constexpr std::array content_types = {
    ContentType{".html", "text/html; charset=utf-8"},
    ContentType{".js", "text/javascript; charset=utf-8"},
    ContentType{".mjs", "text/javascript; charset=utf-8"},
    ContentType{".css", "text/css; charset=utf-8"},
    ContentType{".wasm", "application/wasm"},
    ContentType{".json", "application/json"},
    ContentType{".webmanifest", "application/manifest+json"},
    ContentType{".svg", "image/svg+xml"},
    ContentType{".png", "image/png"},
    ContentType{".ico", "image/x-icon"},
    ContentType{".woff2", "font/woff2"},
    ContentType{".txt", "text/plain; charset=utf-8"},
    ContentType{".pub", "text/plain; charset=utf-8"},
    ContentType{".minisig", "text/plain; charset=utf-8"},
};

constexpr std::string_view broken_link_page =
    "<!doctype html><html lang=\"en\" translate=\"no\"><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width\"><title>Link</title>\n"
    "<p>This link arrived broken. Its secret part may have been seen by others, so please throw the link away and ask "
    "for a new one.</p>\n"
    "<p lang=\"fr\">Ce lien est arrivé abîmé. Sa partie secrète a peut-être été vue par d’autres : jetez-le et "
    "demandez-en "
    "un nouveau.</p>\n"
    "<p lang=\"it\">Questo link è arrivato rotto. La sua parte segreta potrebbe essere stata vista da altri: buttalo "
    "via e "
    "chiedine uno nuovo.</p>\n"
    "<p lang=\"pcm\">Dis link don spoil. Oda pipol fit don see di secret wey dey inside, so abeg trow am away and ask "
    "for "
    "new one.</p>\n"
    "<p lang=\"ar\" dir=\"rtl\">وصل هذا الرابط معطوبًا، وربما رأى آخرون الجزء السري منه. تخلّص منه واطلب رابطًا "
    "جديدًا.</p>\n";

std::string_view content_type_of(const fs::path& path) {
    const std::string extension = path.extension().string();
    for (const ContentType& known : content_types)
        if (known.extension == extension) return known.type;
    return {};
}

bool is_base64url(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

// `name-1a2b3c4d5e6f.js`, as the page's build writes it: at least eight characters of hex behind the last dash.
bool name_has_hash(const fs::path& path) {
    const std::string stem = path.stem().string();
    const std::size_t dash = stem.rfind('-');
    if (dash == std::string::npos || stem.size() - dash - 1 < 8) return false;
    return stem.find_first_not_of("0123456789abcdef", dash + 1) == std::string::npos;
}

std::string etag_of(std::string_view content) {
    const Hash hash = crypto::sha256(as_bytes(content));
    return '"' + to_hex(ByteView(hash.bytes).first(12)) + '"';
}

std::shared_ptr<const std::string> read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    if (!in) throw PagesError("cannot read " + path.string());
    return std::make_shared<const std::string>(std::move(content).str());
}

std::string header(std::string_view name, std::string_view value) {
    return std::string(name).append(": ").append(value).append("\r\n");
}

std::size_t size_of(const std::shared_ptr<const std::string>& content) { return content ? content->size() : 0; }

bool accepts(std::string_view accept_encoding, std::string_view coding) {
    const std::size_t at = accept_encoding.find(coding);
    if (at == std::string_view::npos) return false;
    const std::string_view after = accept_encoding.substr(at + coding.size());
    return !after.starts_with(";q=0") || after.starts_with(";q=0.");
}

}  // namespace

Pages::Pages(const fs::path& folder, std::string_view neutral_page) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) throw PagesError("no folder of pages at " + folder.string());
    load(folder);
    if (!files_.contains("/index.html")) throw PagesError("no index.html in " + folder.string());
    if (!neutral_page.empty()) name_neutral_page(neutral_page);
    for (const char* const path : {"/", "/join", "/staff"}) files_[path] = files_["/index.html"];
}

// In index.html, for the page's policy lets it ask nobody but this server, and a question of its own would come too
// late. What is packed does not hold the address, and goes.
void Pages::name_neutral_page(std::string_view address) {
    constexpr std::string_view place = R"(name="veranda-away" content="about:blank")";
    File& index = files_["/index.html"];
    const std::size_t at = index.plain->find(place);
    if (at == std::string::npos) throw PagesError("index.html has no place for the neutral page");
    std::string escaped;
    for (const char c : address) escaped += c == '&' ? "&amp;" : std::string(1, c);
    std::string text = *index.plain;
    text.replace(at, place.size(), R"(name="veranda-away" content=")" + escaped + '"');
    index.plain = std::make_shared<const std::string>(std::move(text));
    index.gzip = index.brotli = nullptr;
}

std::size_t Pages::File::bytes() const { return size_of(plain) + size_of(gzip) + size_of(brotli); }

void Pages::keep_from(const Pages& before) {
    std::size_t bytes = 0;
    for (const auto& [path, file] : files_) bytes += file.bytes();
    for (const auto& [path, file] : before.files_) {
        if (file.etag.empty() || files_.contains(path)) continue;
        bytes += file.bytes();
        if (bytes > limits::pages_bytes_max) return;
        files_[path] = file;
    }
}

void Pages::load(const fs::path& folder) {
    std::size_t bytes = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        const fs::path& path = entry.path();
        const std::string extension = path.extension().string();
        const bool packed = extension == ".gz" || extension == ".br";
        const fs::path name = packed ? fs::path(path).replace_extension() : path;
        const std::string_view type = content_type_of(name);
        if (type.empty() || path.filename().string().starts_with('.')) continue;

        bytes += entry.file_size();
        if (bytes > limits::pages_bytes_max) throw PagesError("too many pages in " + folder.string());
        File& file = files_["/" + fs::relative(name, folder).generic_string()];
        file.content_type = type;
        auto content = read_file(path);
        if (!packed && name_has_hash(name)) file.etag = etag_of(*content);
        (extension == ".gz" ? file.gzip : extension == ".br" ? file.brotli : file.plain) = std::move(content);
    }
    std::erase_if(files_, [](const auto& item) { return item.second.plain == nullptr; });
}

void Pages::add(std::string path, std::string text) {
    File file;
    file.plain = std::make_shared<const std::string>(std::move(text));
    file.content_type = content_type_of("page.txt");
    files_[std::move(path)] = std::move(file);
}

Answer Pages::answer(const PageRequest& request) const {
    if (looks_like_a_secret(request.target))
        return {404, header("Content-Type", "text/html; charset=utf-8") + header("Cache-Control", "no-store"),
                std::make_shared<const std::string>(broken_link_page)};
    const std::string_view path = request.target.substr(0, request.target.find('?'));
    const auto found = files_.find(path);
    if (found == files_.end()) return plain_answer(404, "There is no such page.\n");
    return serve(found->second, request);
}

Answer Pages::serve(const File& file, const PageRequest& request) const {
    Answer answer{200, header("Content-Type", file.content_type), file.plain};
    if (file.etag.empty()) {
        answer.headers += header("Cache-Control", "no-store");
    } else {
        answer.is_document = false;
        answer.headers += header("Cache-Control", "public, max-age=31536000, immutable") + header("ETag", file.etag);
        if (request.if_none_match == file.etag) {
            answer.status = 304;
            answer.body = nullptr;
            return answer;
        }
    }
    if (file.gzip || file.brotli) answer.headers += header("Vary", "Accept-Encoding");
    if (file.brotli && accepts(request.accept_encoding, "br")) {
        answer.headers += header("Content-Encoding", "br");
        answer.body = file.brotli;
    } else if (file.gzip && accepts(request.accept_encoding, "gzip")) {
        answer.headers += header("Content-Encoding", "gzip");
        answer.body = file.gzip;
    }
    return answer;
}

std::string_view strict_headers() {
    return "Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
           "connect-src 'self'; img-src 'self' data:; worker-src 'self'; manifest-src 'self'; base-uri 'none'; "
           "form-action 'none'; frame-ancestors 'none'\r\n"
           "Cross-Origin-Embedder-Policy: require-corp\r\n"
           "Cross-Origin-Resource-Policy: same-origin\r\n"
           "Referrer-Policy: no-referrer\r\n"
           "X-Content-Type-Options: nosniff\r\n"
           "X-Robots-Tag: noindex, nofollow, noarchive\r\n";
}

std::string_view document_headers() {
    return "Cross-Origin-Opener-Policy: same-origin\r\n"
           "Origin-Agent-Cluster: ?1\r\n"
           "X-Frame-Options: DENY\r\n"
           "X-DNS-Prefetch-Control: off\r\n"
           "Permissions-Policy: accelerometer=(), browsing-topics=(), camera=(), clipboard-read=(), "
           "display-capture=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), "
           "magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), "
           "serial=(), usb=(), xr-spatial-tracking=()\r\n";
}

std::string_view tls_only_header() { return "Strict-Transport-Security: max-age=31536000\r\n"; }

Answer clear_site_data_answer() {
    return {204, header("Clear-Site-Data", R"("cache", "cookies", "storage")") + header("Cache-Control", "no-store"),
            nullptr};
}

bool is_neutral_page(std::string_view address) {
    constexpr std::string_view scheme = "https://";
    if (!address.starts_with(scheme) || address.size() > limits::neutral_page_bytes_max) return false;
    const std::string_view rest = address.substr(scheme.size());
    const std::string_view host = rest.substr(0, rest.find_first_of("/?"));
    const auto is_letter_or_digit = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    };
    const auto is_of_a_host = [&](char c) { return is_letter_or_digit(c) || c == '-' || c == '.' || c == ':'; };
    const auto is_of_an_address = [&](char c) {
        return is_of_a_host(c) || std::string_view("/?&=%_~+,;").find(c) != std::string_view::npos;
    };
    return !host.empty() && is_letter_or_digit(host.front()) && std::all_of(host.begin(), host.end(), is_of_a_host) &&
           std::all_of(rest.begin(), rest.end(), is_of_an_address);
}

Answer plain_answer(unsigned status, std::string_view text) {
    return {status, header("Content-Type", "text/plain; charset=utf-8") + header("Cache-Control", "no-store"),
            std::make_shared<const std::string>(text)};
}

Answer json_answer(unsigned status, std::string json) {
    return {status, header("Content-Type", "application/json") + header("Cache-Control", "no-store"),
            std::make_shared<const std::string>(std::move(json))};
}

bool looks_like_a_secret(std::string_view target) {
    constexpr std::size_t secret_characters = 60;
    if (target.find('#') != std::string_view::npos || target.find("%23") != std::string_view::npos) return true;
    if (target.starts_with("/join/") || target.starts_with("/join?") || target.starts_with("/join%")) return true;
    std::size_t run = 0;
    for (const char c : target) {
        run = is_base64url(c) ? run + 1 : 0;
        if (run >= secret_characters) return true;
    }
    return false;
}

std::string_view reason_phrase(unsigned status) {
    switch (status) {
        case 200: return "OK";
        case 204: return "No Content";
        case 304: return "Not Modified";
        case 400: return "Bad Request";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 408: return "Request Timeout";
        case 413: return "Content Too Large";
        case 426: return "Upgrade Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 503: return "Service Unavailable";
        default: return "Error";
    }
}

}  // namespace veranda::net
