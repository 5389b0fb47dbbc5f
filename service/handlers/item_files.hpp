// All features that match as a file: CSV, GeoPackage, FlatGeobuf. Written feature by feature to a
// file that is gone as soon as it is sent: memory does not grow with it.
#pragma once

#include "service/handlers/item_documents.hpp"
#include "service/http/message.hpp"
#include "service/negotiation.hpp"

namespace hotspots::service {

// Adds the body and the headers that make it a download. Each row carries the marking, whether it
// is a demo, and the manifest's name; a GeoPackage holds the whole manifest as a table. Throws
// Problem for a FlatGeobuf of features some of which have no place, data::DataError or
// std::system_error where the file cannot be written.
void add_item_file(Response& response, const ItemAnswer& answer, const MediaFormat& format);

} // namespace hotspots::service
