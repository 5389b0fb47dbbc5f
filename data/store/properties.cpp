#include "data/errors.hpp"
#include "data/store/state.hpp"

#include <charconv>

namespace hotspots::data::store {

namespace {

constexpr const char* revision_name = "revision";
constexpr const char* published_name = "published";

std::string is_named(const std::string& name) {
    return "name = " + sql_literal(name);
}

} // namespace

const char* name_of(Part part) {
    switch (part) {
    case Part::removals:
        return "changed_removals";
    case Part::reference:
        return "changed_reference";
    case Part::reviews:
        return "changed_reviews";
    case Part::releases:
        return "changed_releases";
    case Part::access:
        break;
    }
    return "changed_access";
}

std::optional<std::string> read_property(Table& properties, const std::string& name) {
    std::optional<std::string> value;
    properties.scan(is_named(name), {},
                    [&](const Row& row) { value = std::string(row.text(property::value)); });
    return value;
}

void write_property(Table& properties, const std::string& name, const std::string& value) {
    std::optional<std::int64_t> id;
    properties.scan(is_named(name), {}, [&](const Row& row) { id = row.id(); });
    auto row = id ? properties.get(*id) : properties.new_row();
    row.set(property::name, name);
    row.set(property::value, value);
    if (id) {
        properties.update(row);
    } else {
        properties.insert(row);
    }
}

Revision read_revision(Table& properties) {
    std::string number;
    std::string published;
    properties.scan({}, {}, [&](const Row& row) {
        const auto name = row.text(property::name);
        if (name == revision_name) {
            number = row.text(property::value);
        } else if (name == published_name) {
            published = row.text(property::value);
        }
    });
    Revision revision;
    const auto* end = number.data() + number.size();
    const auto [stopped, error] = std::from_chars(number.data(), end, revision.number);
    const auto moment = parse_moment(published);
    if (error != std::errc() || stopped != end || !moment) {
        throw StoreError("table 'properties': revision '" + number + "' of '" + published +
                         "' is not a number and a time; the store is damaged");
    }
    revision.published = moment->begin;
    return revision;
}

void write_revision(Table& properties, const Revision& revision) {
    write_property(properties, revision_name, std::to_string(revision.number));
    write_property(properties, published_name, format_utc(revision.published));
}

} // namespace hotspots::data::store
