#include "service/manifest.hpp"

#include "data/release/release.hpp"
#include "geo/crs.hpp"
#include "service/digest.hpp"
#include "tiles/geojson.hpp"

namespace hotspots::service {

namespace {

void append_member(std::string& out, std::string_view name, std::string_view text) {
    tiles::append_json_string(out, name);
    out.push_back(':');
    tiles::append_json_string(out, text);
}

} // namespace

Manifest make_manifest(const data::Snapshot& snapshot, const AnalysisParameters& parameters,
                       const std::string& version, const std::string& more) {
    const auto& profile = *scope_column(snapshot, parameters.scope).profile;
    const auto* release = snapshot.published ? snapshot.published->release.get() : nullptr;
    Manifest manifest{{},
                      parameters.canonical_query() + (more.empty() ? "" : '&' + more),
                      release ? release->revision : snapshot.revision.number,
                      release ? release->number : 0,
                      version,
                      profile.name(),
                      profile.version(),
                      geo::crs_operation().name};
    manifest.id = digest(manifest.parameters + '\n' + std::to_string(manifest.revision) + '\n' +
                         (release ? std::to_string(release->number) + '\n' : "") +
                         manifest.version + '\n' + manifest.scope + '\n' +
                         std::to_string(manifest.scope_version) + '\n' + manifest.crs_operation);
    return manifest;
}

void append_manifest(std::string& out, const Manifest& manifest) {
    out.push_back('{');
    append_member(out, "id", manifest.id);
    out.push_back(',');
    append_member(out, "parameters", manifest.parameters);
    out.append(",\"revision\":").append(std::to_string(manifest.revision)).append(",");
    if (manifest.release > 0) {
        out.append("\"release\":").append(std::to_string(manifest.release)).append(",");
    }
    append_member(out, "version", manifest.version);
    out.append(",\"scope\":{");
    append_member(out, "profile", manifest.scope);
    out.append(",\"version\":").append(std::to_string(manifest.scope_version)).append("},");
    append_member(out, "crs_operation", manifest.crs_operation);
    out.push_back('}');
}

} // namespace hotspots::service
