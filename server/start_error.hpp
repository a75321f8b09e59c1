// Why the server does not start: one line for whoever starts it, and exit status 2.
#pragma once

#include <stdexcept>

namespace veranda::server {

class StartError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace veranda::server
