// The terminal's echo is put back however this ends.
#include "client-lib/terminal/org/passphrase.hpp"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace veranda::terminal {
namespace {

constexpr std::size_t passphrase_bytes_max = 1024;

class SilentTerminal {
public:
    explicit SilentTerminal(int descriptor) : descriptor_(descriptor) {
        ::tcgetattr(descriptor_, &before_);
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent.c_lflag |= ICANON;
        ::tcsetattr(descriptor_, TCSAFLUSH, &silent);
    }
    ~SilentTerminal() { ::tcsetattr(descriptor_, TCSAFLUSH, &before_); }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

private:
    int descriptor_;
    termios before_{};
};

// One line, without its end, into memory that wipes itself.
crypto::SecretBytes read_line(int descriptor) {
    crypto::Secret<passphrase_bytes_max> line;
    std::size_t size = 0;
    while (size < passphrase_bytes_max) {
        const ssize_t count = ::read(descriptor, line.writable().data() + size, 1);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0 || line.view()[size] == '\n') break;
        ++size;
    }
    if (size == passphrase_bytes_max) throw Complaint("the passphrase is too long");
    if (size > 0 && line.view()[size - 1] == '\r') --size;
    return crypto::SecretBytes::copy_of(line.view().first(size));
}

void say(int descriptor, std::string_view text) {
    if (::write(descriptor, text.data(), text.size()) < 0) throw Complaint("cannot write to the terminal");
}

crypto::SecretBytes ask(const std::string& prompt) {
    const Descriptor terminal{::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)};
    if (terminal.value < 0)
        throw Complaint("there is no terminal to ask for the passphrase on; use --passphrase-file FILE");
    const SilentTerminal silent(terminal.value);
    say(terminal.value, prompt + ": ");
    crypto::SecretBytes line = read_line(terminal.value);
    say(terminal.value, "\n");
    return line;
}

crypto::SecretBytes from_file(const Path& file) {
    const Descriptor descriptor{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    if (descriptor.value < 0) throw Complaint("cannot read " + file.string() + ": " + std::strerror(errno));
    return read_line(descriptor.value);
}

}  // namespace

crypto::SecretBytes passphrase(const std::string& prompt, const std::optional<Path>& file) {
    crypto::SecretBytes answer = file ? from_file(*file) : ask(prompt);
    if (answer.empty()) throw Complaint("the passphrase is empty");
    return answer;
}

crypto::SecretBytes new_passphrase(const std::string& prompt, const std::optional<Path>& file) {
    crypto::SecretBytes answer = passphrase(prompt, file);
    if (!file && !(passphrase("Once more", file) == answer)) throw Complaint("the two passphrases differ");
    return answer;
}

}  // namespace veranda::terminal
