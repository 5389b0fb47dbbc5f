// llr-hotspots: the program. Errors that end a command are told here, once.
#include "embedded/web.hpp"
#include "service/cli/commands.hpp"

#include <cstdio>
#include <exception>

int main(int argc, char** argv) {
    using namespace hotspots;
    try {
        return service::run_command_line(argc, argv, embedded::web());
    } catch (const service::UsageError& error) {
        std::fprintf(stderr, "llr-hotspots: %s\n", error.what());
        return service::exit_usage;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "llr-hotspots: %s\n", error.what());
        return service::exit_failed;
    }
}
