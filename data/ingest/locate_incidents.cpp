#include "data/ingest/locate_incidents.hpp"

#include "data/geocode/geocode.hpp"

#include <exception>
#include <semaphore>
#include <thread>

namespace hotspots::data {

namespace {

// Fewer than this are located before a thread has set up PROJ.
constexpr std::size_t worth_a_thread = 2000;

void locate_in_order(const Gazetteer& gazetteer, const HandDecisions& decisions,
                     std::span<Incident> incidents) {
    for (auto& incident : incidents) {
        const auto* by_hand = decisions.find(incident.record);
        incident.location = by_hand ? by_hand->location : locate(gazetteer, incident.record);
        incident.ward_code.clear();
        if (!incident.location.point) {
            continue;
        }
        const auto ward = gazetteer.ward_at(*incident.location.point);
        if (ward) {
            incident.ward_code = gazetteer.ward_code(*ward);
        } else if (by_hand && gazetteer.has_wards()) {
            incident.location.status = GeocodeStatus::outside;
        }
    }
}

} // namespace

// One thread that waits for work, does it, and waits again. The two semaphores hand the members
// over: between start and finish they are the thread's.
class Locator::Helper {
public:
    Helper(const Gazetteer& gazetteer, const HandDecisions& decisions)
        : m_gazetteer(gazetteer), m_decisions(decisions), m_thread([this] { run(); }) {}
    ~Helper() {
        m_stop = true;
        m_started.release();
        m_thread.join();
    }
    Helper(const Helper&) = delete;
    Helper& operator=(const Helper&) = delete;

    void start(std::span<Incident> incidents) {
        m_incidents = incidents;
        m_error = nullptr;
        m_started.release();
    }
    // Waits for the work to end; the error it ended with, if any.
    std::exception_ptr finish() {
        m_finished.acquire();
        return m_error;
    }

private:
    void run() {
        for (m_started.acquire(); !m_stop; m_started.acquire()) {
            try {
                locate_in_order(m_gazetteer, m_decisions, m_incidents);
            } catch (...) {
                m_error = std::current_exception();
            }
            m_finished.release();
        }
    }

    const Gazetteer& m_gazetteer;
    const HandDecisions& m_decisions;
    std::span<Incident> m_incidents;
    std::exception_ptr m_error;
    bool m_stop = false;
    std::binary_semaphore m_started{0};
    std::binary_semaphore m_finished{0};
    std::thread m_thread; // last: it uses all of the above
};

Locator::Locator(const Gazetteer& gazetteer, const HandDecisions& decisions)
    : m_gazetteer(gazetteer), m_decisions(decisions) {}
Locator::~Locator() = default;

void Locator::locate(std::span<Incident> incidents) {
    if (incidents.size() < worth_a_thread) {
        locate_in_order(m_gazetteer, m_decisions, incidents);
        return;
    }
    if (!m_helper) {
        m_helper = std::make_unique<Helper>(m_gazetteer, m_decisions);
    }
    const std::size_t half = incidents.size() / 2;
    m_helper->start(incidents.subspan(half));
    std::exception_ptr error;
    try {
        locate_in_order(m_gazetteer, m_decisions, incidents.first(half));
    } catch (...) {
        error = std::current_exception();
    }
    // The other half is in use until its thread has finished with it, whatever happened here.
    const auto other_error = m_helper->finish();
    if (error || other_error) {
        std::rethrow_exception(error ? error : other_error);
    }
}

void locate_incidents(const Gazetteer& gazetteer, const HandDecisions& decisions,
                      std::span<Incident> incidents) {
    Locator(gazetteer, decisions).locate(incidents);
}

} // namespace hotspots::data
