// The audit trail as a page for administrators: a filter, a table, the next page. No scripts.
#pragma once

#include "service/html/page.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <utility>
#include <vector>

namespace hotspots::service {

// `document`: that of GET /audit. `asked`: the filters by their parameters' names, with their
// values, empty where they are not set. `csv`: the link to all of them as CSV.
std::string audit_html(HtmlPage frame, const nlohmann::ordered_json& document,
                       const std::vector<std::pair<std::string, std::string>>& asked,
                       const std::string& csv);

} // namespace hotspots::service
