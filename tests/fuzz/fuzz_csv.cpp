// Any bytes, in blocks of any size: rows of valid UTF-8 or an InputError, and the blocks make no
// difference.
#include "data/errors.hpp"
#include "data/ingest/csv_reader.hpp"
#include "data/ingest/utf8.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace hotspots::data;

struct Outcome {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::int64_t> lines;
    std::string error;
    bool operator==(const Outcome&) const = default;
};

Outcome read(std::string_view bytes, std::size_t block) {
    Outcome outcome;
    std::size_t position = 0;
    CsvReader reader(
        [&](std::span<char> out) {
            const auto count = std::min({block, out.size(), bytes.size() - position});
            std::copy_n(bytes.data() + position, count, out.begin());
            position += count;
            return count;
        },
        "fuzz.csv");
    try {
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
            if (first_invalid_utf8(field)) {
                std::abort();
            }
        }
    }
    return 0;
}
