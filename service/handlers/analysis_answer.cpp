#include "service/handlers/analysis_answer.hpp"

#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/json_values.hpp"

#include <nlohmann/json.hpp>

namespace hotspots::service {

using nlohmann::ordered_json;

ordered_json provenance_json(const AppContext& context, const data::Snapshot& snapshot,
                             const Manifest& manifest) {
    std::string text;
    append_manifest(text, manifest);
    return {{"timeStamp", data::format_utc(snapshot.revision.published)},
            {"demo", snapshot.demo},
            {"marking", text_or_null_json(context.marking)},
            {"attribution", attribution(snapshot)},
            {"manifest", ordered_json::parse(text)}};
}

ordered_json counts_json(const Selection& selection) {
    const auto rate = selection.hit_rate();
    return {{"in_scope", selection.in_scope},
            {"unmapped", selection.unmapped},
            {"outside", selection.outside},
            {"review", selection.review},
            {"filter_unknown", selection.filter_unknown},
            {"hit_rate", rate ? ordered_json(rounded(*rate, 6)) : ordered_json()}};
}

void append_members(ordered_json& document, const ordered_json& more) {
    for (const auto& [name, value] : more.items()) {
        document[name] = value;
    }
}

} // namespace hotspots::service
