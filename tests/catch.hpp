// The one place that includes Catch2 (2.13 on Debian 12), so that moving to version 3 is one
// change.
#pragma once

#include <catch2/catch.hpp>
