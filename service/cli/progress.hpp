// How far long work is, on stderr: a bar that is drawn anew on a terminal, a line now and then in a
// log.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

namespace hotspots::service {

// "[=====>    ]  52 %  57,000 rows"; `width` is the bar's, without brackets.
std::string progress_text(std::uint64_t done, std::uint64_t all, std::int64_t rows, int width,
                          std::string_view unit = "rows");

// 1234567 -> "1,234,567"
std::string grouped(std::int64_t number);

class ProgressBar {
public:
    using Clock = std::chrono::steady_clock;

    // On a terminal the bar is drawn at most ten times a second; elsewhere there is a line each ten
    // seconds, so that short work writes nothing.
    ProgressBar(std::ostream& out, bool terminal, Clock::time_point start = Clock::now(),
                std::string_view unit = "rows"); // of static storage
    // Wipes the bar off.
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void show(std::uint64_t done, std::uint64_t all, std::int64_t rows,
              Clock::time_point now = Clock::now());

private:
    std::ostream& m_out;
    bool m_terminal;
    bool m_drawn = false;
    Clock::time_point m_last;
    std::string_view m_unit;
};

bool stderr_is_terminal();

} // namespace hotspots::service
