#include "service/filter/filter.hpp"

#include "service/filter/binder.hpp"
#include "service/filter/filter_error.hpp"

#include <string>

namespace hotspots::service::filter {

namespace {

Node bind_condition(const Expression& expression, const Schema& schema, const Meaning& meaning) {
    auto node = bind(expression, schema, meaning);
    if (node.type != Type::boolean) {
        throw FilterError("the filter is " + std::string(name_of(node.type)) +
                              "; it must be a condition, such as a comparison",
                          expression.position);
    }
    return node;
}

} // namespace

Filter::Filter(const Expression& expression, const Schema& schema, const Meaning& meaning)
    : m_root(std::make_unique<const Node>(bind_condition(expression, schema, meaning))) {}

Filter::Filter(Filter&&) noexcept = default;
Filter& Filter::operator=(Filter&&) noexcept = default;
Filter::~Filter() = default;

bool Filter::matches(std::uint32_t row) const {
    Scratch scratch;
    const auto value = evaluate(*m_root, row, scratch);
    const auto* truth = std::get_if<bool>(&value);
    return truth && *truth;
}

} // namespace hotspots::service::filter
