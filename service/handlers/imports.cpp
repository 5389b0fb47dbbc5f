// Imports: their list, one of them with the quality of its records, its rejects, its events, and
// taking it back.
#include "data/errors.hpp"
#include "data/ingest/import.hpp"
#include "service/app.hpp"
#include "service/csv.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/import_view.hpp"
#include "service/handlers/json_values.hpp"
#include "service/handlers/store_access.hpp"
#include "service/jobs/import_jobs.hpp"
#include "service/problem.hpp"
#include "service/quality_json.hpp"

#include <nlohmann/json.hpp>

#include <memory>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

constexpr std::int64_t shown_rejects = 20;

const std::string& id_of(const PathParts& parts) {
    return parts.find("id")->second;
}

Response uncached_json(const ordered_json& document) {
    auto response = json_response(document);
    response.headers.push_back({"cache-control", "no-store"});
    return response;
}

ordered_json reject_json(const data::Reject& reject) {
    return {{"file", reject.file},
            {"line", reject.line},
            {"field", text_or_null_json(reject.field)},
            {"value", text_or_null_json(reject.value)},
            {"reason", reject.reason}};
}

void add_details(const data::Snapshot& snapshot, data::IncidentStore& store, const ImportView& view,
                 ordered_json& answer) {
    auto rejects = ordered_json::array();
    for (const auto& reject : store.rejects(view.entry->id, shown_rejects)) {
        rejects.push_back(reject_json(reject));
    }
    answer["first_rejects"] = std::move(rejects);
    answer["report"] = ordered_json::parse(view.entry->report, nullptr, false);
    answer["quality"] = quality_of_import(snapshot, view.entry->id);
}

ordered_json full_json(const AppContext& context, const Request& request,
                       data::IncidentStore& store, const ImportView& view) {
    auto answer = to_json(view);
    if (view.entry) {
        add_details(*take_snapshot(context, request), store, view, answer);
    }
    return answer;
}

std::string event_text(std::string_view name, const ordered_json& data) {
    return "event: " + std::string(name) +
           "\ndata: " + data.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n\n";
}

// A job's state as it changes. Only memory is looked at: the last event says where the rest is.
std::function<StreamPart()> events_of(const AppContext& context, const std::string& id) {
    return [jobs = context.jobs, id, told = std::make_shared<std::string>()]() -> StreamPart {
        auto job = jobs->find(id);
        if (!job) {
            return {"", true};
        }
        const bool over = job->state != JobState::queued && job->state != JobState::running;
        const auto text =
            event_text(over ? to_text(job->state) : "progress", to_json(ImportView{id, job, {}}));
        if (text == *told) {
            return {"", over};
        }
        *told = text;
        return {text, over};
    };
}

data::UndoResult undo(data::IncidentStore& store, std::int64_t import_id, const std::string& who) {
    try {
        return data::undo_import(store, import_id, who);
    } catch (const data::InputError& error) {
        throw Problem(409, "Cannot be undone", error.what());
    }
}

} // namespace

Response get_imports(const AppContext& context, const Request& request, const PathParts&) {
    allow_json_only(request);
    const auto store = open_to_read(context);
    auto list = ordered_json::array();
    for (const auto& view : all_imports(context, *store)) {
        list.push_back(to_json(view));
    }
    return uncached_json({{"numberMatched", list.size()}, {"imports", list}});
}

Response get_import(const AppContext& context, const Request& request, const PathParts& parts) {
    allow_json_only(request);
    const auto store = open_to_read(context);
    return uncached_json(
        full_json(context, request, *store, find_import(context, *store, id_of(parts))));
}

Response get_import_rejects(const AppContext& context, const Request& request,
                            const PathParts& parts) {
    allow_no_parameters(request);
    const auto store = open_to_read(context);
    const auto view = find_import(context, *store, id_of(parts));
    std::string csv = "file,line,field,value,reason,marking\r\n";
    const auto rejects = view.entry ? store->rejects(view.entry->id) : std::vector<data::Reject>();
    for (const auto& reject : rejects) {
        append_csv_text(csv, reject.file);
        csv += ',' + std::to_string(reject.line) + ',';
        append_csv_text(csv, reject.field);
        csv += ',';
        append_csv_text(csv, reject.value);
        csv += ',';
        append_csv_text(csv, reject.reason);
        csv += ',';
        append_csv_text(csv, context.marking);
        csv += "\r\n";
    }
    Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.body = std::move(csv);
    response.rows = rejects.size();
    response.headers.push_back({"cache-control", "no-store"});
    response.headers.push_back(
        {"content-disposition", "attachment; filename=\"rejects-" + view.id + ".csv\""});
    response.headers.push_back({"link", '<' + base_url(context, request) + "/imports/" + view.id +
                                            ">; rel=\"describedby\"; type=\"application/json\""});
    return response;
}

Response get_import_events(const AppContext& context, const Request& request,
                           const PathParts& parts) {
    allow_no_parameters(request);
    Response response;
    response.content_type = "text/event-stream";
    if (context.jobs->find(id_of(parts))) {
        response.stream = events_of(context, id_of(parts));
        return response;
    }
    // Over before this process began: one event says how it ended.
    const auto store = open_to_read(context);
    const auto view = find_import(context, *store, id_of(parts));
    response.body = event_text(state_of(view), to_json(view));
    response.headers.push_back({"cache-control", "no-store"});
    return response;
}

Response delete_import(const AppContext& context, const Request& request, const PathParts& parts) {
    allow_no_parameters(request);
    const auto job = context.jobs->cancel(id_of(parts), request.caller.name);
    if (job && job->state == JobState::cancelled) {
        return uncached_json(to_json(ImportView{job->id, job, {}}));
    }
    const auto store = open_to_write(context);
    auto view = find_import(context, *store, id_of(parts));
    if (!view.entry) {
        throw Problem(409, "Nothing to undo",
                      "this import " + std::string(state_of(view)) +
                          " and left nothing in the store");
    }
    auto undone = undo(*store, view.entry->id, request.caller.name);
    context.catch_up(undone.revision);
    view.entry = std::move(undone.entry);
    auto json = to_json(view);
    json["removed"] = undone.removed;
    json["restored"] = undone.restored;
    json["kept"] = undone.kept;
    json["revision"] = undone.revision.number;
    auto response = uncached_json(json);
    response.rows = static_cast<std::uint64_t>(undone.removed + undone.restored);
    return response;
}

} // namespace hotspots::service
