#include "service/cli/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <ostream>

namespace hotspots::service {

namespace {

constexpr int bar_width = 30;
constexpr std::chrono::milliseconds redraw{100};
constexpr std::chrono::seconds log_pause{10};

} // namespace

std::string grouped(std::int64_t number) {
    auto text = std::to_string(number);
    const std::size_t sign = number < 0 ? 1 : 0;
    for (auto at = text.size(); at > sign + 3;) {
        at -= 3;
        text.insert(at, ",");
    }
    return text;
}

std::string progress_text(std::uint64_t done, std::uint64_t all, std::int64_t rows, int width,
                          std::string_view unit) {
    const double share =
        all == 0 ? 0 : std::min(1.0, static_cast<double>(done) / static_cast<double>(all));
    const int filled = static_cast<int>(share * width);
    std::string bar(static_cast<std::size_t>(filled), '=');
    if (filled < width) {
        bar.push_back('>');
    }
    bar.resize(static_cast<std::size_t>(width), ' ');
    auto percent = std::to_string(static_cast<int>(share * 100));
    percent.insert(0, 3 - std::min<std::size_t>(3, percent.size()), ' ');
    return "[" + bar + "] " + percent + " %  " + grouped(rows) + ' ' + std::string(unit);
}

ProgressBar::ProgressBar(std::ostream& out, bool terminal, Clock::time_point start,
                         std::string_view unit)
    : m_out(out), m_terminal(terminal), m_last(start), m_unit(unit) {}

ProgressBar::~ProgressBar() {
    if (m_drawn) {
        m_out << "\r\x1B[K" << std::flush;
    }
}

void ProgressBar::show(std::uint64_t done, std::uint64_t all, std::int64_t rows,
                       Clock::time_point now) {
    if (now - m_last < (m_terminal ? Clock::duration(redraw) : Clock::duration(log_pause))) {
        return;
    }
    m_last = now;
    const auto text = progress_text(done, all, rows, bar_width, m_unit);
    if (m_terminal) {
        m_out << '\r' << text << "\x1B[K" << std::flush;
        m_drawn = true;
    } else {
        m_out << text << std::endl;
    }
}

bool stderr_is_terminal() {
    return ::isatty(STDERR_FILENO) == 1;
}

} // namespace hotspots::service
