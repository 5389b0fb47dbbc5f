#include "data/ingest/identity_index.hpp"

namespace hotspots::data {

namespace {

// No word of a source holds a slash, so that no two pairs share a key.
std::string key_of(Source source, const std::string& incident_id) {
    return std::string(to_text(source)) + "/" + incident_id;
}

} // namespace

IdentityIndex::IdentityIndex(const std::vector<StoredKey>& keys) {
    m_entries.reserve(keys.size());
    for (const auto& key : keys) {
        m_entries.insert_or_assign(key_of(key.source, key.incident_id),
                                   Entry{key.id, key.content, false});
    }
}

IdentityIndex::Seen IdentityIndex::see(const RawRecord& record) {
    const std::uint64_t content = content_hash(record);
    const auto [position, is_new] =
        m_entries.try_emplace(key_of(record.source, record.incident_id), Entry{0, content, true});
    Entry& entry = position->second;
    if (is_new) {
        return {Verdict::fresh, &entry};
    }
    if (entry.content == content) {
        return {Verdict::repeat, &entry};
    }
    entry.content = content;
    entry.is_own = true;
    return {Verdict::changed, &entry};
}

} // namespace hotspots::data
