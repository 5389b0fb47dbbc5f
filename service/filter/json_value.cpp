#include "service/filter/json_value.hpp"

#include "data/ascii.hpp"
#include "service/filter/filter_error.hpp"
#include "service/filter/utf8.hpp"

#include <charconv>
#include <cmath>
#include <optional>

namespace hotspots::service::filter {

namespace {

class JsonParser {
public:
    explicit JsonParser(std::string_view text) : m_text(text) {}

    JsonValue parse() {
        auto value = parse_value();
        skip_spaces();
        if (m_at != m_text.size()) {
            fail("the end of the JSON text");
        }
        return value;
    }

private:
    char at(std::size_t place) const { return place < m_text.size() ? m_text[place] : '\0'; }

    [[noreturn]] void fail(const std::string& expected) const {
        const auto c = character_at(m_text, m_at);
        const auto found = c ? "'" + std::string(m_text.substr(m_at, c->bytes)) + "'"
                             : std::string("the end of the JSON text");
        throw FilterError("expected " + expected + ", found " + found, m_at);
    }

    void skip_spaces() {
        while (at(m_at) == ' ' || at(m_at) == '\t' || at(m_at) == '\n' || at(m_at) == '\r') {
            ++m_at;
        }
    }

    bool take(char c) {
        skip_spaces();
        const bool there = at(m_at) == c && m_at < m_text.size();
        m_at += there ? 1 : 0;
        return there;
    }

    void take_any(std::string_view characters) {
        if (m_at < m_text.size() && characters.find(m_text[m_at]) != characters.npos) {
            ++m_at;
        }
    }

    bool take_word(std::string_view word) {
        const bool there = m_text.substr(m_at).starts_with(word);
        m_at += there ? word.size() : 0;
        return there;
    }

    JsonValue parse_value() {
        skip_spaces();
        JsonValue value;
        value.position = m_at;
        if (++m_levels > most_json_levels) {
            throw FilterError("the JSON text is nested more than " +
                                  std::to_string(most_json_levels) + " levels deep",
                              m_at);
        }
        if (take('{')) {
            parse_members(value);
        } else if (take('[')) {
            parse_items(value);
        } else if (at(m_at) == '"') {
            value.kind = JsonKind::text;
            value.text = parse_text();
        } else if (take_word("true")) {
            value.kind = JsonKind::boolean;
            value.boolean = true;
        } else if (take_word("false")) {
            value.kind = JsonKind::boolean;
        } else if (!take_word("null")) {
            value.kind = JsonKind::number;
            value.number = parse_number();
        }
        --m_levels;
        return value;
    }

    void parse_members(JsonValue& object) {
        object.kind = JsonKind::object;
        if (take('}')) {
            return;
        }
        do {
            skip_spaces();
            const auto begin = m_at;
            if (at(m_at) != '"') {
                fail("a member's name in double quotes");
            }
            auto name = parse_text();
            if (object.find(name)) {
                throw FilterError("expected one member '" + name + "', found a second one", begin);
            }
            if (!take(':')) {
                fail("':'");
            }
            auto value = parse_value();
            object.members.emplace_back(std::move(name), std::move(value));
            // No object of a filter has as many; finding names again stays quick.
            if (object.members.size() > 32) {
                throw FilterError("expected at most 32 members, found more", begin);
            }
        } while (take(','));
        if (!take('}')) {
            fail("',' or '}'");
        }
    }

    void parse_items(JsonValue& array) {
        array.kind = JsonKind::array;
        if (take(']')) {
            return;
        }
        do {
            array.items.push_back(parse_value());
        } while (take(','));
        if (!take(']')) {
            fail("',' or ']'");
        }
    }

    // At its opening quote.
    std::string parse_text() {
        const auto begin = m_at;
        std::string out;
        for (++m_at; m_at < m_text.size();) {
            const char c = m_text[m_at];
            if (c == '"') {
                ++m_at;
                return out;
            }
            if (static_cast<unsigned char>(c) < 0x20) {
                throw FilterError("expected an escape such as \\n, found a control character",
                                  m_at);
            }
            ++m_at;
            if (c == '\\') {
                append_escaped(out);
            } else {
                out.push_back(c);
            }
        }
        throw FilterError("expected '\"' at the end of the text that begins here, found none",
                          begin);
    }

    // After the backslash.
    void append_escaped(std::string& out) {
        static constexpr std::string_view letters = "\"\\/bfnrt";
        static constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        const auto known = m_at < m_text.size() ? letters.find(m_text[m_at]) : letters.npos;
        if (known != letters.npos) {
            out.push_back(meanings[known]);
            ++m_at;
        } else if (at(m_at) == 'u') {
            append_character(out, parse_code_point());
        } else {
            fail("one of \" \\ / b f n r t u after the backslash");
        }
    }

    // At the u.
    char32_t parse_code_point() {
        const auto begin = m_at - 1;
        const auto high = parse_unit();
        if (high < 0xD800 || high > 0xDFFF) {
            return high;
        }
        if (high < 0xDC00 && at(m_at) == '\\' && at(m_at + 1) == 'u') {
            ++m_at;
            const auto low = parse_unit();
            if (low >= 0xDC00 && low <= 0xDFFF) {
                return 0x10000 + ((high - 0xD800) << 10U) + (low - 0xDC00);
            }
        }
        throw FilterError("expected a pair of surrogates, found half of one", begin);
    }

    char32_t parse_unit() {
        std::uint32_t unit = 0;
        const auto* first = m_text.data() + std::min(m_at + 1, m_text.size());
        const auto* last = m_text.data() + std::min(m_at + 5, m_text.size());
        const auto read = std::from_chars(first, last, unit, 16);
        if (last - first != 4 || read.ptr != last || read.ec != std::errc{}) {
            fail("u and four hexadecimal digits");
        }
        m_at += 5;
        return unit;
    }

    double parse_number() {
        const auto begin = m_at;
        take_any("-");
        const bool leading_zero = at(m_at) == '0' && data::is_digit(at(m_at + 1));
        if (!data::is_digit(at(m_at)) || leading_zero) {
            m_at = begin;
            fail("a JSON value");
        }
        skip_digits();
        if (at(m_at) == '.') {
            ++m_at;
            expect_digits();
        }
        bool tiny = false;
        if (at(m_at) == 'e' || at(m_at) == 'E') {
            ++m_at;
            tiny = at(m_at) == '-';
            take_any("+-");
            expect_digits();
        }
        double number = 0;
        const auto read = std::from_chars(m_text.data() + begin, m_text.data() + m_at, number);
        if (read.ec != std::errc{} && !tiny) {
            throw FilterError("expected a number, found one beyond 1.8e308", begin);
        }
        return read.ec == std::errc{} ? number : 0;
    }

    void expect_digits() {
        if (!data::is_digit(at(m_at))) {
            fail("a digit");
        }
        skip_digits();
    }

    void skip_digits() {
        while (data::is_digit(at(m_at))) {
            ++m_at;
        }
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_levels = 0;
};

} // namespace

const JsonValue* JsonValue::find(std::string_view name) const {
    for (const auto& [known, value] : members) {
        if (known == name) {
            return &value;
        }
    }
    return nullptr;
}

JsonValue parse_json(std::string_view text) {
    if (const auto fault = first_fault(text)) {
        throw FilterError("expected UTF-8, found other bytes", *fault);
    }
    return JsonParser(text).parse();
}

} // namespace hotspots::service::filter
