// Any bytes as GeoJSON, in blocks of any size: rows as wide as the header, in order of their lines,
// or an InputError; the blocks make no difference.
#include "data/errors.hpp"
#include "data/ingest/geojson_reader.hpp"
#include "data/ingest/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace hotspots::data;

struct Outcome {
    std::vector<std::string> names;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::int64_t> lines;
    std::string error;
    bool operator==(const Outcome&) const = default;
};

Outcome read(const std::string& bytes, std::size_t block) {
    Outcome outcome;
    const auto open = [&]() -> ByteSource {
        return [&bytes, block, position = std::size_t{0}](std::span<char> out) mutable {
            const auto count = std::min({block, out.size(), bytes.size() - position});
            std::copy_n(bytes.data() + position, count, out.begin());
            position += count;
            return count;
        };
    };
    try {
        GeoJsonReader reader(open, "fuzz.geojson");
        outcome.names = reader.names();
        CsvRow row;
        while (reader.next(row)) {
            outcome.lines.push_back(row.line);
            outcome.rows.emplace_back(row.fields.begin(), row.fields.end());
        }
    } catch (const InputError& error) {
        outcome.error = error.what();
    }
    return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(data, data + size);
    const auto outcome = read(bytes, 65536);
    if (!(outcome == read(bytes, 1 + size % 5)) ||
        !std::is_sorted(outcome.lines.begin(), outcome.lines.end())) {
        std::abort();
    }
    for (const auto& row : outcome.rows) {
        for (const auto& field : row) {
            if (row.size() != outcome.names.size() || first_invalid_utf8(field)) {
                std::abort();
            }
        }
    }
    return 0;
}
