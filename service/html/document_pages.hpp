// The service's documents as pages that a person can read: how to connect, what standards are kept,
// the collections, what can be asked for. Each is made of the JSON document, so that both say the
// same.
#pragma once

#include "service/html/page.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace hotspots::service {

// `frame` has what every page of the request shares: base, marking, demo, attribution.
std::string connect_html(HtmlPage frame, const nlohmann::ordered_json& landing);
std::string conformance_html(HtmlPage frame, const nlohmann::ordered_json& conformance);
std::string collections_html(HtmlPage frame, const nlohmann::ordered_json& collections);
// `schema`: the collection's JSON Schema.
std::string collection_html(HtmlPage frame, const nlohmann::ordered_json& collection,
                            const nlohmann::ordered_json& schema);
// Of an OpenAPI 3.0 document.
std::string api_html(HtmlPage frame, const nlohmann::ordered_json& api);

} // namespace hotspots::service
