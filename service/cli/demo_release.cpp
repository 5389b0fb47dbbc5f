#include "service/cli/demo_release.hpp"

#include "data/release/make_release.hpp"

#include <exception>
#include <ostream>

namespace hotspots::service {

void make_demo_release(data::IncidentStore& store, const std::string& version, std::ostream& log) {
    try {
        data::make_release(store, version);
    } catch (const std::exception& error) {
        log << "the demo has no release: " << error.what()
            << "\nthe demo goes on without it; panels and the public see no figures until "
               "'llr-hotspots release create' makes one"
            << std::endl;
    }
}

} // namespace hotspots::service
