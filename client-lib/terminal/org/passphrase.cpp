// The terminal's echo is put back however this ends: Ctrl-C does not end the program in the middle of a prompt, it ends
// the line, and the line is then a complaint.
#include "client-lib/terminal/org/passphrase.hpp"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace veranda::terminal {
namespace {

constexpr std::size_t passphrase_bytes_max = 1024;
constexpr char ctrl_c = '\x03';

// To a terminal that is not there any more there is nothing to say.
void say(int descriptor, std::string_view text) {
    [[maybe_unused]] const ssize_t written = ::write(descriptor, text.data(), text.size());
}

class SilentTerminal {
public:
    explicit SilentTerminal(int descriptor) : descriptor_(descriptor) {
        ::tcgetattr(descriptor_, &before_);
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
        silent.c_lflag |= ICANON;
        silent.c_cc[VEOL] = ctrl_c;
        ::tcsetattr(descriptor_, TCSAFLUSH, &silent);
    }
    ~SilentTerminal() {
        ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
        say(descriptor_, "\n");  // the one she typed was not shown
    }
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
        if (line.view()[size] == ctrl_c) throw Complaint("no passphrase was given", ExitCode::failed);
        ++size;
    }
    if (size == passphrase_bytes_max) throw Complaint("the passphrase is too long");
    if (size > 0 && line.view()[size - 1] == '\r') --size;
    return crypto::SecretBytes::copy_of(line.view().first(size));
}

crypto::SecretBytes ask(const std::string& prompt) {
    const Descriptor terminal{::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)};
    if (terminal.value < 0)
        throw Complaint("there is no terminal to ask for the passphrase on; use --passphrase-file FILE");
    const SilentTerminal silent(terminal.value);
    say(terminal.value, prompt + ": ");
    return read_line(terminal.value);
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
