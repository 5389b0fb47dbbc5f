// Files of the built web client, from memory.
#pragma once

#include "embedded/file.hpp"
#include "service/http/message.hpp"

#include <span>
#include <string_view>

namespace hotspots::service {

// The file with its media type, a strong ETag of its bytes, and how long it may be kept: files
// under assets/ carry a hash in their name and never change, others are asked for anew. Throws
// Problem 404. To who takes Brotli by `accept_encoding`, the request's field, it comes packed where
// there is a file PATH.br.
Response web_file(std::span<const embedded::File> files, std::string_view path,
                  std::string_view accept_encoding = {});
// The same with the request's own field.
Response web_file(std::span<const embedded::File> files, std::string_view path,
                  const Request& request);

} // namespace hotspots::service
