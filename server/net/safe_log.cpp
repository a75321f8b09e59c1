// spdlog behind the safe types: one line an event, on stderr.
#include "server/net/safe_log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstring>

namespace veranda::net::safe_log {
namespace {

spdlog::logger& logger() {
    static const auto made = [] {
        auto log = spdlog::stderr_logger_st("veranda");
        log->set_pattern("%Y-%m-%dT%H:%M:%S%z %l %v");
        return log;
    }();
    return *made;
}

}  // namespace

Field::Field(Words name, SystemError error) : name_(name), word_("unknown"), is_word_(true) {
    if (const char* const known = ::strerrordesc_np(error.code)) word_ = known;
}

std::string line(Words what, std::initializer_list<Field> fields) {
    std::string out(what.text());
    for (const Field& field : fields) {
        out.append(" ").append(field.name()).append("=");
        if (field.is_word()) {
            out.append("\"").append(field.word()).append("\"");
        } else {
            out.append(std::to_string(field.number())).append(field.unit());
        }
    }
    return out;
}

void info(Words what, std::initializer_list<Field> fields) { logger().info("{}", line(what, fields)); }
void warning(Words what, std::initializer_list<Field> fields) { logger().warn("{}", line(what, fields)); }

}  // namespace veranda::net::safe_log
