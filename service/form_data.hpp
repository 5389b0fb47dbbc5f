// multipart/form-data (RFC 7578): what a browser's form or `curl -F` sends.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service {

struct FormPart {
    std::string name;
    std::string file_name;    // empty for a plain field
    std::string_view content; // within the body
};

// The boundary of a Content-Type "multipart/form-data; boundary=…". Empty for any other type;
// also for one without a boundary, or with one that RFC 2046, 5.1.1 does not allow.
std::optional<std::string> form_boundary(std::string_view content_type);

// True of "multipart/…" of any kind: a body that is no file itself.
bool is_form_type(std::string_view content_type);

// The parts in their order. Empty if the body is cut short or not as RFC 2046 has it, or has more
// than 100 parts. The parts refer to `body`.
std::optional<std::vector<FormPart>> parse_form_data(std::string_view body,
                                                     std::string_view boundary);

} // namespace hotspots::service
