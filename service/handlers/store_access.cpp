#include "service/handlers/store_access.hpp"

#include "data/errors.hpp"
#include "service/app.hpp"
#include "service/problem.hpp"

namespace hotspots::service {

std::unique_ptr<data::IncidentStore> open_to_read(const AppContext& context) {
    return context.open_to_read();
}

std::unique_ptr<data::IncidentStore> open_to_write(const AppContext& context) {
    try {
        return context.open_to_write();
    } catch (const data::StoreBusy&) {
        Problem problem(503, "Busy",
                        "the store is being written to, by an import for example; ask again when "
                        "it has ended");
        problem.headers.push_back({"retry-after", "5"});
        throw problem;
    }
}

} // namespace hotspots::service
