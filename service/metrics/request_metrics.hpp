// How many requests each route has answered and how long that took, counted without locks: one
// recorder a thread, added up when somebody asks. Written as Prometheus text (exposition 0.0.4).
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service {

class RequestMetrics {
public:
    // Upper ends of the histogram's buckets; one more takes the rest.
    static constexpr std::array<double, 15> bucket_ends_s{
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};

    // A thread's own; not for several at once.
    class Recorder {
    public:
        // `route`: of static storage, so that it is known by its address; empty where none fits.
        void record(std::string_view route, int status, std::chrono::nanoseconds taken);

    private:
        friend class RequestMetrics;
        using Count = std::atomic<std::uint64_t>; // written by one thread alone
        struct Row {
            std::atomic<const char*> route = nullptr; // null: free
            std::size_t route_bytes = 0;              // written before `route`
            std::array<Count, bucket_ends_s.size() + 1> buckets{};
            std::array<Count, 6> by_class{}; // of status, 1xx first; the last for anything else
            Count nanoseconds = 0;
        };
        Row* row_of(std::string_view route);
        std::array<Row, 128> m_rows; // more routes than exist; further ones are not counted
    };

    // Lives as long as this does. From any thread.
    Recorder& add_recorder();

    // The counts of all recorders, as metrics http_requests_total and
    // http_request_duration_seconds.
    void write(std::string& out) const;

private:
    mutable std::mutex m_mutex;
    std::vector<std::unique_ptr<Recorder>> m_recorders;
};

// A metric of one value, with the two lines that describe it.
void write_metric(std::string& out, std::string_view name, std::string_view type,
                  std::string_view help, double value);

} // namespace hotspots::service
