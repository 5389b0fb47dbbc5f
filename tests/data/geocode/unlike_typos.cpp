// Typing errors of texts unlike the labelled ones.
#include "tests/data/geocode/unlike_texts.hpp"

#include <algorithm>
#include <cctype>
#include <map>

namespace hotspots::tests {
namespace {

// A key beside `key` of a British keyboard.
char neighbour_key(char key, std::size_t random) {
    static const std::map<char, std::string> beside = {
        {'a', "qsz"}, {'b', "vgn"}, {'c', "xdv"}, {'d', "sfe"}, {'e', "wrd"}, {'f', "dgr"},
        {'g', "fht"}, {'h', "gjy"}, {'i', "uok"}, {'j', "hku"}, {'k', "jli"}, {'l', "kop"},
        {'m', "nkj"}, {'n', "bmh"}, {'o', "ipl"}, {'p', "ol"},  {'q', "wa"},  {'r', "etf"},
        {'s', "adw"}, {'t', "ryg"}, {'u', "yij"}, {'v', "cbf"}, {'w', "qes"}, {'x', "zcs"},
        {'y', "tuh"}, {'z', "xas"}};
    const auto found = beside.find(key);
    return found == beside.end() ? key : found->second[random % found->second.size()];
}

} // namespace

std::string UnlikeTexts::misspelt(const std::string& kind, std::string name) {
    const std::size_t stem = std::min(name.rfind(' '), name.size());
    const auto places = [&](const std::string& letters) {
        std::vector<std::size_t> at;
        for (std::size_t i = 1; i < stem; ++i) {
            if (letters.find(static_cast<char>(std::tolower(name[i]))) != std::string::npos) {
                at.push_back(i);
            }
        }
        return at.empty() ? stem - 1 : at[m_random() % at.size()];
    };
    const std::size_t at = places("abcdefghijklmnopqrstuvwxyz");
    if (kind == "typo vowel") {
        return name.erase(places("aeiou"), 1);
    }
    if (kind == "typo double") {
        return name.insert(at, 1, name[at]);
    }
    if (kind == "typo key") {
        name[at] = neighbour_key(static_cast<char>(std::tolower(name[at])), m_random());
        return name;
    }
    if (kind == "typo figure") {
        const std::size_t digit = places("olsie");
        const std::map<char, char> alike = {
            {'o', '0'}, {'l', '1'}, {'s', '5'}, {'i', '1'}, {'e', '3'}};
        const auto found = alike.find(static_cast<char>(std::tolower(name[digit])));
        name[digit] = found != alike.end() ? found->second : name[digit];
        return name;
    }
    if (kind == "space lost") {
        return name.erase(stem, stem < name.size() ? 1 : 0);
    }
    if (kind == "space added") {
        return name.insert(at, 1, ' ');
    }
    std::swap(name[at], name[std::max<std::size_t>(at - 1, 0)]);
    return name;
}

} // namespace hotspots::tests
