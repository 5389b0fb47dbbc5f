// Any bytes as an incident file: every row becomes a record or a reject that says what is wrong, or
// the file as a whole is an InputError.
#include "data/errors.hpp"
#include "data/ingest/record_reader.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

namespace {

using namespace hotspots::data;

bool is_sound(const RawRecord& record) {
    const bool has_identity = !record.incident_id.empty() && record.incident_id.size() <= 200;
    const bool has_age =
        !record.victim_age || (*record.victim_age >= 0 && *record.victim_age <= 120);
    const bool has_point = !record.given_lon_lat || std::abs(record.given_lon_lat->lat_deg) <= 90;
    const bool has_grid = !record.given_bng || std::isfinite(record.given_bng->easting_m);
    return has_identity && has_age && has_point && has_grid;
}

bool is_sound(const Reject& reject) {
    return !reject.file.empty() && reject.line > 1 && reject.value.size() <= 200 &&
           !reject.reason.empty();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(data, data + size);
    std::size_t position = 0;
    try {
        RecordReader reader(
            [&](std::span<char> out) {
                const auto count = std::min(out.size(), bytes.size() - position);
                std::copy_n(bytes.data() + position, count, out.begin());
                position += count;
                return count;
            },
            "fuzz.csv", ImportFormat::automatic, Source::police);
        while (const auto row = reader.next()) {
            if (!std::visit([](const auto& value) { return is_sound(value); }, *row)) {
                std::abort();
            }
        }
    } catch (const InputError&) {
    }
    return 0;
}
