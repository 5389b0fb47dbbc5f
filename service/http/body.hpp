// What a route does with a request's body, and what is decided on a request before its body is
// read.
#pragma once

#include "service/http/message.hpp"

#include <cstdint>
#include <variant>

namespace hotspots::service {

struct Body {
    enum class Kind { none, memory, file };
    Kind kind = Kind::none;
    std::uint64_t limit_bytes = 0; // more is answered 413

    // The route reads none: a small one (ServerOptions::body_limit_bytes) is read and dropped.
    static constexpr Body none() { return {}; }
    // Request::body.
    static constexpr Body memory(std::uint64_t limit_bytes) { return {Kind::memory, limit_bytes}; }
    // Request::body_file, written as it arrives and never held in memory.
    static constexpr Body file(std::uint64_t limit_bytes) { return {Kind::file, limit_bytes}; }
};

// The body is read so and the request handled; or it is answered at once with this refusal.
using Admission = std::variant<Body, Response>;

} // namespace hotspots::service
