// Any bytes as a mapping file, and as an order of dates: a mapping whose parts fit together, or an
// InputError; and a sound mapping reads any row.
#include "data/errors.hpp"
#include "data/ingest/mapping.hpp"
#include "data/ingest/record_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

using namespace hotspots::data;

namespace {

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

// A table with every column that the mapping needs, each field one word of the mapping itself.
std::string table_for(const Mapping& mapping) {
    std::string names;
    std::string fields;
    const auto quoted = [](std::string text) {
        std::replace(text.begin(), text.end(), '"', '_');
        return "\"" + text + "\",";
    };
    for (const auto& [column, choice] : mapping.columns) {
        for (const auto& part : choice.front().parts) {
            names += quoted(part.front());
            fields += quoted(mapping.times.empty() ? "2025-03-01" : mapping.times.front().text());
        }
    }
    return names + "rest\n" + fields + "x\n" + fields + "x\n";
}

void read_table(const std::shared_ptr<const Mapping>& mapping) {
    const auto table = table_for(*mapping);
    const auto open = [&]() -> ByteSource {
        return [&table, position = std::size_t{0}](std::span<char> out) mutable {
            const auto count = std::min(out.size(), table.size() - position);
            std::copy_n(table.data() + position, count, out.begin());
            position += count;
            return count;
        };
    };
    try {
        RecordReader reader(open, "fuzz.csv", {ImportFormat::automatic, Source::police, mapping});
        int rows = 0;
        while (const auto row = reader.next()) {
            ++rows;
            if (const auto* record = std::get_if<RawRecord>(&*row)) {
                demand(!record->incident_id.empty() && record->format == mapping->name);
            } else {
                demand(!std::get<Reject>(*row).reason.empty());
            }
        }
        demand(rows == 2);
    } catch (const InputError&) {
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    try {
        const auto mapping = std::make_shared<const Mapping>(parse_mapping(text, "fuzz.json"));
        demand(mapping->columns.contains("occurred_from"));
        read_table(mapping);
    } catch (const InputError& error) {
        demand(std::string(error.what()).starts_with("fuzz.json"));
    }
    try {
        const TimePattern order(text);
        order.to_iso("01/03/2025 22:15:30");
        order.to_iso(text);
    } catch (const InputError&) {
    }
    return 0;
}
