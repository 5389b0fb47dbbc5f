#include "service/audit/request_note.hpp"

#include "service/audit/audit_log.hpp"
#include "service/http/prepared_answer.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace hotspots::service {

namespace {

bool is_change(const Request& request) {
    return request.method != Method::get && request.method != Method::head;
}

// By what it is, not by what was asked for: whatever leaves as a file is an export.
bool is_file_export(const Response& response) {
    static constexpr std::array<std::string_view, 4> types{
        "text/csv", "application/geopackage+sqlite3", "application/flatgeobuf", "image/tiff"};
    return response.status == 200 && std::any_of(types.begin(), types.end(), [&](auto type) {
               return response.content_type.starts_with(type);
           });
}

Problem not_noted(const std::string& why, const char* what) {
    Problem problem(503, "The audit cannot be written",
                    std::string(what) + " because the audit trail cannot be written: " + why +
                        "; an administrator makes room on the service's disk, then ask again");
    problem.headers.push_back({"retry-after", "10"});
    return problem;
}

// The folder and file names of the service's disk are for its log alone.
std::string reason_of(const std::string& trouble) {
    const auto colon = trouble.rfind(": ");
    return colon == trouble.npos ? trouble : trouble.substr(colon + 2);
}

std::string method_and_route(const Request& request, std::string_view route) {
    return std::string(to_text(request.method)) + ' ' + std::string(route);
}

} // namespace

AuditEntry entry_of(const Request& request) {
    AuditEntry entry;
    entry.who = request.caller.name;
    entry.role = to_text(request.caller.role);
    entry.what = method_and_route(request, request.route);
    if (request.route.find('{') != request.route.npos) {
        entry.parameters.emplace_back("path", request.path);
    }
    for (const auto& [name, value] : request.query) {
        entry.parameters.emplace_back(name, value);
    }
    entry.address = request.address;
    entry.reason = request.caller.purpose;
    entry.request = request.id;
    return entry;
}

Action noted_action(const Route& route, const PathParts& parts) {
    if (!route.policy.is_of_collection()) {
        return route.policy.action();
    }
    const auto named = parts.find("c");
    return named != parts.end() && named->second == "incidents" ? route.policy.action()
                                                                : Action::none;
}

AuditEntry RequestNote::entry(Action action) const {
    auto entry = entry_of(m_request);
    entry.action = to_text(action);
    entry.what = method_and_route(m_request, m_route->pattern);
    return entry;
}

void RequestNote::begin(const Route& route, const PathParts& parts) {
    m_route = &route;
    m_action = noted_action(route, parts);
    if (!m_log || m_action == Action::none) {
        return;
    }
    if (is_change(m_request)) {
        auto intent = entry(m_action);
        intent.phase = AuditPhase::intent;
        try {
            m_log->write(std::move(intent));
        } catch (const AuditError& error) {
            m_route = nullptr;
            throw not_noted(reason_of(error.what()), "nothing was changed");
        }
    } else if (const auto trouble = m_log->trouble(); !trouble.empty()) {
        m_route = nullptr;
        throw not_noted(reason_of(trouble), "single records cannot be read");
    }
}

Response RequestNote::end(Response response) {
    if (!m_log || !m_route) {
        return response;
    }
    const auto action = is_file_export(response) ? Action::disclosure : m_action;
    if (action == Action::none) {
        return response;
    }
    auto told = entry(action);
    told.rows = response.prepared ? response.prepared->outline.rows : response.rows;
    if (response.later) {
        told.note = "made in the background";
    } else {
        told.status = response.prepared ? response.prepared->outline.status : response.status;
    }
    if (is_change(m_request)) {
        told.phase = AuditPhase::outcome;
        m_log->write_outcome(std::move(told));
    } else if (action == Action::disclosure && response.status == 200) {
        try {
            m_log->write(std::move(told));
        } catch (const AuditError& error) {
            return to_response(not_noted(reason_of(error.what()), "this file cannot be given"));
        }
    } else {
        m_log->note(std::move(told));
    }
    return response;
}

void note_prepared(AuditLog& log, const Request& request, const PreparedAnswer& answer) {
    if (!answer.outline.rows) {
        return;
    }
    auto entry = entry_of(request);
    entry.action = to_text(Action::consultation);
    entry.what = method_and_route(request, answer.route);
    entry.rows = answer.outline.rows;
    entry.status = answer.outline.status;
    log.note(std::move(entry));
}

void note_refused(AuditLog& log, const Request& request, int status) {
    auto entry = entry_of(request);
    entry.action = to_text(Action::none);
    entry.status = status;
    entry.note = "refused";
    log.note(std::move(entry));
}

} // namespace hotspots::service
