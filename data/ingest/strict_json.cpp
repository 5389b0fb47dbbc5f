#include "data/ingest/strict_json.hpp"

#include "data/errors.hpp"

#include <nlohmann/json.hpp>

#include <set>
#include <vector>

namespace hotspots::data {

namespace {

constexpr int deepest = 16;

// Past the library's own prefix, `[json.exception.parse_error.101] `.
std::string plain(const std::string& message) {
    const auto end = message.find("] ");
    return end == std::string::npos ? message : message.substr(end + 2);
}

// Sees every member before it is taken: a second one of the same name would replace the first.
class Watch {
public:
    explicit Watch(const std::string& name) : m_name(name) {}

    bool see(int depth, nlohmann::json::parse_event_t event, const nlohmann::json& value) {
        using Event = nlohmann::json::parse_event_t;
        if (depth > deepest) {
            throw InputError(m_name + ": more than " + std::to_string(deepest) + " levels");
        }
        if (event == Event::object_start) {
            m_members.emplace_back();
        } else if (event == Event::object_end) {
            m_members.pop_back();
        } else if (event == Event::key) {
            const auto& key = value.get_ref<const std::string&>();
            if (!m_members.back().insert(key).second) {
                throw InputError(m_name + ": the member '" + key + "' occurs twice");
            }
        }
        return true;
    }

private:
    const std::string& m_name;
    std::vector<std::set<std::string>> m_members; // of the objects that are open
};

} // namespace

nlohmann::json parse_strict_json(std::string_view text, const std::string& name) {
    Watch watch(name);
    try {
        return nlohmann::json::parse(
            text, [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& value) {
                return watch.see(depth, event, value);
            });
    } catch (const nlohmann::json::exception& error) {
        throw InputError(name + ": not valid JSON: " + plain(error.what()));
    }
}

} // namespace hotspots::data
