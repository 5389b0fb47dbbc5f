// What of a request's header tells who sends it.
#pragma once

#include <string_view>

namespace hotspots::service {

struct SentCredentials {
    std::string_view authorization; // the field's value; empty where it is not there
    std::string_view cookie;        // likewise
    bool secure = false;            // came over TLS
};

} // namespace hotspots::service
