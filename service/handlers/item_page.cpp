#include "service/handlers/item_page.hpp"

#include "data/snapshot.hpp"
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <limits>

namespace hotspots::service {

namespace {

// The values of single parameters, whose names are checked with the analysis parameters.
const std::string* parameter_value(const Request& request, std::string_view name) {
    const auto found = std::ranges::find(request.query, name, &QueryParameter::name);
    return found == request.query.end() ? nullptr : &found->value;
}

filter::Crs read_system(const Request& request, std::string_view name) {
    const auto* uri = parameter_value(request, name);
    return uri ? read_crs(name, *uri) : filter::Crs::crs84;
}

} // namespace

bool has_parameter(const Request& request, std::string_view name) {
    return parameter_value(request, name) != nullptr;
}

ItemPage read_item_page(const Request& request) {
    ItemPage page;
    if (const auto* limit = parameter_value(request, "limit")) {
        page.limit = whole_number("limit", *limit, 1, most_item_limit);
    }
    if (const auto* offset = parameter_value(request, "offset")) {
        page.offset = whole_number("offset", *offset, 0, std::numeric_limits<std::uint32_t>::max());
    }
    const auto box_crs = read_system(request, "bbox-crs");
    if (const auto* box = parameter_value(request, "bbox")) {
        page.box = parse_bbox(*box, box_crs);
    }
    page.crs = read_system(request, "crs");
    if (const auto* revision = parameter_value(request, "revision")) {
        page.revision =
            whole_number("revision", *revision, 0, std::numeric_limits<std::int64_t>::max());
    }
    if (const auto* format = parameter_value(request, "f")) {
        page.format = *format;
    }
    return page;
}

KeptRevisions& kept_like(const AppContext& context, const data::Snapshot& snapshot) {
    return snapshot.published ? *context.kept_published : *context.kept;
}

std::shared_ptr<const data::Snapshot> snapshot_of(const AppContext& context, const Request& request,
                                                  const ItemPage& page) {
    auto present = take_snapshot(context, request);
    const auto number = present->revision.number;
    if (!page.revision || *page.revision == number) {
        return present;
    }
    const auto asked = std::to_string(*page.revision);
    if (*page.revision > number) {
        throw bad_parameter("revision", "revision is " + asked + "; the present one is " +
                                            std::to_string(number) +
                                            ": leave revision out to begin with it");
    }
    auto kept = kept_like(context, *present).find(*page.revision);
    if (!kept) {
        throw Problem(410, "Gone",
                      "revision " + asked +
                          " is no longer kept, as new data came and its pages were not asked for "
                          "lately; begin again with the first page, without revision and offset",
                      "revision");
    }
    return kept;
}

std::string whole_query(const AnalysisParameters& parameters, const ItemPage& page) {
    auto query = parameters.canonical_query();
    if (page.box) {
        query.append("&bbox=").append(page.box->text());
        if (page.box->crs() != filter::Crs::crs84) {
            query.append("&bbox-crs=").append(uri_of(page.box->crs()));
        }
    }
    if (!page.filter.empty()) {
        query.append("&").append(page.filter);
    }
    if (page.crs != filter::Crs::crs84) {
        query.append("&crs=").append(uri_of(page.crs));
    }
    if (page.revision) {
        query.append("&revision=").append(std::to_string(*page.revision));
    }
    return page.format.empty() ? query : query.append("&f=").append(page.format);
}

std::string page_query(const AnalysisParameters& parameters, const ItemPage& page) {
    auto query = whole_query(parameters, page);
    query.append("&limit=").append(std::to_string(page.limit));
    return page.offset > 0 ? query.append("&offset=").append(std::to_string(page.offset)) : query;
}

} // namespace hotspots::service
