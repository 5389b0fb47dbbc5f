#include "tests/data/release/intruder.hpp"

#include "tests/data/release/intruder_programme.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace hotspots::tests {

namespace {

using nlohmann::ordered_json;

Bounds bounds_of(const ordered_json& figure, const ordered_json& rule) {
    const auto threshold = rule.at("threshold").get<double>();
    const auto half = std::floor(rule.at("rounding").get<double>() / 2);
    if (figure.is_string()) {
        return figure == "*" ? Bounds{1, threshold} : Bounds{};
    }
    const auto value = figure.get<double>();
    return value == 0 ? Bounds{0, 0} : Bounds{std::max(value - half, threshold + 1), value + half};
}

std::string text_of(const MonthSpan& span) {
    return std::to_string(span.first) + "-" + std::to_string(span.last);
}

bool holds(const MonthSpan& outer, const MonthSpan& inner) {
    return outer.first <= inner.first && inner.last <= outer.last;
}

// Its variables are the smallest parts that tables are made of: records of a ward, an age and a
// quarter (or the quarters that hold them), and of the whole by month, by group, with a knife.
class Knowledge {
public:
    Knowledge(const ordered_json& document, const KnownCrossings& crossings)
        : m_document(document), m_crossings(crossings) {
        for (const auto& area : document.at("areas")) {
            if (area.at("level") == "ward") {
                m_wards[area.at("code")] = area.at("authority_code");
            } else if (area.at("level") != "authority") {
                m_whole = area.at("code");
            }
        }
        for (const auto& period : document.at("periods").at("years")) {
            m_span.first = std::min(m_span.first, span_of(period).first);
            m_span.last = std::max(m_span.last, span_of(period).last);
        }
        make_parts();
        tie_whole_to_wards();
        add_figures();
        add_report();
    }

    std::map<FigureName, FeasibleRange> ranges() {
        std::map<FigureName, FeasibleRange> ranges;
        for (const auto& [name, sum] : m_hidden) {
            ranges[name] = m_programme.range_of(sum);
        }
        return ranges;
    }

private:
    using Sum = Programme::Sum;

    // Whole quarters, and what lies across their ends: at most a year, else no table counts it.
    void make_parts() {
        for (int first = m_span.first; first <= m_span.last; first += 3) {
            for (int last = first + 2; last <= std::min(first + 11, m_span.last); last += 3) {
                m_parts.push_back({first, last});
            }
        }
    }
    bool may_hold(const std::string& ward, const MonthSpan& part) const {
        return part.last - part.first == 2 || m_crossings.contains({ward, part});
    }
    void add_part(Sum& sum, const std::string& ward, const MonthSpan& part, bool under_25_alone) {
        if (!may_hold(ward, part)) {
            return;
        }
        const auto name = ward + ' ' + text_of(part);
        sum[m_programme.variable(name + " under")] += 1;
        if (!under_25_alone) {
            sum[m_programme.variable(name + " other")] += 1;
        }
    }
    // The parts of the whole that a span may be made of: months, what is known to the quarter
    // alone, what lies across quarters' ends.
    std::vector<std::string> pieces_of(const MonthSpan& span) const {
        std::vector<std::string> pieces;
        for (int month = span.first; month <= span.last; ++month) {
            pieces.push_back("month " + std::to_string(month));
        }
        for (const auto& part : m_parts) {
            if (holds(span, part)) {
                pieces.push_back("part " + text_of(part));
            }
        }
        return pieces;
    }
    Sum whole_sum(const MonthSpan& span, const std::string& category) {
        Sum sum;
        for (const auto& piece : pieces_of(span)) {
            if (category == "all") {
                sum[m_programme.variable(piece + " under")] += 1;
                sum[m_programme.variable(piece + " other")] += 1;
            } else {
                sum[m_programme.variable(piece + (category == "under-25" ? " under" : category))] +=
                    1;
            }
        }
        return sum;
    }
    // What the wards have of a quarter or across, the whole has by month or not; ages and groups
    // add up to all, knives to no more.
    void tie_whole_to_wards() {
        for (const auto& part : m_parts) {
            for (const bool under : {true, false}) {
                const std::string age = under ? " under" : " other";
                Sum sum;
                for (const auto& [ward, authority] : m_wards) {
                    if (may_hold(ward, part)) {
                        sum[m_programme.variable(ward + ' ' + text_of(part) + age)] += 1;
                    }
                }
                sum[m_programme.variable("part " + text_of(part) + age)] -= 1;
                for (int month = part.first; part.last - part.first == 2 && month <= part.last;
                     ++month) {
                    sum[m_programme.variable("month " + std::to_string(month) + age)] -= 1;
                }
                m_programme.add(sum, {0, 0});
            }
        }
        for (const auto& piece : pieces_of(m_span)) {
            Sum groups{{m_programme.variable(piece + " under"), -1},
                       {m_programme.variable(piece + " other"), -1}};
            auto knives = groups;
            for (const auto* group : {"homicide", "violence_with_injury", "robbery"}) {
                groups[m_programme.variable(piece + group)] = 1;
            }
            m_programme.add(groups, {0, 0});
            knives[m_programme.variable(piece + "knife")] = 1;
            m_programme.add(knives, {-std::numeric_limits<double>::infinity(), 0});
        }
    }
    Sum sum_of(const std::string& area, const MonthSpan& span, const std::string& category) {
        if (area == m_whole) {
            return whole_sum(span, category);
        }
        Sum sum;
        for (const auto& [ward, authority] : m_wards) {
            for (const auto& part : m_parts) {
                if ((ward == area || authority == area) && holds(span, part)) {
                    add_part(sum, ward, part, category == "under-25");
                }
            }
        }
        return sum;
    }
    void add_figures() {
        for (const auto& [area, periods] : m_document.at("figures").items()) {
            for (const auto& [period, categories] : periods.items()) {
                const auto span = span_of(period);
                for (const auto& [category, figure] : categories.items()) {
                    const auto sum = sum_of(area, span, category);
                    m_programme.add(sum, bounds_of(figure, m_document.at("rule")));
                    if (figure.is_string()) {
                        m_hidden[{area, period, category}] = sum;
                    }
                }
            }
        }
    }
    // How many are in years alone, in quarters but no month, of no known age.
    void add_report() {
        const auto& left_out = m_document.at("report").at("left_out");
        Sum across;
        Sum no_month;
        Sum others;
        for (const auto& part : m_parts) {
            for (const auto* age : {" under", " other"}) {
                auto& sum = part.last - part.first == 2 ? no_month : across;
                sum[m_programme.variable("part " + text_of(part) + age)] = 1;
            }
        }
        for (const auto& piece : pieces_of(m_span)) {
            others[m_programme.variable(piece + " other")] = 1;
        }
        const auto& rule = m_document.at("rule");
        m_programme.add(across, bounds_of(left_out.at("without_quarter"), rule));
        m_programme.add(no_month, bounds_of(left_out.at("without_month"), rule));
        m_programme.add(others, {bounds_of(left_out.at("age_unknown"), rule).lower});
    }

    const ordered_json& m_document;
    const KnownCrossings& m_crossings;
    Programme m_programme;
    std::map<std::string, std::string> m_wards; // their authorities
    std::string m_whole;
    MonthSpan m_span{std::numeric_limits<int>::max(), 0};
    std::vector<MonthSpan> m_parts;
    std::map<FigureName, Sum> m_hidden;
};

} // namespace

MonthSpan span_of(const std::string& period) {
    const auto month = [](const std::string& text) {
        return std::stoi(text.substr(0, 4)) * 12 + std::stoi(text.substr(5, 2)) - 1;
    };
    const auto slash = period.find('/');
    return {month(period), month(slash == std::string::npos ? period : period.substr(slash + 1))};
}

std::map<FigureName, FeasibleRange> attack_document(const ordered_json& document,
                                                    const KnownCrossings& crossings) {
    return Knowledge(document, crossings).ranges();
}

} // namespace hotspots::tests
