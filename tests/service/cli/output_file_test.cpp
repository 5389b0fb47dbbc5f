#include "service/cli/output_file.hpp"
#include "tests/catch.hpp"
#include "tests/service/cli/folder.hpp"

using hotspots::service::OutputFile;
using hotspots::tests::Folder;

TEST_CASE("A file appears when it is whole") {
    Folder folder;
    folder.write("out", "before");
    OutputFile file(folder.file("out"));
    file.stream() << "after";
    CHECK(folder.read("out") == "before");
    file.commit();
    CHECK(folder.read("out") == "after");
    CHECK_FALSE(std::filesystem::exists(folder.file("out.partial")));
}

TEST_CASE("A file that is given up leaves nothing behind") {
    Folder folder;
    { OutputFile(folder.file("out")).stream() << "half"; }
    CHECK(std::filesystem::is_empty(folder.path));
}

TEST_CASE("A file that cannot be written is named") {
    CHECK_THROWS_WITH(OutputFile("/nowhere/at/all"),
                      "/nowhere/at/all cannot be written: No such file or directory");
}
