#include "service/metrics/request_metrics.hpp"

#include <algorithm>
#include <cstdio>
#include <map>

namespace hotspots::service {

namespace {

constexpr std::string_view metric_prefix = "llr_hotspots_";
constexpr const char* no_route = "none";

struct RouteSum {
    std::array<std::uint64_t, RequestMetrics::bucket_ends_s.size() + 1> buckets{};
    std::array<std::uint64_t, 6> by_class{};
    std::uint64_t nanoseconds = 0;
};

// A counter that no other thread writes: no locked instruction is needed.
void add_to(std::atomic<std::uint64_t>& count, std::uint64_t more) {
    count.store(count.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
}

std::string number_text(double value) {
    std::array<char, 32> text{};
    const int length = std::snprintf(text.data(), text.size(), "%.15g", value);
    return std::string(text.data(), static_cast<std::size_t>(length));
}

void describe_metric(std::string& out, std::string_view name, std::string_view type,
                     std::string_view help) {
    out.append("# HELP ").append(metric_prefix).append(name).append(" ").append(help).append("\n");
    out.append("# TYPE ").append(metric_prefix).append(name).append(" ").append(type).append("\n");
}

void write_sample(std::string& out, std::string_view name, const std::string& labels,
                  const std::string& value) {
    out.append(metric_prefix).append(name);
    if (!labels.empty()) {
        out.append("{").append(labels).append("}");
    }
    out.append(" ").append(value).append("\n");
}

// Patterns of routes hold neither quotes nor backslashes.
std::string route_label(const std::string& route) {
    return "route=\"" + route + '"';
}

void write_totals(std::string& out, const std::map<std::string, RouteSum>& sums) {
    static constexpr std::array<const char*, 6> classes{"1xx", "2xx", "3xx", "4xx", "5xx", "other"};
    describe_metric(out, "http_requests_total", "counter",
                    "Requests answered, by route and class of status.");
    for (const auto& [route, sum] : sums) {
        for (std::size_t i = 0; i < classes.size(); ++i) {
            if (sum.by_class[i] > 0) {
                write_sample(out, "http_requests_total",
                             route_label(route) + ",code=\"" + classes[i] + '"',
                             std::to_string(sum.by_class[i]));
            }
        }
    }
}

void write_durations(std::string& out, const std::map<std::string, RouteSum>& sums) {
    constexpr std::string_view name = "http_request_duration_seconds";
    describe_metric(out, name, "histogram",
                    "From a request's whole header to the last byte of its answer.");
    for (const auto& [route, sum] : sums) {
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < sum.buckets.size(); ++i) {
            below += sum.buckets[i];
            const auto end = i < RequestMetrics::bucket_ends_s.size()
                                 ? number_text(RequestMetrics::bucket_ends_s[i])
                                 : std::string("+Inf");
            write_sample(out, std::string(name) + "_bucket",
                         route_label(route) + ",le=\"" + end + '"', std::to_string(below));
        }
        write_sample(out, std::string(name) + "_sum", route_label(route),
                     number_text(static_cast<double>(sum.nanoseconds) * 1e-9));
        write_sample(out, std::string(name) + "_count", route_label(route), std::to_string(below));
    }
}

} // namespace

RequestMetrics::Recorder::Row* RequestMetrics::Recorder::row_of(std::string_view route) {
    const char* const key = route.empty() ? no_route : route.data();
    const auto start = reinterpret_cast<std::uintptr_t>(key) / 16;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        Row& row = m_rows[(start + i) % m_rows.size()];
        const char* const there = row.route.load(std::memory_order_relaxed);
        if (there == key) {
            return &row;
        }
        if (!there) {
            row.route_bytes = route.empty() ? std::string_view(no_route).size() : route.size();
            row.route.store(key, std::memory_order_release);
            return &row;
        }
    }
    return nullptr;
}

void RequestMetrics::Recorder::record(std::string_view route, int status,
                                      std::chrono::nanoseconds taken) {
    Row* const row = row_of(route);
    if (!row) {
        return;
    }
    const double seconds = std::chrono::duration<double>(taken).count();
    const auto bucket = std::lower_bound(bucket_ends_s.begin(), bucket_ends_s.end(), seconds);
    add_to(row->buckets[static_cast<std::size_t>(bucket - bucket_ends_s.begin())], 1);
    const int status_class = status / 100;
    const bool known = status_class >= 1 && status_class <= 5;
    add_to(row->by_class[known ? static_cast<std::size_t>(status_class) - 1 : 5], 1);
    add_to(row->nanoseconds, static_cast<std::uint64_t>(std::max<std::int64_t>(0, taken.count())));
}

RequestMetrics::Recorder& RequestMetrics::add_recorder() {
    const std::lock_guard lock(m_mutex);
    m_recorders.push_back(std::make_unique<Recorder>());
    return *m_recorders.back();
}

void RequestMetrics::write(std::string& out) const {
    std::map<std::string, RouteSum> sums;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& recorder : m_recorders) {
            for (const auto& row : recorder->m_rows) {
                const char* const route = row.route.load(std::memory_order_acquire);
                if (!route) {
                    continue;
                }
                RouteSum& sum = sums[std::string(route, row.route_bytes)];
                for (std::size_t i = 0; i < row.buckets.size(); ++i) {
                    sum.buckets[i] += row.buckets[i].load(std::memory_order_relaxed);
                }
                for (std::size_t i = 0; i < row.by_class.size(); ++i) {
                    sum.by_class[i] += row.by_class[i].load(std::memory_order_relaxed);
                }
                sum.nanoseconds += row.nanoseconds.load(std::memory_order_relaxed);
            }
        }
    }
    write_totals(out, sums);
    write_durations(out, sums);
}

void write_metric(std::string& out, std::string_view name, std::string_view type,
                  std::string_view help, double value) {
    describe_metric(out, name, type, help);
    write_sample(out, name, {}, number_text(value));
}

} // namespace hotspots::service
