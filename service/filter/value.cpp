#include "service/filter/value.hpp"

namespace hotspots::service::filter {

std::string_view name_of(Type type) {
    switch (type) {
    case Type::boolean:
        return "true or false";
    case Type::number:
        return "a number";
    case Type::text:
        return "text";
    case Type::time:
        return "a time";
    case Type::interval:
        return "an interval";
    case Type::geometry:
        return "a geometry";
    case Type::list:
        break;
    }
    return "a list";
}

int compare(const Instant& a, const Instant& b) {
    // Calendar units lie in one another or apart: what shares a moment is equal at the coarser.
    return a.last_us < b.first_us ? -1 : a.first_us > b.last_us ? 1 : 0;
}

} // namespace hotspots::service::filter
