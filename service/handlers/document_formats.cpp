#include "service/handlers/document_formats.hpp"

#include "data/snapshot.hpp"
#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/parameters.hpp"

#include <array>

namespace hotspots::service {

void allow_format_alone(const Request& request) {
    static constexpr std::array<std::string_view, 1> allowed{"f"};
    const Parameters checked(request.query, allowed);
}

const MediaFormat& choose_document_format(const Request& request) {
    static constexpr std::array<MediaFormat, 2> formats{
        {{"json", "application/json"}, {"html", html_media_type}}};
    allow_format_alone(request);
    return choose_format(request, formats);
}

HtmlPage html_frame(const AppContext& context, const Request& request) {
    HtmlPage frame;
    frame.base = base_url(context, request);
    if (const auto snapshot = snapshot_or_null(context, request)) {
        frame.demo = snapshot->demo;
        frame.attribution = attribution(*snapshot);
    }
    return frame;
}

Response html_response(std::string body) {
    Response response;
    response.content_type = html_media_type;
    response.body = std::move(body);
    return response;
}

} // namespace hotspots::service
