// Features of a collection as rows of a table: what files of any kind hold.
#pragma once

#include "data/export/feature_file.hpp"
#include "service/handlers/item_documents.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hotspots::service {

class ItemRows {
public:
    explicit ItemRows(const ItemAnswer& answer);

    // `id`, the properties, then `marking`, `demo` and `manifest`.
    const std::vector<data::Field>& fields() const { return m_fields; }
    bool points() const { return m_points; }
    // With coordinates as they are served in the page's system. `row` is one of the set's.
    data::FeatureRow row(std::uint32_t row) const;

private:
    const ItemAnswer& m_answer;
    std::vector<data::Field> m_fields;
    bool m_points = false;
    std::string m_manifest_id;
};

} // namespace hotspots::service
