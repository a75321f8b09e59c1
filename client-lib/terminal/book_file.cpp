// Each complaint is one line that says what is wrong and that nothing was changed.
#include "client-lib/terminal/book_file.hpp"

#include <unistd.h>

#include "client-lib/terminal/org/passphrase.hpp"
#include "crypto/sealed/faults.hpp"
#include "crypto/verify/hash.hpp"

namespace veranda::terminal {
namespace {

namespace faults = circle::faults;

[[noreturn]] void complain(const Path& path, const Error& error) {
    const std::string file = path.string();
    if (error.is(faults::book_newer_version)) throw Complaint(file + ": this book is of a newer Veranda");
    if (error.is(faults::book_passphrase)) throw Complaint("wrong passphrase for " + file);
    if (error.is(crypto::faults::password_cost))
        throw Complaint("not enough memory to open or seal " + file + " (64 MiB are needed)", ExitCode::failed);
    if (error.is(faults::book_entry_writer)) throw Complaint(file + ": this is no book of your organisation's");
    if (error.is(faults::book_other_group)) throw Complaint(file + ": this is the book of another group");
    if (error.is(faults::book_full)) throw Complaint(file + ": this book is full");
    throw Complaint(file + ": its contents are damaged; take the copy that another facilitator has");
}

Hash hash_of(const std::string& text) { return crypto::sha256(as_bytes(text)); }

// Whatever way it is left.
struct Wiped {
    Bytes& bytes;
    explicit Wiped(Bytes& its) : bytes(its) {}
    Wiped(const Wiped&) = delete;
    ~Wiped() { crypto::wipe(bytes); }
};

void check_folder(const Path& path) {
    const Path folder = path.has_parent_path() ? path.parent_path() : Path(".");
    if (::access(folder.c_str(), W_OK) != 0) throw Complaint("cannot make " + path.string() + " in that folder");
}

}  // namespace

BookFile BookFile::open(const Path& path, const std::optional<Path>& passphrase_file, const SignatureKey& root) {
    std::error_code ignored;
    const bool is_there = std::filesystem::exists(path, ignored);
    check_folder(is_there ? std::filesystem::canonical(path) : path);
    if (!is_there) return {path, new_passphrase("New passphrase for " + path.string(), passphrase_file), root};
    // A link stays one: what it points to is replaced.
    BookFile file(std::filesystem::canonical(path), {}, root);
    const std::string text = read_file(file.path_);
    (void)unarmoured(file.path_, text, armour_titles::group_book);  // before a passphrase is asked for
    file.passphrase_ = passphrase("Passphrase for " + path.string(), passphrase_file);
    file.book_ = file.read(text);
    file.group_ = file.book_->group();
    file.written_ = hash_of(text);
    return file;
}

circle::GroupBook BookFile::read(const std::string& text) const {
    auto book = circle::open_book(unarmoured(path_, text, armour_titles::group_book), passphrase_.view(), root_);
    if (!book) complain(path_, book.error());
    return *std::move(book);
}

void BookFile::save(Bytes body, crypto::RandomSource& random) {
    const Wiped wiped(body);
    const auto ours = tls::decode<GroupBookBody>(body);
    const auto group = ours && !ours->entries.empty() ? std::optional(ours->entries.front().body.group) : std::nullopt;
    if (!group) complain(path_, Error{&faults::book_damaged});
    if (group_ && group_ != group) complain(path_, Error{&faults::book_other_group});
    std::error_code ignored;
    const std::string text_there = std::filesystem::exists(path_, ignored) ? read_file(path_) : std::string();
    if (!text_there.empty() && hash_of(text_there) != written_) {
        auto merged = circle::GroupBook::from(*ours, root_);
        if (!merged) complain(path_, merged.error());
        if (const auto both = merged->merge(read(text_there)); !both) complain(path_, both.error());
        crypto::wipe(body);
        body = tls::encode(merged->body());
    }
    const auto sealed = circle::seal_book_body(body, passphrase_.view(), random);
    if (!sealed) complain(path_, sealed.error());
    if (sealed->size() > armoured_bytes_max) complain(path_, Error{&faults::book_full});
    const std::string text = armour(armour_titles::group_book, *sealed);
    replace_file(path_, text, Access::owner);
    group_ = group;
    written_ = hash_of(text);
}

}  // namespace veranda::terminal
