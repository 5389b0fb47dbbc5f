// A release: frozen tables of one scope profile, made safe to show to anybody (README.md beside
// this file). Plain data; made by create_release(), kept by the store, read by many threads.
#pragma once

#include "data/moment.hpp"
#include "data/release/disclosure_rule.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

enum class AreaLevel { ward, authority, whole };
enum class PeriodKind { month, quarter, year }; // year: 12 months to the end of a quarter

// "ward", "month", …: the words of the document.
std::string_view to_text(AreaLevel value);
std::string_view to_text(PeriodKind value);

// The code of the area that all wards make up.
inline constexpr std::string_view whole_area_code = "LLR";

// Whole months of London's calendar.
struct ReleasePeriod {
    PeriodKind kind = PeriodKind::year;
    std::chrono::year_month last{}; // the month it ends with

    int months() const { return kind == PeriodKind::year ? 12 : kind == PeriodKind::month ? 1 : 3; }
    std::chrono::year_month first() const { return last - std::chrono::months(months() - 1); }
    std::string text() const; // "2024-07/2025-06", "2025-06": also as the parameter `datetime`
    Period period() const;    // in instants
    friend bool operator==(const ReleasePeriod&, const ReleasePeriod&) = default;
};
std::optional<ReleasePeriod> release_period_from_text(std::string_view text);

enum class Hiding {
    none,
    small, // of 1 to the rule's threshold
    added  // any number, 0 included: shown, it would tell of another
};

// What is published of a count: 0, a rounded number, or that it is hidden.
struct Figure {
    std::optional<std::int64_t> value = 0; // empty exactly when hidden
    Hiding hiding = Hiding::none;
    friend bool operator==(const Figure&, const Figure&) = default;
};

// "45", "*" (small), "-" (hidden in addition).
std::string to_text(const Figure& figure);

struct ReleasedArea {
    AreaLevel level = AreaLevel::ward;
    std::string code;
    std::string name;
    std::string authority_code; // of a ward
};

// Records in scope that no table, or only some, count: rounded and hidden by the same rule.
struct ReleaseLeftOut {
    Figure unmapped;        // no place found
    Figure outside;         // beyond the study area
    Figure review;          // a person has yet to say whether they are in scope
    Figure without_ward;    // mapped, but in no ward
    Figure time_too_coarse; // in the years' time, but not known to 12 months of any table
    Figure without_quarter; // counted in years only, as the quarter is not known
    Figure without_month;   // counted in quarters, not in months
    Figure age_unknown;     // counted, but never as under 25
};

struct ReleaseReport {
    std::int64_t cells = 0;
    std::int64_t zeros = 0;
    std::int64_t hidden = 0;             // small ones
    std::int64_t hidden_in_addition = 0; // others, so that small ones cannot be worked out
    std::int64_t repeated = 0;           // as an earlier release, still published, has them
    ReleaseLeftOut left_out;
};

struct Release {
    std::int64_t number = 0; // 1, 2, 3, …
    Instant created{};
    std::string profile;
    int profile_version = 0;
    std::string title;         // of the profile
    std::string description;   // of the profile: what is counted
    std::string version;       // of the program that made it
    std::int64_t revision = 0; // of the data that it was made from
    Instant revision_time{};   // when that was published
    bool demo = false;         // made of synthetic records
    DisclosureRule rule;
    std::vector<ReleasedArea> areas;     // wards by code, authorities by code, the whole
    std::vector<ReleasePeriod> years;    // newest first; at least one
    std::vector<ReleasePeriod> quarters; // newest first
    std::vector<ReleasePeriod> months;   // newest first
    ReleaseReport report;
    std::string document; // the exact bytes that are published: JSON
    std::string sha256;   // of `document`, 64 hexadecimal digits
    std::optional<Instant> withdrawn;
    std::string withdrawn_reason;
    // For those who may see records, never published: what was hidden in addition, and for which
    // cell; which repeated figures would be others today. A sentence each.
    std::vector<std::string> notes;

    // Null where the lattice has no such cell. Wards have years; authorities also quarters; the
    // whole also months, groups and knife.
    const Figure* find(std::string_view area_code, const ReleasePeriod& at,
                       ReleaseCategory category) const;
    const ReleasedArea* area(std::string_view code) const;
    // The table's period that `datetime` means: the same instants. Empty if there is none.
    std::optional<ReleasePeriod> period_of(const Period& datetime) const;

    // Of a cell of the lattice.
    void set(std::string_view area_code, const ReleasePeriod& at, ReleaseCategory category,
             const Figure& figure);

    using Row = std::array<std::optional<Figure>, release_categories>; // by category
    // By area's code, then by the period's text. Read it with find().
    std::map<std::string, std::map<std::string, Row, std::less<>>, std::less<>> figures;
};

// What is published, immutable.
struct Releases {
    std::vector<std::shared_ptr<const Release>> all; // by number, withdrawn ones too

    std::shared_ptr<const Release> find(std::int64_t number) const; // null if there is none
    // The newest that is not withdrawn, of a profile or of any; null if there is none.
    std::shared_ptr<const Release> latest(std::string_view profile = {}) const;
};

} // namespace hotspots::data
