// The server's only log. It takes words that stand in the source, counts, durations and codes; and nothing else
// compiles.
//
// No address, pseudonym, key, path, room or member id can be written, because no type that holds one is taken: text
// that is made at run time is not, and an integer has to be named a Count by whoever passes it.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "protocol/result.hpp"
#include "server/relay/connection.hpp"

namespace veranda::net::safe_log {

// Words of ours: only a literal, at compile time.
class Words {
public:
    template <std::size_t N>
    consteval Words(const char (&text)[N]) : text_(text, N - 1) {}
    constexpr std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

struct Count {
    std::uint64_t value = 0;
};

struct SystemError {  // errno
    int code = 0;
};

// One value beside the words, already safe.
class Field {
public:
    Field(Words name, Count count) : name_(name), number_(static_cast<std::int64_t>(count.value)) {}
    Field(Words name, std::chrono::milliseconds time) : name_(name), number_(time.count()), unit_("ms") {}
    Field(Words name, relay::CloseCode code) : name_(name), number_(static_cast<std::int64_t>(code)) {}
    Field(Words name, SystemError error);
    Field(Words name, const Rule& rule) : name_(name), word_(rule.name), is_word_(true) {}
    Field(Words name, Words word) : name_(name), word_(word.text()), is_word_(true) {}

    std::string_view name() const { return name_.text(); }
    std::string_view word() const { return word_; }
    std::string_view unit() const { return unit_; }
    std::int64_t number() const { return number_; }
    bool is_word() const { return is_word_; }

private:
    Words name_;
    std::int64_t number_ = 0;
    std::string_view word_;
    std::string_view unit_;
    bool is_word_ = false;
};

// What a Field can be made of. A test holds the types that must not be against it.
template <class T>
concept Loggable = std::constructible_from<Field, Words, T>;

void info(Words what, std::initializer_list<Field> fields = {});
void warning(Words what, std::initializer_list<Field> fields = {});

// One line, as it is written.
std::string line(Words what, std::initializer_list<Field> fields);

}  // namespace veranda::net::safe_log
