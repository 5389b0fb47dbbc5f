// `geocode`: one text, or a table of them.
#include "data/geocode/geocode.hpp"

#include "data/errors.hpp"
#include "data/geocode/gazetteer.hpp"
#include "service/cli/commands.hpp"
#include "service/cli/geocode_table.hpp"

#include <nlohmann/json.hpp>

#include <iostream>

namespace hotspots::service {

namespace {

data::Gazetteer load_gazetteer(const StoreOptions& options) {
    if (!store_exists(options)) {
        std::cerr << "there is no store at " << store_uri(options)
                  << ": without reference data only coordinates and grid references are read\n";
        return data::Gazetteer({});
    }
    const auto store = data::IncidentStore::open(store_uri(options), data::Access::read);
    auto reference = store->reference();
    return data::Gazetteer(
        {std::move(reference.wards), std::move(reference.places), std::move(reference.postcodes)});
}

nlohmann::ordered_json to_json(const data::Location& location) {
    nlohmann::ordered_json document;
    const auto cells = location_cells(location);
    for (std::size_t i = 0; i < location_columns.size(); ++i) {
        const auto& cell = cells[i];
        auto& member = document[std::string(location_columns[i])];
        if (cell.number) {
            member = nlohmann::ordered_json::parse(cell.text);
        } else if (!cell.text.empty()) {
            member = cell.text;
        }
    }
    for (const auto& candidate : location.candidates) {
        document["candidates"].push_back({{"label", candidate.label},
                                          {"level", data::to_text(candidate.level)},
                                          {"easting", candidate.point.easting_m},
                                          {"northing", candidate.point.northing_m},
                                          {"uncertainty_m", candidate.uncertainty_m}});
    }
    return document;
}

} // namespace

int geocode(const GeocodeOptions& options) {
    const auto gazetteer = load_gazetteer(options.store);
    if (!options.text.empty()) {
        const auto location = data::geocode_text(gazetteer, options.text);
        std::cout << to_json(location).dump(-1, ' ', false,
                                            nlohmann::ordered_json::error_handler_t::replace)
                  << std::endl;
        return exit_done;
    }
    const auto counts = geocode_table(gazetteer, options.csv, options.out, std::cerr);
    std::cerr << counts.text() << '\n';
    return counts.rejected > 0 ? exit_rejects : exit_done;
}

} // namespace hotspots::service
