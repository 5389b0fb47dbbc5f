#include "data/ingest/row_format.hpp"

#include "data/errors.hpp"
#include "data/ingest/mapped_format.hpp"
#include "data/ingest/mapping.hpp"
#include "data/ingest/police_uk_format.hpp"
#include "data/ingest/vrn_format.hpp"

namespace hotspots::data {

namespace {

// How many of the columns are there: a header that lacks one is told which.
std::size_t matching_columns(const CsvHeader& header, std::span<const std::string_view> names) {
    std::size_t count = 0;
    for (const auto name : names) {
        count += header.find(name).has_value() ? 1U : 0U;
    }
    return count;
}

ImportFormat detect(const CsvHeader& header) {
    if (header.has_all(VrnFormat::required)) {
        return ImportFormat::vrn;
    }
    if (header.has_all(PoliceUkFormat::required)) {
        return ImportFormat::police_uk;
    }
    if (fits(header, *istv_mapping())) {
        return ImportFormat::istv;
    }
    const std::size_t vrn = matching_columns(header, VrnFormat::required);
    const std::size_t police_uk = matching_columns(header, PoliceUkFormat::required);
    if (vrn == 0 && police_uk == 0) {
        throw InputError(header.file() +
                         ": not the header of an incident file: " + header.listing() +
                         "; expected names separated by commas, for format vrn at least " +
                         join_names(VrnFormat::required) + ", for police-uk " +
                         join_names(PoliceUkFormat::required) +
                         ", for istv assault and arrival times, method and location type; other "
                         "exports need a mapping file");
    }
    return police_uk > vrn ? ImportFormat::police_uk : ImportFormat::vrn;
}

} // namespace

std::unique_ptr<RowFormat> make_row_format(const CsvHeader& header, const ReadOptions& options) {
    if (options.mapping) {
        return std::make_unique<MappedFormat>(header, options.mapping, options.source);
    }
    const auto chosen = options.format == ImportFormat::automatic ? detect(header) : options.format;
    if (chosen == ImportFormat::istv) {
        return std::make_unique<MappedFormat>(header, istv_mapping(), options.source);
    }
    if (chosen == ImportFormat::police_uk) {
        return std::make_unique<PoliceUkFormat>(header);
    }
    return std::make_unique<VrnFormat>(header, options.source);
}

} // namespace hotspots::data
