// Which clients each module has. What it does not name here is not in it, nor are the commands of it.
//
// VERANDA_MODULE_MEMBERS: what everybody downloads first. VERANDA_MODULE_ALONE: who wants to talk to one person alone,
// loaded when somebody does. Neither: staff's, with all there is. How large each is: docs/browser-core.md.
#pragma once

#include "client-lib/client/client.hpp"
#include "client-lib/client/desk/answer_reader.hpp"
#include "client-lib/client/desk/asking_client.hpp"
#include "client-lib/client/desk/desk_client.hpp"

namespace veranda::wasm {

#if defined(VERANDA_MODULE_MEMBERS)
using AnyCore = std::variant<client::Client>;
#elif defined(VERANDA_MODULE_ALONE)
using AnyCore = std::variant<client::AskingClient, client::AnswerReader>;
#else
using AnyCore = std::variant<client::Client, client::AskingClient, client::AnswerReader, client::DeskClient>;
#endif

template <class Core, class Any>
inline constexpr bool is_one_of = false;
template <class Core, class... Cores>
inline constexpr bool is_one_of<Core, std::variant<Cores...>> = (std::is_same_v<Core, Cores> || ...);

template <class Core>
inline constexpr bool is_here = is_one_of<Core, AnyCore>;

}  // namespace veranda::wasm
