// The audit trail for administrators: as JSON page by page, as a page for people, as CSV.
#include "service/app.hpp"
#include "service/audit/audit_log.hpp"
#include "service/audit/search.hpp"
#include "service/csv.hpp"
#include "service/digest.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/document_formats.hpp"
#include "service/handlers/handlers.hpp"
#include "service/html/audit_page.hpp"
#include "service/http/mapped_file.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"
#include "service/scratch_folder.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

constexpr std::int64_t usual_audit_limit = 100;
constexpr std::int64_t most_audit_limit = 10'000;
// Of one page: further ones are a link away.
constexpr std::uint64_t most_searched_bytes = std::uint64_t{64} << 20U;

constexpr std::array<std::string_view, 10> audit_actions{
    "collection", "alteration", "consultation",   "disclosure", "combination",
    "erasure",    "sign_in",    "administration", "audit",      "none"};

constexpr std::array<std::string_view, 15> csv_columns{
    "seq",  "time",   "who",     "role",   "action",  "phase", "what", "parameters",
    "rows", "status", "address", "reason", "request", "note",  "hash"};

struct AskedAudit {
    AuditQuery query;
    std::size_t limit = usual_audit_limit;
    std::vector<std::pair<std::string, std::string>> filters;
};

AskedAudit read_asked(const Request& request) {
    static constexpr std::array<std::string_view, 6> allowed{"datetime", "who",    "action",
                                                             "limit",    "before", "f"};
    const Parameters parameters(request.query, allowed);
    AskedAudit asked;
    const auto text = [&](std::string_view name) {
        return std::string(parameters.find(name).value_or(""));
    };
    asked.filters = {
        {"datetime", text("datetime")}, {"who", text("who")}, {"action", text("action")}};
    // Fields of a form that are left empty.
    if (const auto period = text("datetime"); !period.empty()) {
        try {
            asked.query.period = data::parse_period(period);
        } catch (const std::invalid_argument& error) {
            throw bad_parameter("datetime", error.what());
        }
    }
    asked.query.who = text("who");
    asked.query.action = text("action");
    if (!asked.query.action.empty()) {
        choice("action", asked.query.action, audit_actions);
    }
    if (const auto limit = parameters.find("limit")) {
        asked.limit = static_cast<std::size_t>(whole_number("limit", *limit, 1, most_audit_limit));
    }
    if (const auto before = parameters.find("before")) {
        asked.query.before = static_cast<std::uint64_t>(
            whole_number("before", *before, 1, std::numeric_limits<std::int64_t>::max()));
    }
    return asked;
}

std::string filter_query(const AskedAudit& asked) {
    std::string query;
    for (const auto& [name, value] : asked.filters) {
        if (!value.empty()) {
            append_parameter(query, name, value);
        }
    }
    return query;
}

// The trail as it stands: its newest entry, null where there is none.
ordered_json newest_entry(const AuditLog& log) {
    ordered_json newest;
    search_audit(log.folder(), {}, most_searched_bytes, [&](const ordered_json& entry) {
        newest = entry;
        return false;
    });
    return newest;
}

// What the page follows from: the trail up to an entry, which its hash names with all before it.
ordered_json audit_manifest(const ordered_json& newest, const std::string& query,
                            const std::string& version) {
    const bool none = newest.is_null();
    const ordered_json manifest{{"parameters", query},
                                {"seq", none ? ordered_json(0) : newest.at("seq")},
                                {"hash", none ? ordered_json("") : newest.at("hash")},
                                {"version", version}};
    ordered_json named{{"id", digest(manifest.dump())}};
    named.update(manifest);
    return named;
}

// Of the trail that the manifest names, whatever is written meanwhile.
AuditQuery up_to(const ordered_json& newest, AuditQuery query) {
    const auto last = newest.is_null() ? 0 : newest.at("seq").get<std::uint64_t>();
    query.before = std::min(query.before, last + 1);
    return query;
}

std::string audit_page_query(const AskedAudit& asked, std::uint64_t before) {
    auto query = filter_query(asked);
    append_parameter(query, "limit", std::to_string(asked.limit));
    if (before < AuditQuery().before) {
        append_parameter(query, "before", std::to_string(before));
    }
    return query;
}

ordered_json audit_document(const AppContext& context, const AskedAudit& asked,
                            const std::string& base) {
    const auto newest = newest_entry(*context.audit);
    auto entries = ordered_json::array();
    auto rest = search_audit(context.audit->folder(), up_to(newest, asked.query),
                             most_searched_bytes, [&](const ordered_json& entry) {
                                 entries.push_back(entry);
                                 return entries.size() < asked.limit;
                             });
    // The entry that the search stopped at was given out, or is to be looked at next.
    const bool given = !entries.empty() && rest && entries.back().value("seq", 0ULL) == *rest;
    const auto self = audit_page_query(asked, asked.query.before);
    const auto link = [&](const char* rel, const std::string& to) {
        return ordered_json{
            {"rel", rel}, {"type", "application/json"}, {"href", base + "/audit?" + to}};
    };
    auto links = ordered_json::array({link("self", self)});
    if (rest && *rest > 1) {
        links.push_back(link("next", audit_page_query(asked, given ? *rest : *rest + 1)));
    }
    const auto count = entries.size();
    return {{"numberReturned", count},
            {"timeStamp", newest.is_null() ? ordered_json() : newest.at("time")},
            {"manifest", audit_manifest(newest, self, context.version)},
            {"entries", std::move(entries)},
            {"links", links}};
}

std::string audit_csv_line(const ordered_json& entry) {
    std::string line;
    for (const auto name : csv_columns) {
        const auto found = entry.find(name);
        if (found != entry.end()) {
            append_csv_text(line, found->is_string() ? found->get<std::string>() : found->dump());
        }
        line.push_back(',');
    }
    return line;
}

std::string audit_csv_query(const AskedAudit& asked) {
    auto query = filter_query(asked);
    append_parameter(query, "f", "csv");
    return query;
}

Response audit_csv(const AppContext& context, const AskedAudit& asked) {
    const auto newest = newest_entry(*context.audit);
    const auto manifest = audit_manifest(newest, audit_csv_query(asked), context.version);
    std::string ending; // of each line
    append_csv_text(ending, context.marking);
    ending.append(",").append(manifest.at("id").get<std::string>()).append("\r\n");
    const ScratchFolder folder;
    const auto path = folder.path() / "audit.csv";
    std::ofstream file(path, std::ios::binary);
    for (const auto name : csv_columns) {
        file << name << ',';
    }
    file << "marking,manifest\r\n";
    std::uint64_t rows = 0;
    search_audit(context.audit->folder(), up_to(newest, asked.query),
                 std::numeric_limits<std::uint64_t>::max(), [&](const ordered_json& entry) {
                     file << audit_csv_line(entry) << ending;
                     ++rows;
                     return true;
                 });
    file.close();
    if (!file) {
        throw Problem(507, "No room", "the file cannot be written; is the disk full?");
    }
    Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.file = std::make_shared<const MappedFile>(path);
    response.headers = {{"cache-control", "no-store"},
                        {"content-disposition", "attachment; filename=\"audit.csv\""}};
    response.rows = rows;
    return response;
}

void refuse_pages_of_csv(const Request& request) {
    for (const auto& parameter : request.query) {
        if (parameter.name == "limit" || parameter.name == "before") {
            throw bad_parameter(parameter.name, parameter.name +
                                                    " is of pages; f=csv gives all entries that "
                                                    "match, so leave it out");
        }
    }
}

} // namespace

Response get_audit(const AppContext& context, const Request& request, const PathParts&) {
    static constexpr std::array<MediaFormat, 3> formats{{{"json", "application/json"},
                                                         {"html", html_media_type},
                                                         {"csv", "text/csv; charset=utf-8"}}};
    const auto& format = choose_format(request, formats);
    const auto asked = read_asked(request);
    if (!context.audit) {
        throw not_found("this service keeps no audit trail");
    }
    if (format.name == "csv") {
        refuse_pages_of_csv(request);
        return audit_csv(context, asked);
    }
    const auto base = base_url(context, request);
    const auto document = audit_document(context, asked, base);
    const auto csv = audit_csv_query(asked);
    auto response = format.name == "html"
                        ? html_response(audit_html(html_frame(context, request), document,
                                                   asked.filters, base + "/audit?" + csv))
                        : json_response(document);
    response.headers.push_back({"cache-control", "no-store"});
    response.headers.push_back({"vary", "accept"});
    response.rows = document.at("entries").size();
    return response;
}

} // namespace hotspots::service
