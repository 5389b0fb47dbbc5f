// The order in which another system writes dates and times, such as `DD/MM/YYYY HH:MM[:SS]`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

class TimePattern {
public:
    // `text` is made of YYYY, MM (the month; minutes where HH comes before it), DD, HH and SS, of
    // the characters / - . : , T and space, and of [ ] around what may be absent. Year and month
    // are needed, a day for a time of day. Throws InputError that says what is wrong, also for a
    // year of two digits.
    explicit TimePattern(std::string_view text);

    // What a text of this order is in ISO 8601, without offset: it may still be no date that
    // exists. Empty if it has another order. A time of day may always be absent; day, month and
    // hour may have one digit where no other number touches them.
    std::optional<std::string> to_iso(std::string_view text) const;

    const std::string& text() const { return m_text; }

private:
    // Fields are Y M D h m s, all else stands for itself.
    using Variant = std::string;
    void check(const Variant& variant) const;

    std::string m_text;
    std::vector<Variant> m_variants; // with and without what may be absent
};

} // namespace hotspots::data
