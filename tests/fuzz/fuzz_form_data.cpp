// A form as a client may send it: the Content-Type is the first line, the body the rest. Parts lie
// within the body, in its order, and hold no boundary; a client's name for a file stays a name.
#include "service/form_data.hpp"
#include "service/jobs/import_job.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace hotspots::service;

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void read_body(std::string_view body, const std::string& boundary) {
    const auto parts = parse_form_data(body, boundary);
    if (!parts) {
        return;
    }
    const auto next = "\r\n--" + boundary;
    const char* end_before = body.data();
    for (const auto& part : *parts) {
        require(part.content.data() >= end_before);
        end_before = part.content.data() + part.content.size();
        require(end_before <= body.data() + body.size());
        require(part.content.find(next) == part.content.npos);
        const auto name = safe_file_name(part.file_name);
        require(!name.empty() && name.size() <= 100 && name.find('/') == name.npos);
    }
    require(parts->size() <= 100);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto type = bytes.substr(0, bytes.find('\n'));
    const auto body = bytes.substr(std::min(bytes.size(), type.size() + 1));
    const auto boundary = form_boundary(type);
    if (boundary) {
        require(is_form_type(type) && !boundary->empty() && boundary->size() <= 70);
        read_body(body, *boundary);
    }
    read_body(body, "xYz"); // also where a mutation spoils the type
    return 0;
}
