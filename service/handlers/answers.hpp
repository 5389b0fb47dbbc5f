// What handlers share: the snapshot of a request, links, cache validators, JSON bodies.
#pragma once

#include "service/http/message.hpp"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace hotspots::data {
struct Snapshot;
}

namespace hotspots::service {

struct AppContext;

// What the request's caller may see: the present revision, or of those who may not see records what
// is published. A request calls it once and keeps what it got. Never null. Throws Problem 503 until
// the first snapshot is loaded.
std::shared_ptr<const data::Snapshot> take_snapshot(const AppContext& context,
                                                    const Request& request);
// The same, null instead of the Problem.
std::shared_ptr<const data::Snapshot> snapshot_or_null(const AppContext& context,
                                                       const Request& request);

// Where links begin, without a slash at the end: the configured public URL, else the request's
// scheme and Host, else nothing (links are then relative to the host).
std::string base_url(const AppContext& context, const Request& request);

// A strong validator: equal for equal answers, another for every revision, program version and
// `parts` of what was asked.
std::string revision_etag(const AppContext& context, const data::Snapshot& snapshot,
                          std::string_view parts);

// Incident-level answers and what is made of them: kept by the client alone, and asked for anew
// each time (a 304 where nothing changed).
void set_private_caching(Response& response, const std::string& etag);

// True where If-None-Match lists the validator: the answer need not be made.
bool is_known(const Request& request, const std::string& etag);
Response not_modified(const std::string& etag);

// Throws Problem for any parameter.
void allow_no_parameters(const Request& request);

// `f` of documents that exist as JSON alone, and no other parameter. Throws Problem.
void allow_json_only(const Request& request);

Response json_response(const nlohmann::ordered_json& document,
                       std::string content_type = "application/json");

// Of an answer made of the snapshot: what is published has none.
const std::string& marking_of(const AppContext& context, const data::Snapshot& snapshot);

// Whom to thank for the data shown, for people to read.
std::string attribution(const data::Snapshot& snapshot);

} // namespace hotspots::service
