// One posted call a turn: it runs behind every handler that was ready, so that all that they queue goes out together.
#include <boost/asio/post.hpp>

#include "server/net/safe_log.hpp"
#include "server/net/shared.hpp"

namespace veranda::net {

void Turn::mark(std::shared_ptr<Writer> writer) {
    marked_.push_back(std::move(writer));
    if (marked_.size() == 1) asio::post(executor_, [this] { end(); });
}

void Turn::end() {
    flushing_.swap(marked_);
    for (const auto& writer : flushing_) {
        try {
            writer->flush();
        } catch (const std::exception&) {  // out of memory: the others are flushed all the same
            safe_log::warning("a connection could not be written to");
        }
    }
    flushing_.clear();
}

}  // namespace veranda::net
