// Street-level crime of data.police.uk: months, and points moved to an anonymous map point. A row
// without Crime ID is known by its content and its ordinal among the equal rows of its file.
#pragma once

#include "data/ingest/content_identity.hpp"
#include "data/ingest/field_reader.hpp"
#include "data/ingest/row_format.hpp"

#include <array>

namespace hotspots::data {

class PoliceUkFormat final : public RowFormat {
public:
    static constexpr std::array<std::string_view, 6> required{"Crime ID", "Month",    "Longitude",
                                                              "Latitude", "Location", "Crime type"};

    // Keeps a reference to the header. One reader a file: it counts equal rows. Throws InputError
    // for a missing required column.
    explicit PoliceUkFormat(const CsvHeader& header);

    std::string_view name() const override { return "police-uk"; }
    ParsedRow read(const CsvRow& row) override;

private:
    std::string identify(const FieldReader& fields);

    const CsvHeader& m_header;
    std::size_t m_crime_id;
    std::size_t m_month;
    std::size_t m_longitude;
    std::size_t m_latitude;
    std::size_t m_location;
    std::size_t m_crime_type;
    std::vector<Column> m_content; // the columns that tell rows without Crime ID apart
    std::vector<std::size_t> m_extra;
    ContentIdentity m_identity;
};

} // namespace hotspots::data
