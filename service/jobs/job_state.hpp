// How far a piece of work is that a request has started and not waited for.
#pragma once

#include <optional>
#include <string_view>

namespace hotspots::service {

enum class JobState { queued, running, done, failed, cancelled };

std::string_view to_text(JobState state);
std::optional<JobState> job_state_from_text(std::string_view text);

} // namespace hotspots::service
