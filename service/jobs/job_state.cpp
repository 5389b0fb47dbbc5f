#include "service/jobs/job_state.hpp"

#include <array>
#include <utility>

namespace hotspots::service {

namespace {

constexpr std::array<std::pair<JobState, std::string_view>, 5> state_words{{
    {JobState::queued, "queued"},
    {JobState::running, "running"},
    {JobState::done, "done"},
    {JobState::failed, "failed"},
    {JobState::cancelled, "cancelled"},
}};

} // namespace

std::string_view to_text(JobState state) {
    for (const auto& [value, word] : state_words) {
        if (value == state) {
            return word;
        }
    }
    return {};
}

std::optional<JobState> job_state_from_text(std::string_view text) {
    for (const auto& [state, word] : state_words) {
        if (word == text) {
            return state;
        }
    }
    return std::nullopt;
}

} // namespace hotspots::service
