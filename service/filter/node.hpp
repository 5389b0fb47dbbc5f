// A filter as it is evaluated: types checked, properties found, literals made ready. Private to the
// sources that implement service/filter/filter.hpp.
#pragma once

#include "geo/spatial_relation.hpp"
#include "service/filter/expression.hpp"
#include "service/filter/like_pattern.hpp"
#include "service/filter/value.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hotspots::service::filter {

struct Node {
    Op op = Op::literal;
    Type type = Type::boolean;
    std::vector<Node> arguments = {};
    Column column = {};                           // of Op::property
    Value value = {};                             // of Op::literal
    std::shared_ptr<const std::string> text = {}; // that `value` refers to
    std::shared_ptr<const geo::Shape> shape = {}; // that `value` refers to
    std::optional<LikePattern> pattern = {};      // of Op::like, where it is known beforehand
    // Of Op::in, where all that is looked for are literal texts, or numbers: sorted.
    std::vector<std::string> texts = {};
    std::vector<double> numbers = {};
};

// Texts that an evaluation makes live in here for as long as their row is looked at.
class Scratch {
public:
    std::string_view keep(std::string text) {
        return *m_texts.emplace_back(std::make_unique<std::string>(std::move(text)));
    }
    void clear() { m_texts.clear(); }

private:
    std::vector<std::unique_ptr<std::string>> m_texts;
};

Value evaluate(const Node& node, std::uint32_t row, Scratch& scratch);

// One operator on the values of its arguments. Null where one of them is.
Value evaluate_spatial(Op op, const Value& a, const Value& b);
Value evaluate_temporal(Op op, const Value& a, const Value& b);
Value evaluate_lists(Op op, const Value& a, const Value& b);
// Whether two values of one type are the same; empty where one is null.
std::optional<bool> equal_values(const Value& a, const Value& b);

// A literal, or made of literals alone: the same for every feature.
bool is_constant(const Node& node);

} // namespace hotspots::service::filter
