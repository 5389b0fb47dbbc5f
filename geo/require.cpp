#include "geo/require.hpp"

#include <sstream>
#include <stdexcept>

namespace hotspots::geo {

void refuse(const char* where, const char* what, double value, const char* right) {
    std::ostringstream message;
    message << where << ": " << what << " is " << value << ", must be " << right;
    throw std::invalid_argument(message.str());
}

} // namespace hotspots::geo
