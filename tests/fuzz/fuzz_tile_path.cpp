// Any target, asked of the handlers of tiles, collections, styles and files by everybody and by an
// inspector, before data is loaded: an answer below 500, or 503; never a file from elsewhere.
#include "service/app.hpp"
#include "service/router.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace hotspots::service;

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

bool is_wanted(std::string_view pattern) {
    static constexpr std::array<std::string_view, 6> beginnings{
        "/tiles/", "/collections", "/tileMatrixSets", "/styles", "/fonts/", "/assets/"};
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](auto beginning) { return pattern.starts_with(beginning); });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const AppContext context;
    Request request;
    request.target.assign(reinterpret_cast<const char*>(data), size);
    auto parsed = parse_target(request.target);
    if (!parsed) {
        return 0;
    }
    std::tie(request.path, request.query) = std::move(*parsed);
    request.route = pattern_of(request);
    if (!is_wanted(request.route)) {
        return 0;
    }
    for (const auto role : {Role::anyone, Role::inspector}) {
        request.caller = {role, role == Role::anyone ? "" : "inspector", {}};
        const auto response = dispatch(context, request);
        require(response.status < 500 || response.status == 503);
        require(response.status != 200 || !request.path.starts_with("/tiles/"));
    }
    return 0;
}
