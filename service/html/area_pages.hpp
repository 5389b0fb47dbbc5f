// Pages for panels, made of JSON documents: what a release says of one ward and of all areas, and
// which releases there are. They work without scripts, on a phone and on paper.
#pragma once

#include "service/html/page.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace hotspots::service {

// Of /wards/{code}/summary.
std::string ward_summary_html(HtmlPage frame, const nlohmann::ordered_json& summary);

// Of the list of areas: {"sentences": […], "authorities": [{"name", "cells", "wards": […]}], …}.
std::string areas_html(HtmlPage frame, const nlohmann::ordered_json& areas);

// Of /releases.
std::string releases_html(HtmlPage frame, const nlohmann::ordered_json& releases);

} // namespace hotspots::service
