// Files of an organisation and its staff: read whole, written whole or not at all, secrets for their owner's eyes only.
#pragma once

#include <unistd.h>

#include <filesystem>

#include "client-lib/terminal/complaint.hpp"
#include "protocol/armour.hpp"
#include "protocol/tls_syntax.hpp"

namespace veranda::terminal {

using Path = std::filesystem::path;

// A file descriptor that is closed when it goes.
struct Descriptor {
    int value;
    explicit Descriptor(int descriptor) : value(descriptor) {}
    ~Descriptor() {
        if (value >= 0) ::close(value);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
};

enum class Access { everyone, owner };  // 0644 or 0600

inline constexpr std::size_t file_bytes_max = 2 * armoured_bytes_max;

// All complain with the file's name and the system's reason.
std::string read_file(const Path& path);
void create_file(const Path& path, std::string_view text, Access access);   // complains if there is one already
void replace_file(const Path& path, std::string_view text, Access access);  // by rename: the old one or the new one

// Keeps a second `veranda org` out of the same folder until destroyed. Complains if one is at work.
class FolderLock {
public:
    explicit FolderLock(const Path& file_in_folder);
    ~FolderLock();
    FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FolderLock& operator=(FolderLock&&) = delete;

private:
    int descriptor_;
};

// Takes line ends as mail programs leave them. `path`: whose text it is, for the complaint.
Bytes unarmoured(const Path& path, std::string text, std::string_view title);
Bytes read_armoured_bytes(const Path& path, std::string_view title);

template <class T>
T read_armoured(const Path& path, std::string_view title) {
    auto value = tls::decode<T>(read_armoured_bytes(path, title));
    if (!value) throw Complaint(path.string() + ": its contents are damaged");
    return *std::move(value);
}

template <class T>
std::string armoured(std::string_view title, const T& value) {
    return armour(title, tls::encode(value));
}

}  // namespace veranda::terminal
