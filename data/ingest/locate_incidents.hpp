// The geocoding step of an import: location and ward of many incidents, on two threads.
#pragma once

#include "data/known_places.hpp"
#include "data/record.hpp"

#include <memory>
#include <span>

namespace hotspots::data {

// Keeps its second thread, and with it that thread's PROJ and GEOS objects, from batch to batch.
class Locator {
public:
    // Both are kept by reference.
    Locator(const Gazetteer& gazetteer, const HandDecisions& decisions);
    ~Locator();
    Locator(const Locator&) = delete;
    Locator& operator=(const Locator&) = delete;

    // Sets `location` and `ward_code` of each from its `record`, a person's decision on it before
    // all else. The result does not depend on
    // threads. One call at a time.
    void locate(std::span<Incident> incidents);

private:
    class Helper;
    const Gazetteer& m_gazetteer;
    const HandDecisions& m_decisions;
    std::unique_ptr<Helper> m_helper; // made when first worth it
};

// The same, once.
void locate_incidents(const Gazetteer& gazetteer, const HandDecisions& decisions,
                      std::span<Incident> incidents);

} // namespace hotspots::data
