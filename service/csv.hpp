// Fields of CSV as the service writes it.
#pragma once

#include <string>
#include <string_view>

namespace hotspots::service {

// RFC 4180: quoted where it holds a comma, a quote or a line end; quotes are doubled.
void append_csv_field(std::string& line, std::string_view field);

// For text that others wrote: one that a spreadsheet would take for a formula begins with an
// apostrophe (OWASP, CSV injection). A number with a sign is none.
void append_csv_text(std::string& line, std::string_view text);

} // namespace hotspots::service
