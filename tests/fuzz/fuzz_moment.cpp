// Any bytes as a date, and as a period: what is read formats to a text that reads back the same.
#include "data/moment.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>

using namespace hotspots::data;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    if (const auto moment = parse_moment(text)) {
        if (moment->end < moment->begin || parse_moment(format_moment(*moment)) != moment) {
            std::abort();
        }
    }
    try {
        const auto period = parse_period(text);
        if (parse_period(format_period(period)) != period) {
            std::abort();
        }
    } catch (const std::invalid_argument&) {
    }
    return 0;
}
