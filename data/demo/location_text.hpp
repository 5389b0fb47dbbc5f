// Location texts as people type them under pressure: abbreviated, misspelt, vague or nothing at
// all.
#pragma once

#include "data/demo/event.hpp"
#include "data/demo/random.hpp"

#include <string>

namespace hotspots::data::demo {

// As a police control room writes it.
std::string police_text(const Event& event, Random& random);

// As a patient tells it at a reception desk: vaguer, and often no place at all.
std::string hospital_text(const Event& event, Random& random);

// As an ambulance dispatcher's screen has it: capitals, name and town.
std::string ambulance_text(const Event& event, Random& random);

} // namespace hotspots::data::demo
