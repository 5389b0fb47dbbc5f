// Features of a collection as pages that a person can read.
#pragma once

#include "service/handlers/item_documents.hpp"

#include <cstdint>
#include <string>

namespace hotspots::service {

// A table of the page's features, with its turns and files.
std::string items_html(const ItemAnswer& answer);
// All that one feature carries.
std::string item_html(const ItemAnswer& answer, std::uint32_t row, const std::string& id);

} // namespace hotspots::service
