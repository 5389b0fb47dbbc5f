// The project's own incident file, format `vrn`: a row with `incident_id` and `occurred_from`, and
// what else is known. Words are exact; a field that is not as it must be rejects its row.
#pragma once

#include "data/ingest/field_reader.hpp"
#include "data/ingest/row_format.hpp"

#include <array>

namespace hotspots::data {

// The words of one of the columns; empty for a column of any text.
std::span<const std::string_view> vrn_words(std::string_view column);

class VrnFormat final : public RowFormat {
public:
    static constexpr std::array<std::string_view, 2> required{"incident_id", "occurred_from"};

    static constexpr std::array<std::string_view, 16> columns{
        "incident_id", "occurred_from", "occurred_to", "source",   "offence_code",  "offence",
        "easting",     "northing",      "longitude",   "latitude", "location_text", "place_type",
        "domestic",    "weapon",        "victim_age",  "injury",
    };

    // Keeps a reference to the header. Throws InputError for a missing required column.
    VrnFormat(const CsvHeader& header, Source source);

    std::string_view name() const override { return "vrn"; }
    // Pure: equal rows give equal records.
    ParsedRow read(const CsvRow& row) override;
    std::vector<std::string> unmapped_columns() const override;

private:
    void read_times(FieldReader& fields, RawRecord& record) const;
    void read_place(FieldReader& fields, RawRecord& record) const;

    const CsvHeader& m_header;
    Source m_source;
    std::size_t m_incident_id;
    std::size_t m_occurred_from;
    Column m_occurred_to;
    Column m_row_source;
    Column m_offence_code;
    Column m_offence;
    Column m_location_text;
    Column m_easting;
    Column m_northing;
    Column m_longitude;
    Column m_latitude;
    Column m_place_type;
    Column m_domestic;
    Column m_weapon;
    Column m_victim_age;
    Column m_injury;
    std::vector<std::size_t> m_extra;
};

} // namespace hotspots::data
