// The group book's file: opened once, with what is wrong with it said by name, and written whole to a new file that
// then takes the old one's place. Nothing that cannot be read is ever written over. Specification: docs/protocol.md,
// 13.
#pragma once

#include "client-lib/circle/joining/group_book.hpp"
#include "client-lib/terminal/org/files.hpp"

namespace veranda::terminal {

class BookFile {
public:
    // Asks for its passphrase if `passphrase_file` names none: twice for a file that is still to be made. Complains
    // about a file that is damaged, of a newer version, under another passphrase, or of another organisation, and about
    // a folder that no file can be made in.
    static BookFile open(const Path& path, const std::optional<Path>& passphrase_file, const SignatureKey& root);

    std::optional<circle::GroupBook> take_book() { return std::exchange(book_, std::nullopt); }

    // An encoded GroupBookBody, of the group that the file is of. What another process has written since is kept: both
    // go together. Complains if it cannot be written; the file is then as it was.
    void save(Bytes body, crypto::RandomSource& random);

private:
    BookFile(Path path, crypto::SecretBytes passphrase, const SignatureKey& root)
        : path_(std::move(path)), passphrase_(std::move(passphrase)), root_(root) {}
    circle::GroupBook read(const std::string& text) const;

    Path path_;
    crypto::SecretBytes passphrase_;
    SignatureKey root_;
    std::optional<circle::GroupBook> book_;
    std::optional<GroupId> group_;  // of the file; none: it is not there yet
    Hash written_;                  // of the text that we have read or written last
};

}  // namespace veranda::terminal
