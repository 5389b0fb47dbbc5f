#include "service/handlers/sign_in.hpp"

#include "data/snapshot.hpp"
#include "service/access/account_rules.hpp"
#include "service/access/cookies.hpp"
#include "service/access/identities.hpp"
#include "service/app.hpp"
#include "service/audit/audit_log.hpp"
#include "service/audit/request_note.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/sign_in_words.hpp"
#include "service/html/sign_in_page.hpp"
#include "service/negotiation.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"
#include "service/same_origin.hpp"

#include <nlohmann/json.hpp>

#include <chrono>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

Identities& identities_of(const AppContext& context) {
    if (!context.identities) {
        throw Problem(503, "No accounts", "this service keeps no accounts");
    }
    return *context.identities;
}

Response no_store(Response response) {
    response.headers.push_back({"cache-control", "no-store"});
    return response;
}

Response redirect(std::string to) {
    Response response;
    response.status = 303;
    response.headers.push_back({"location", std::move(to)});
    return no_store(std::move(response));
}

// Relative, so that it stays with the host and the path that the browser knows.
std::string way_on(const std::string& next) {
    return next.empty() ? "./" : next;
}

void set_cookie(Response& response, std::string cookie) {
    response.headers.push_back({"set-cookie", std::move(cookie)});
}

std::shared_ptr<const BrowserSession> session_of(const AppContext& context,
                                                 const Request& request) {
    if (!request.caller.by_cookie || !context.identities) {
        return nullptr;
    }
    const auto token = session_token(request.header("cookie").value_or(""), request.secure);
    return identities_of(context).sessions().find(token, *context.identities->present().users);
}

ordered_json caller_json(const Caller& caller) {
    ordered_json json{{"name", nullptr}, {"role", to_text(caller.role)}, {"purpose", nullptr},
                      {"by", "none"},    {"idle_seconds_left", nullptr}, {"seconds_left", nullptr}};
    if (!caller.name.empty()) {
        json["name"] = caller.name;
        json["by"] = caller.by_cookie ? "session" : "key";
    }
    if (!caller.purpose.empty()) {
        json["purpose"] = caller.purpose;
    }
    return json;
}

ordered_json session_json(BrowserSessions& sessions, const BrowserSession& session) {
    auto json = caller_json(session.caller);
    json["idle_seconds_left"] = sessions.idle_left(session).count();
    json["seconds_left"] = sessions.left(session).count();
    return json;
}

Problem refusal_of(const SignInOutcome& outcome) {
    if (outcome.kind == SignInOutcome::Kind::wrong) {
        Problem problem(401, "Not signed in", wrong_credentials);
        problem.headers.push_back({"www-authenticate", "Bearer realm=\"llr-hotspots\""});
        return problem;
    }
    const bool often = outcome.kind == SignInOutcome::Kind::too_often;
    Problem problem(often ? 429 : 503, often ? "Too many tries" : "Busy", words_of_wait(outcome));
    problem.headers.push_back({"retry-after", std::to_string(outcome.wait.count())});
    return problem;
}

SignInPage page_of(const AppContext& context, const Request& request, const SignInWords& words) {
    SignInPage page;
    page.base = base_url(context, request);
    page.next = words.next;
    page.name = words.name;
    page.purpose = words.chosen_purpose;
    page.detail = words.detail;
    const auto snapshot = snapshot_or_null(context, request);
    page.demo = snapshot && snapshot->demo;
    return page;
}

Response page_answer(const SignInPage& page, int status) {
    Response response;
    response.status = status;
    response.content_type = html_media_type;
    response.body = sign_in_page(page);
    return no_store(std::move(response));
}

// Of who signs in, or tries to: goes into the trail before the answer does, with nothing secret.
AuditEntry sign_in_entry(const Request& request, const SignInWords& words) {
    auto entry = entry_of(request);
    entry.action = "sign_in";
    entry.what = "POST /session";
    entry.who = account_name(words.name).substr(0, longest_account_name);
    entry.role.clear();
    entry.reason = purpose_of(words);
    return entry;
}

// Of what was not looked at there would be too much.
void note_sign_in(AuditLog* audit, AuditEntry entry, SignInOutcome::Kind kind) {
    const bool in = kind == SignInOutcome::Kind::signed_in;
    if (audit && (in || kind == SignInOutcome::Kind::wrong)) {
        entry.status = in ? 200 : 401;
        audit->note(std::move(entry));
    }
}

// What a settled attempt is answered with.
using Settle = std::function<Response(const SignInOutcome&)>;

Settle settle_for_form(const AppContext& context, const Request& request,
                       const SignInWords& words) {
    return [page = page_of(context, request, words),
            secure = request.secure](const SignInOutcome& outcome) mutable -> Response {
        if (outcome.kind == SignInOutcome::Kind::signed_in) {
            auto response = redirect(way_on(page.next));
            set_cookie(response, session_cookie(outcome.token, secure));
            return response;
        }
        const auto problem = refusal_of(outcome);
        page.credentials_fault = problem.what();
        auto response = page_answer(page, problem.status());
        for (const auto& header : problem.headers) {
            response.headers.push_back(header);
        }
        return response;
    };
}

Settle settle_for_program(const AppContext& context, const Request& request) {
    return [identities = context.identities,
            secure = request.secure](const SignInOutcome& outcome) -> Response {
        if (outcome.kind != SignInOutcome::Kind::signed_in) {
            return to_response(refusal_of(outcome));
        }
        auto& sessions = identities->sessions();
        const auto session = sessions.find(outcome.token, *identities->present().users);
        if (!session) { // the account was changed at this very moment
            return to_response(refusal_of({}));
        }
        auto response = no_store(json_response(session_json(sessions, *session)));
        set_cookie(response, session_cookie(outcome.token, secure));
        return response;
    };
}

} // namespace

Response post_session(const AppContext& context, const Request& request, const PathParts&) {
    allow_no_parameters(request);
    auto& identities = identities_of(context);
    const bool form = is_form_request(request);
    const auto words = form ? read_sign_in_form(request) : read_sign_in_json(request);
    if (form) {
        check_own_page(request);
        if (const auto* fault = fault_of_purpose(words)) {
            auto page = page_of(context, request, words);
            page.purpose_fault = fault;
            return page_answer(page, 400);
        }
    } else if (const auto* fault = fault_of_purpose(words)) {
        throw bad_parameter("purpose", fault);
    }
    auto settle =
        form ? settle_for_form(context, request, words) : settle_for_program(context, request);
    // A new session at each sign-in: the one before, if any, does not go on under another name.
    if (const auto before = session_token(request.header("cookie").value_or(""), request.secure);
        !before.empty()) {
        identities.sessions().end(before);
    }
    Response response;
    response.later = [outcome =
                          identities.sign_in().begin({account_name(words.name), words.password,
                                                      purpose_of(words), request.address}),
                      settle = std::move(settle), audit = context.audit,
                      entry = sign_in_entry(request, words)]() mutable -> std::optional<Response> {
        if (outcome.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
            return std::nullopt;
        }
        note_sign_in(audit.get(), entry, outcome.get().kind);
        return settle(outcome.get());
    };
    return response;
}

Response get_session(const AppContext& context, const Request& request, const PathParts&) {
    allow_json_only(request);
    const auto session = session_of(context, request);
    return no_store(json_response(session ? session_json(context.identities->sessions(), *session)
                                          : caller_json(request.caller)));
}

Response delete_session(const AppContext& context, const Request& request, const PathParts&) {
    static constexpr std::array<std::string_view, 1> allowed{"everywhere"};
    static constexpr std::array<std::string_view, 2> answers{"false", "true"};
    const Parameters parameters(request.query, allowed);
    const auto text = parameters.find("everywhere");
    const bool everywhere = text && choice("everywhere", *text, answers) == 1;
    if (request.caller.by_cookie) {
        auto& sessions = identities_of(context).sessions();
        sessions.end(session_token(request.header("cookie").value_or(""), request.secure));
        if (everywhere) {
            sessions.end_all(request.caller.name);
        }
    } else if (everywhere) {
        throw bad_parameter("everywhere", "the request is of no session, so of no account; send "
                                          "its cookie");
    }
    Response response;
    response.status = 204;
    set_cookie(response, ended_session_cookie(request.secure));
    return no_store(std::move(response));
}

Response get_sign_in_page(const AppContext& context, const Request& request, const PathParts&) {
    static constexpr std::array<std::string_view, 1> allowed{"next"};
    const Parameters parameters(request.query, allowed);
    SignInWords words;
    words.next = own_path(parameters.find("next").value_or(""));
    auto page = page_of(context, request, words);
    if (!request.caller.name.empty()) {
        page.signed_in_as =
            request.caller.name + " (" + std::string(to_text(request.caller.role)) + ")";
    }
    return page_answer(page, 200);
}

Response post_sign_out(const AppContext& context, const Request& request, const PathParts&) {
    allow_no_parameters(request);
    const auto token = session_token(request.header("cookie").value_or(""), request.secure);
    if (!token.empty()) {
        identities_of(context).sessions().end(token);
    }
    auto response = redirect("./sign-in");
    set_cookie(response, ended_session_cookie(request.secure));
    return response;
}

} // namespace hotspots::service
