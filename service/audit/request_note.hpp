// What of a request goes into the audit trail, and when: a change before it is made and again with
// its outcome; what leaves as a file before it goes out; a reading of single records soon after.
#pragma once

#include "service/audit/entry.hpp"
#include "service/http/message.hpp"
#include "service/router.hpp"

namespace hotspots::service {

class AuditLog;

// Who, when, from where, why and with which parameters; what for the caller to fill in. Bodies are
// left out.
AuditEntry entry_of(const Request& request);

// What of a route is noted for these parts of its path: as its policy says, of a collection where
// it tells of single incidents.
Action noted_action(const Route& route, const PathParts& parts);

// One request on its way through dispatch().
class RequestNote {
public:
    // `log`: null where nothing is noted. Both outlive this.
    RequestNote(AuditLog* log, const Request& request) : m_log(log), m_request(request) {}

    // Before the handler runs. Throws Problem 503 where the trail cannot be written: nothing is
    // changed then, and no single record read, as nobody could show afterwards that it was.
    void begin(const Route& route, const PathParts& parts);
    // Once the answer is made: itself, or 503 where a file was to go out and could not be noted.
    Response end(Response response);

private:
    AuditEntry entry(Action action) const;

    AuditLog* m_log;
    const Request& m_request;
    const Route* m_route = nullptr; // once the handler is about to run
    Action m_action = Action::none;
};

// Of an answer that was ready before any handler ran: noted if it tells of records.
void note_prepared(AuditLog& log, const Request& request, const PreparedAnswer& answer);

// Of somebody known who asked for what the role may not have.
void note_refused(AuditLog& log, const Request& request, int status);

} // namespace hotspots::service
