#include "data/demo/demo.hpp"
#include "data/errors.hpp"
#include "data/ingest/import.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace hotspots::data {

namespace {

// A folder of our own, gone with this object.
class TemporaryFolder {
public:
    TemporaryFolder()
        : m_path((std::filesystem::temp_directory_path() / "llr-hotspots-demo-XXXXXX").string()) {
        if (!mkdtemp(m_path.data())) {
            throw InputError("demo: no temporary folder " + m_path + ": " + std::strerror(errno));
        }
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }

    std::string file(const std::string& name) const { return m_path + "/" + name; }

private:
    std::string m_path;
};

void write_file(const std::string& path, const std::string& bytes) {
    std::ofstream stream(path, std::ios::binary);
    stream << bytes;
    stream.close();
    if (!stream) {
        throw InputError("demo: cannot write " + path + "; is the disk full?");
    }
}

} // namespace

void fill_with_demo(IncidentStore& store) {
    // The property goes in first: at no moment are these incidents without their label.
    const auto transaction = store.begin();
    transaction->replace_wards(demo_wards());
    transaction->replace_places("demo", demo_places());
    transaction->replace_population(demo_population());
    transaction->set_property("demo", "true");
    transaction->commit(true);

    const TemporaryFolder folder;
    const std::string path = folder.file("demo-incidents.csv");
    write_file(path, demo_incidents_csv());
    ImportRequest request;
    request.files = {path};
    request.format = ImportFormat::vrn;
    import_files(store, request);
}

} // namespace hotspots::data
