// Text of HTML pages: nothing that data or a request brings becomes markup.
#pragma once

#include <string>
#include <string_view>

namespace hotspots::service {

// &, <, >, " and ' as references: right in text and in quoted attributes.
std::string html_text(std::string_view text);

// <a href="href">text</a>, both escaped.
std::string html_link(std::string_view href, std::string_view text);

// "occurred_from" -> "Occurred from": how pages show the names of properties.
std::string readable_name(std::string_view name);

} // namespace hotspots::service
