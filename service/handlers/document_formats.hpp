// What the handlers of documents share: the choice between JSON and a page, and the page's frame.
#pragma once

#include "service/html/page.hpp"
#include "service/http/message.hpp"
#include "service/negotiation.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace hotspots::service {

struct AppContext;
struct Collection; // service/handlers/collection.hpp

// Throws Problem for any parameter but `f`.
void allow_format_alone(const Request& request);

// application/json or text/html, and no parameter but `f`. Throws Problem.
const MediaFormat& choose_document_format(const Request& request);

// The base of links, and as far as data is loaded whether it is a demo and whom to thank.
HtmlPage html_frame(const AppContext& context, const Request& request);

Response html_response(std::string body);

// What the collection's features carry, as JSON Schema: that of /collections/{c}/schema. `url` is
// the collection's.
nlohmann::ordered_json collection_schema(const Collection& collection, const std::string& url);

// The OpenAPI document.
nlohmann::ordered_json api_document(const AppContext& context, const Request& request);

} // namespace hotspots::service
