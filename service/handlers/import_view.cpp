#include "service/handlers/import_view.hpp"

#include "service/app.hpp"
#include "service/handlers/json_values.hpp"
#include "service/jobs/import_jobs.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace hotspots::service {

using nlohmann::ordered_json;

namespace {

ImportView view_of(const AppContext& context, const data::ImportEntry& entry) {
    if (entry.upload.empty()) {
        return {std::to_string(entry.id), {}, entry};
    }
    auto job = context.jobs->find(entry.upload);
    // In the store, but requests do not see it yet: not done.
    const bool runs = job && job->state == JobState::running;
    return {entry.upload, std::move(job), runs ? std::nullopt : std::optional(entry)};
}

ordered_json file_names(const ImportView& view) {
    auto names = ordered_json::array();
    if (!view.entry) {
        names.push_back(view.job->upload.file_name);
        return names;
    }
    std::string_view rest = view.entry->files;
    while (!rest.empty()) {
        const auto name = rest.substr(0, rest.find('\n'));
        names.push_back(name);
        rest.remove_prefix(std::min(rest.size(), name.size() + 1));
    }
    return names;
}

void add_counts(ordered_json& answer, const ImportView& view) {
    const auto counts = view.entry ? std::optional(view.entry->counts)
                        : view.job ? view.job->counts
                                   : std::nullopt;
    const auto add = [&](const char* name, std::int64_t data::ImportCounts::*count) {
        answer[name] = counts ? ordered_json((*counts).*count) : ordered_json();
    };
    add("rows", &data::ImportCounts::rows);
    add("stored", &data::ImportCounts::stored);
    add("updated", &data::ImportCounts::updated);
    add("duplicate", &data::ImportCounts::duplicate);
    add("rejected", &data::ImportCounts::rejected);
}

ordered_json progress_of(const ImportView& view) {
    if (view.entry || !view.job || view.job->state != JobState::running) {
        return {};
    }
    return {{"bytes", view.job->bytes_done},
            {"bytes_in_all", view.job->bytes_in_all},
            {"rows", view.job->rows}};
}

} // namespace

std::vector<ImportView> all_imports(const AppContext& context, data::IncidentStore& store) {
    std::vector<ImportView> views;
    auto jobs = context.jobs->list();
    std::reverse(jobs.begin(), jobs.end());
    auto entries = store.imports();
    std::reverse(entries.begin(), entries.end());
    for (auto& job : jobs) {
        const bool is_stored = std::any_of(entries.begin(), entries.end(), [&](const auto& entry) {
            return entry.upload == job.id;
        });
        if (!is_stored && job.state != JobState::done) {
            auto id = job.id;
            views.push_back({std::move(id), std::move(job), {}});
        }
    }
    for (const auto& entry : entries) {
        views.push_back(view_of(context, entry));
    }
    return views;
}

ImportView find_import(const AppContext& context, data::IncidentStore& store,
                       const std::string& id) {
    // The job first: once it is done, the store has it.
    auto job = context.jobs->find(id);
    for (const auto& entry : store.imports()) {
        if (entry.upload == id || std::to_string(entry.id) == id) {
            return view_of(context, entry);
        }
    }
    if (!job) {
        throw not_found("there is no import " + service::quoted(id) + "; /imports lists them");
    }
    return {id, std::move(job), {}};
}

std::string_view state_of(const ImportView& view) {
    if (view.entry) {
        return view.entry->undone ? "undone" : "done";
    }
    return to_text(view.job->state);
}

ordered_json to_json(const ImportView& view) {
    const auto* entry = view.entry ? &*view.entry : nullptr;
    const auto self = "/imports/" + view.id;
    const auto number = entry ? entry->id : view.job->import_id;
    const auto import_id = number == 0 ? ordered_json() : ordered_json(number);
    ordered_json json{{"id", view.id},
                      {"import_id", import_id},
                      {"state", state_of(view)},
                      {"files", file_names(view)},
                      {"format", entry ? text_or_null_json(entry->format) : ordered_json()},
                      {"started", data::format_utc(entry ? entry->started : view.job->received)}};
    add_counts(json, view);
    json["progress"] = progress_of(view);
    json["error"] = view.job && !entry ? text_or_null_json(view.job->error) : ordered_json();
    json["undone"] =
        entry && entry->undone ? ordered_json(data::format_utc(*entry->undone)) : ordered_json();
    json["undone_by"] = entry ? text_or_null_json(entry->undone_by) : ordered_json();
    json["links"] = {
        {{"rel", "self"}, {"href", self}},
        {{"rel", "rejects"}, {"type", "text/csv"}, {"href", self + "/rejects.csv"}},
        {{"rel", "events"}, {"type", "text/event-stream"}, {"href", self + "/events"}}};
    return json;
}

} // namespace hotspots::service
