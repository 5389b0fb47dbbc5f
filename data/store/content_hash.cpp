// FNV-1a over the fields in a fixed order, each with its length before it, so that no two records
// of different fields run into one text. The value is kept in stores: changing it makes the next
// import of old files update every record.
#include "data/incident_store.hpp"

#include <bit>

namespace hotspots::data {

namespace {

class Hash {
public:
    void add(std::uint64_t value) {
        for (int shift = 0; shift < 64; shift += 8) {
            add_byte(static_cast<unsigned char>(value >> shift));
        }
    }
    void add(std::string_view text) {
        add(std::uint64_t{text.size()});
        for (const char c : text) {
            add_byte(static_cast<unsigned char>(c));
        }
    }
    void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }
    void add(const Moment& moment) {
        add(static_cast<std::uint64_t>(moment.begin.time_since_epoch().count()));
        add(static_cast<std::uint64_t>(moment.end.time_since_epoch().count()));
        add(static_cast<std::uint64_t>(moment.precision));
    }
    template <class Point>
    void add_point(const std::optional<Point>& point) {
        add(std::uint64_t{point.has_value()});
        if (point) {
            add(x_of(*point));
            add(y_of(*point));
        }
    }
    std::uint64_t value() const { return m_value; }

private:
    void add_byte(unsigned char byte) { m_value = (m_value ^ byte) * 0x100000001b3U; }
    std::uint64_t m_value = 0xcbf29ce484222325U;
};

} // namespace

std::uint64_t hash_of_location(const RawRecord& record) {
    Hash hash;
    hash.add(record.location_text);
    hash.add_point(record.given_bng);
    hash.add_point(record.given_lon_lat);
    return hash.value();
}

std::uint64_t content_hash(const RawRecord& record) {
    Hash hash;
    hash.add(record.incident_id);
    hash.add(to_text(record.source));
    hash.add(record.format);
    hash.add(record.occurred_from);
    hash.add(std::uint64_t{record.occurred_to.has_value()});
    if (record.occurred_to) {
        hash.add(*record.occurred_to);
    }
    hash.add(record.offence_code);
    hash.add(record.offence);
    hash.add(record.location_text);
    hash.add_point(record.given_bng);
    hash.add_point(record.given_lon_lat);
    hash.add(std::uint64_t{record.snapped});
    hash.add(to_text(record.place_type));
    hash.add(to_text(record.domestic));
    hash.add(to_text(record.weapon));
    hash.add(static_cast<std::uint64_t>(record.victim_age.value_or(-1)));
    hash.add(record.injury);
    hash.add(record.extra);
    return hash.value();
}

} // namespace hotspots::data
