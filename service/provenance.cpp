#include "service/provenance.hpp"

#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/collection.hpp"
#include "tiles/geojson.hpp"

namespace hotspots::service {

Provenance provenance_of(const AppContext& context, const data::Snapshot& snapshot,
                         const AnalysisParameters& parameters,
                         const std::vector<tiles::Property>& members) {
    Provenance result{{{"timeStamp", data::format_utc(snapshot.revision.published)},
                       {"demo", snapshot.demo},
                       {"marking", text_or_null(marking_of(context, snapshot))},
                       {"attribution", attribution(snapshot)}},
                      make_manifest(snapshot, parameters, context.version)};
    result.members.insert(result.members.end(), members.begin(), members.end());
    return result;
}

std::string to_json(const Provenance& provenance) {
    std::string out = "{";
    for (const auto& member : provenance.members) {
        tiles::append_json_string(out, member.name);
        out.push_back(':');
        tiles::append_value(out, member.value);
        out.push_back(',');
    }
    out.append("\"manifest\":");
    append_manifest(out, provenance.manifest);
    return out.append("}\n");
}

data::NamedTexts to_texts(const Provenance& provenance) {
    data::NamedTexts texts;
    std::string manifest;
    append_manifest(manifest, provenance.manifest);
    texts.emplace_back("manifest", std::move(manifest));
    for (const auto& member : provenance.members) {
        if (std::holds_alternative<tiles::Null>(member.value)) {
            continue;
        }
        const auto* text = std::get_if<std::string>(&member.value);
        std::string value = text ? *text : std::string();
        if (!text) {
            tiles::append_value(value, member.value);
        }
        texts.emplace_back(member.name, std::move(value));
    }
    return texts;
}

} // namespace hotspots::service
