#include "data/errors.hpp"
#include "data/ingest/import.hpp"
#include "data/ingest/locate_incidents.hpp"

#include <algorithm>

namespace hotspots::data {

UndoResult undo_import(IncidentStore& store, std::int64_t import_id, const std::string& who) {
    const auto transaction = store.begin();
    const auto imports = store.imports();
    const auto found = std::find_if(imports.begin(), imports.end(), [&](const ImportEntry& entry) {
        return entry.id == import_id;
    });
    if (found == imports.end()) {
        throw InputError("there is no import " + std::to_string(import_id));
    }
    if (found->undone) {
        throw InputError("import " + std::to_string(import_id) + " was undone already, by " +
                         found->undone_by);
    }
    if (!store.can_undo(import_id)) {
        throw InputError("import " + std::to_string(import_id) +
                         " was made by an earlier version of this program, which did not keep what "
                         "it changed or repeated: taking it back could take other imports' records "
                         "with it; expected a later import");
    }
    UndoResult result;
    auto rows = transaction->undo_import(import_id);
    result.removed = rows.removed;
    result.kept = rows.kept;
    result.restored = static_cast<std::int64_t>(rows.restored.size());
    if (!rows.restored.empty()) {
        // Reference data may have been loaded since they were last looked at.
        const auto known = read_known_places(store);
        locate_incidents(known.gazetteer, known.decisions, rows.restored);
        for (const auto& incident : rows.restored) {
            transaction->overwrite(incident);
        }
    }
    result.entry = *found;
    result.entry.undone =
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    result.entry.undone_by = who;
    transaction->finish_import(result.entry);
    result.revision = transaction->commit(true);
    return result;
}

} // namespace hotspots::data
