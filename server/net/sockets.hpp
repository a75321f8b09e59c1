// The kinds of socket, timer and coroutine that net/ uses: one executor type, known at compile time.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace veranda::net {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::generic::stream_protocol, Executor>;  // TCP, or a unix socket
using Clock = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;

template <class T>
using Awaitable = asio::awaitable<T, Executor>;

// co_await with this gives a tuple that begins with an ErrorCode; nothing is thrown.
inline constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> with_error{};

}  // namespace veranda::net
