// Read as https://prometheus.io/docs/instrumenting/exposition_formats/ says: cumulative buckets,
// +Inf equal to the count, a sum in seconds.
#include "service/metrics/request_metrics.hpp"
#include "tests/catch.hpp"

#include <thread>

using namespace hotspots::service;
using std::chrono::milliseconds;

namespace {

std::string metrics_text(const RequestMetrics& metrics) {
    std::string out;
    metrics.write(out);
    return out;
}

} // namespace

TEST_CASE("Durations are counted into cumulative buckets, by route") {
    RequestMetrics metrics;
    auto& recorder = metrics.add_recorder();
    recorder.record("/a/{id}", 200, milliseconds(1));
    recorder.record("/a/{id}", 404, milliseconds(3));
    recorder.record("/a/{id}", 200, std::chrono::seconds(60));
    recorder.record("", 400, milliseconds(0));
    const auto text = metrics_text(metrics);
    using Catch::Contains;
    const std::string name = "llr_hotspots_http_request_duration_seconds";
    CHECK_THAT(text, Contains(name + "_bucket{route=\"/a/{id}\",le=\"0.0005\"} 0\n"));
    CHECK_THAT(text, Contains(name + "_bucket{route=\"/a/{id}\",le=\"0.001\"} 1\n"));
    CHECK_THAT(text, Contains(name + "_bucket{route=\"/a/{id}\",le=\"0.005\"} 2\n"));
    CHECK_THAT(text, Contains(name + "_bucket{route=\"/a/{id}\",le=\"30\"} 2\n"));
    CHECK_THAT(text, Contains(name + "_bucket{route=\"/a/{id}\",le=\"+Inf\"} 3\n"));
    CHECK_THAT(text, Contains(name + "_sum{route=\"/a/{id}\"} 60.004\n"));
    CHECK_THAT(text, Contains(name + "_count{route=\"/a/{id}\"} 3\n"));
    CHECK_THAT(text, Contains("http_requests_total{route=\"/a/{id}\",code=\"2xx\"} 2\n"));
    CHECK_THAT(text, Contains("http_requests_total{route=\"/a/{id}\",code=\"4xx\"} 1\n"));
    CHECK_THAT(text, Contains("http_requests_total{route=\"none\",code=\"4xx\"} 1\n"));
}

TEST_CASE("Threads count apart and are added up") {
    RequestMetrics metrics;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&recorder = metrics.add_recorder()] {
            for (int n = 0; n < 1000; ++n) {
                recorder.record("/b", 200, milliseconds(1));
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK_THAT(metrics_text(metrics),
               Catch::Contains("http_requests_total{route=\"/b\",code=\"2xx\"} 4000\n"));
}
