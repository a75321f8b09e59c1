// POSIX files: modes at creation, rename for replacing, sync before it counts.
#include "client-lib/terminal/org/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace veranda::terminal {
namespace {

[[noreturn]] void complain(const Path& path, const char* what) {
    throw Complaint(std::string(what) + ' ' + path.string() + ": " + std::strerror(errno));
}

void write_all(int descriptor, std::string_view text, const Path& path) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) complain(path, "cannot write");
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(descriptor) != 0) complain(path, "cannot write");
}

void sync_folder_of(const Path& path) {
    const Path folder = path.has_parent_path() ? path.parent_path() : Path(".");
    const Descriptor descriptor{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (descriptor.value >= 0) ::fsync(descriptor.value);
}

void write_new(const Path& path, std::string_view text, Access access) {
    const mode_t mode = access == Access::owner ? 0600 : 0644;
    const Descriptor file{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)};
    if (file.value < 0) complain(path, "cannot make");
    try {
        write_all(file.value, text, path);
    } catch (...) {
        ::unlink(path.c_str());
        throw;
    }
}

}  // namespace

std::string read_file(const Path& path) {
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.value < 0) complain(path, "cannot read");
    std::string text;
    char piece[4096];
    while (true) {
        const ssize_t count = ::read(file.value, piece, sizeof piece);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) complain(path, "cannot read");
        if (count == 0) return text;
        text.append(piece, static_cast<std::size_t>(count));
        if (text.size() > file_bytes_max) throw Complaint(path.string() + ": too large to be one of ours");
    }
}

void create_file(const Path& path, std::string_view text, Access access) {
    write_new(path, text, access);
    sync_folder_of(path);
}

void replace_file(const Path& path, std::string_view text, Access access) {
    Path beside = path;
    beside += ".new";
    ::unlink(beside.c_str());  // left by one that was interrupted
    write_new(beside, text, access);
    if (::rename(beside.c_str(), path.c_str()) != 0) complain(path, "cannot replace");
    sync_folder_of(path);
}

FolderLock::FolderLock(const Path& file_in_folder) : descriptor_(::open(file_in_folder.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) complain(file_in_folder, "cannot read");
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
    ::close(descriptor_);
    throw Complaint("another veranda org is at work in " + file_in_folder.parent_path().string(), ExitCode::failed);
}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Bytes unarmoured(const Path& path, std::string text, std::string_view title) {
    auto bytes = unarmour(title, with_armour_line_ends(std::move(text)));
    if (!bytes && bytes.error().is(veranda::faults::armour_begin))
        throw Complaint(path.string() + ": does not begin with -----BEGIN " + std::string(title) + "-----");
    if (!bytes) throw Complaint(path.string() + ": damaged in line " + std::to_string(bytes.error().detail));
    return *std::move(bytes);
}

Bytes read_armoured_bytes(const Path& path, std::string_view title) { return unarmoured(path, read_file(path), title); }

}  // namespace veranda::terminal
