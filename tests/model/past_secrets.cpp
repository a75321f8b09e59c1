// The list, kept masked so that it is not found itself, and the two processes.
#include "tests/model/past_secrets.hpp"

#include <execinfo.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <bitset>
#include <cstring>
#include <map>
#include <set>
#include <sstream>
#include <unordered_map>

#include "tests/support/process_memory.hpp"

namespace veranda::tests {
namespace {

constexpr std::uint8_t mask = 0xa7;
// A nonce, a key or secret, a signing key with its public half. More is a message or a hash's state.
constexpr bool is_secret_size(std::size_t size) { return size == 12 || size == 32 || size == 64; }
constexpr std::size_t secret_bytes_max = 64;
constexpr std::size_t callers_kept = 8;
constexpr std::size_t list_length_max = 1 << 17;

struct Wiped {
    std::uint8_t size = 0;
    std::array<std::uint8_t, secret_bytes_max> masked{};
    std::array<void*, callers_kept> callers{};
};

struct List {
    bool open = false;
    std::vector<Wiped> wiped;
};

List& list() {
    static List of_this_process;
    return of_this_process;
}

void note(const volatile std::uint8_t* bytes, std::size_t size) {
    if (!list().open || !is_secret_size(size)) return;
    list().open = false;  // nothing that the noting itself does is noted
    if (list().wiped.size() < list_length_max) {
        Wiped& wiped = list().wiped.emplace_back();
        wiped.size = static_cast<std::uint8_t>(size);
        for (std::size_t i = 0; i < size; ++i) wiped.masked[i] = bytes[i] ^ mask;
        if (std::getenv("VERANDA_WIPED_BY") != nullptr) ::backtrace(wiped.callers.data(), callers_kept);
    }
    list().open = true;
}

}  // namespace
}  // namespace veranda::tests

extern "C" {
extern const char __executable_start;  // the linker's
extern const char etext;
}

// libsodium's own calls come here too. They are not listed: some wipe what was never written, and so whatever stood
// there before.
extern "C" void sodium_memzero(void* const bytes, const std::size_t size) {
    const auto* caller = static_cast<const char*>(__builtin_return_address(0));
    if (&__executable_start <= caller && caller < &etext)
        veranda::tests::note(static_cast<const volatile std::uint8_t*>(bytes), size);
    ::explicit_bzero(bytes, size);
}

namespace veranda::tests {
namespace {

class Pipe {
public:
    Pipe() { EXPECT_EQ(::pipe(ends_), 0); }
    void keep_reading() { close(1); }
    void keep_writing() { close(0); }

    void write(const void* bytes, std::size_t size) const {
        const auto* from = static_cast<const std::uint8_t*>(bytes);
        while (size > 0) {
            const ssize_t done = ::write(ends_[1], from, size);
            if (done <= 0) ::_exit(3);
            from += done;
            size -= static_cast<std::size_t>(done);
        }
    }
    void write_number(std::uint64_t number) const { write(&number, sizeof number); }

    // False: the other end has closed.
    bool read(void* bytes, std::size_t size) const {
        auto* to = static_cast<std::uint8_t*>(bytes);
        while (size > 0) {
            const ssize_t done = ::read(ends_[0], to, size);
            if (done <= 0) return false;
            to += done;
            size -= static_cast<std::size_t>(done);
        }
        return true;
    }
    Bytes read_all(std::uint64_t size) const {
        Bytes bytes(size);
        if (!read(bytes.data(), bytes.size())) bytes.clear();
        return bytes;
    }

private:
    void close(int end) {
        ::close(ends_[end]);
        ends_[end] = -1;
    }
    int ends_[2]{-1, -1};
};

// --- in the watched process

void tell_living(const Pipe& to_watcher, const std::function<Bytes()>& living) {
    const pid_t asked = ::fork();
    if (asked == 0) {
        list().open = false;
        const Bytes bytes = living();
        to_watcher.write_number(bytes.size());
        to_watcher.write(bytes.data(), bytes.size());
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(asked, &status, 0);
}

[[noreturn]] void be_watched(const std::function<void(const LookNow&)>& life, Pipe& to_watcher, Pipe& from_watcher) {
    to_watcher.keep_writing();
    from_watcher.keep_reading();
    list().wiped.reserve(list_length_max);
    list().open = true;
    life([&](const std::function<Bytes()>& living) {
        to_watcher.write_number(list().wiped.size());
        to_watcher.write(list().wiped.data(), list().wiped.size() * sizeof(Wiped));
        tell_living(to_watcher, living);
        char seen = 0;
        if (!from_watcher.read(&seen, 1)) ::_exit(3);
    });
    ::_exit(testing::Test::HasFailure() ? 1 : 0);
}

// --- in the watching process

using Secret = std::string;

struct PastSecrets {
    std::map<Secret, std::string> wiped_by;
};

bool is_random(const Secret& secret) { return std::set<char>(secret.begin(), secret.end()).size() > secret.size() / 2; }

std::string callers_of(const Wiped& wiped) {
    std::ostringstream text;
    for (void* caller : wiped.callers)
        if (caller != nullptr) text << caller << ' ';
    return text.str();
}

PastSecrets unmask(const std::vector<Wiped>& wiped) {
    PastSecrets secrets;
    for (const Wiped& one : wiped) {
        Secret secret;
        for (std::size_t i = 0; i < one.size; ++i) secret.push_back(static_cast<char>(one.masked[i] ^ mask));
        if (is_random(secret)) secrets.wiped_by.emplace(secret, callers_of(one));
    }
    return secrets;
}

// A signing key lives as long as its public half stands in some tree; its seed is its first half.
void strike_out_the_living(PastSecrets& secrets, const std::string& living) {
    std::set<Secret> seeds;
    for (const auto& [secret, by] : secrets.wiped_by)
        if (secret.size() == 64 && living.find(secret.substr(32)) != std::string::npos)
            seeds.insert(secret.substr(0, 32));
    std::erase_if(secrets.wiped_by, [&](const auto& entry) {
        const Secret& secret = entry.first;
        return living.find(secret) != std::string::npos || seeds.contains(secret.substr(0, 32));
    });
}

// What is looked for of each secret: two pieces of 16 bytes. Not its first byte nor its last, as X25519 changes bits of
// these in the copy it works with. Of a nonce: all of it.
std::vector<std::string> pieces_of(const Secret& secret) {
    if (secret.size() < 32) return {secret};
    return {secret.substr(1, 16), secret.substr(15, 16)};
}

class Search {
public:
    explicit Search(const PastSecrets& secrets) {
        for (const auto& [secret, by] : secrets.wiped_by)
            for (const std::string& piece : pieces_of(secret)) {
                pieces_[head(piece.data())].push_back({piece, &secret, &by});
                filter_.set(shortened(head(piece.data())));
            }
    }

    void look_into(const ProcessMemory::Region& region, std::vector<Leak>& leaks) const {
        const std::string_view bytes = region.bytes;
        for (std::size_t at = 0; at + 8 <= bytes.size(); ++at) {
            const std::uint64_t here = head(bytes.data() + at);
            if (!filter_.test(shortened(here))) continue;
            const auto found = pieces_.find(here);
            if (found == pieces_.end()) continue;
            for (const Piece& piece : found->second)
                if (bytes.substr(at, piece.bytes.size()) == piece.bytes)
                    leaks.push_back({piece.secret->size(), region.name, *piece.wiped_by});
        }
    }

private:
    struct Piece {
        std::string bytes;
        const Secret* secret;
        const std::string* wiped_by;
    };
    static std::uint64_t head(const char* bytes) {
        std::uint64_t value = 0;
        std::memcpy(&value, bytes, sizeof value);
        return value;
    }
    static std::size_t shortened(std::uint64_t head) { return (head ^ (head >> 40)) & 0xfffff; }

    std::unordered_map<std::uint64_t, std::vector<Piece>> pieces_;
    std::bitset<1 << 20> filter_;
};

Look look(const ProcessMemory& memory, const std::vector<Wiped>& wiped, const std::string& living) {
    EXPECT_LT(wiped.size(), list_length_max) << "the list was too short";
    PastSecrets secrets = unmask(wiped);
    strike_out_the_living(secrets, living);
    Look seen{secrets.wiped_by.size(), memory.size(), {}};
    const auto search = std::make_unique<Search>(secrets);
    for (const ProcessMemory::Region& region : memory.regions()) search->look_into(region, seen.leaks);
    return seen;
}

// What the watching process tells the test: plain numbers and texts, no secrets.
void tell(const Pipe& to_test, const Look& seen) {
    to_test.write_number(seen.secrets);
    to_test.write_number(seen.memory_bytes);
    to_test.write_number(seen.leaks.size());
    for (const Leak& leak : seen.leaks) {
        to_test.write_number(leak.secret_bytes);
        for (const std::string* text : {&leak.region, &leak.wiped_by}) {
            to_test.write_number(text->size());
            to_test.write(text->data(), text->size());
        }
    }
}

std::uint64_t hear_number(const Pipe& from) {
    std::uint64_t number = 0;
    return from.read(&number, sizeof number) ? number : 0;
}

std::string hear_text(const Pipe& from) { return std::string(as_text(from.read_all(hear_number(from)))); }

Look hear(const Pipe& from_watcher, std::uint64_t secrets) {
    Look seen{secrets, hear_number(from_watcher), {}};
    for (std::uint64_t left = hear_number(from_watcher); left > 0; --left) {
        Leak leak{hear_number(from_watcher), {}, {}};
        leak.region = hear_text(from_watcher);
        leak.wiped_by = hear_text(from_watcher);
        seen.leaks.push_back(std::move(leak));
    }
    return seen;
}

constexpr int may_not_look = 7;

[[noreturn]] void be_watching(const std::function<void(const LookNow&)>& life, Pipe& to_test) {
    to_test.keep_writing();
    Pipe from_watched;
    Pipe to_watched;
    const pid_t watched = ::fork();
    if (watched == 0) be_watched(life, from_watched, to_watched);
    from_watched.keep_reading();
    to_watched.keep_writing();
    std::uint64_t count = 0;
    while (from_watched.read(&count, sizeof count)) {
        std::vector<Wiped> wiped(count);
        if (!from_watched.read(wiped.data(), count * sizeof(Wiped))) break;
        const Bytes living = from_watched.read_all(hear_number(from_watched));
        const auto memory = ProcessMemory::of(watched);
        if (!memory) ::_exit(may_not_look);
        tell(to_test, look(*memory, wiped, std::string(as_text(living))));
        to_watched.write("!", 1);
    }
    int status = 0;
    ::waitpid(watched, &status, 0);
    ::_exit(WIFEXITED(status) && !testing::Test::HasFailure() ? WEXITSTATUS(status) : 1);
}

}  // namespace

// Three processes: this one never sees a secret, and so hands none on to the next life that it lets be watched.
std::optional<std::vector<Look>> watch(const std::function<void(const LookNow&)>& life) {
    Pipe from_watcher;
    const pid_t watcher = ::fork();
    if (watcher == 0) be_watching(life, from_watcher);
    from_watcher.keep_reading();
    std::vector<Look> looks;
    for (std::uint64_t secrets = 0; from_watcher.read(&secrets, sizeof secrets);)
        looks.push_back(hear(from_watcher, secrets));
    int status = 0;
    ::waitpid(watcher, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == may_not_look) return std::nullopt;
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "the watched life went wrong";
    return looks;
}

}  // namespace veranda::tests
