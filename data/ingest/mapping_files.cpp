// Mapping files on disk, and those compiled into the program.
#include "data/errors.hpp"
#include "data/ingest/mapping.hpp"
#include "data/ingest/vsi_file.hpp"
#include "embedded/mappings.hpp"

#include <array>

namespace hotspots::data {

namespace {

constexpr std::uint64_t most_bytes = std::uint64_t{1} << 20;

} // namespace

std::shared_ptr<const Mapping> read_mapping(const std::string& path) {
    const auto listing = list_input(path);
    const auto& input = listing.tables.front();
    if (listing.tables.size() != 1 || input.name != path || input.bytes > most_bytes) {
        throw InputError(path + ": not a mapping; expected a JSON file of at most 1 MiB");
    }
    VsiFile file(input);
    std::string json;
    std::array<char, 4096> block{};
    while (const auto count = file.read(block)) {
        json.append(block.data(), count);
    }
    return std::make_shared<const Mapping>(parse_mapping(json, path));
}

const std::shared_ptr<const Mapping>& istv_mapping() {
    static const auto mapping = [] {
        const auto files = embedded::mappings();
        return std::make_shared<const Mapping>(
            parse_mapping(files.front().bytes, std::string(files.front().path)));
    }();
    return mapping;
}

} // namespace hotspots::data
