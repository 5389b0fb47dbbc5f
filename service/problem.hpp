// Errors as RFC 9457 application/problem+json: what was asked, what is wrong, what would be right.
#pragma once

#include "service/http/message.hpp"

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace hotspots::service {

// Thrown by handlers and parameter parsing; caught at the HTTP boundary alone.
class Problem : public std::runtime_error {
public:
    Problem(int status, std::string title, std::string detail, std::string parameter = {});

    int status() const { return m_status; }
    const std::string& title() const { return m_title; }
    const std::string& parameter() const { return m_parameter; } // empty if none is at fault
    std::vector<Header> headers;                                 // e.g. Allow, Retry-After
    std::optional<std::size_t> position; // byte of the parameter's value that is at fault, from 0

private:
    int m_status;
    std::string m_title;
    std::string m_parameter;
};

Problem bad_parameter(const std::string& name, const std::string& detail); // 400
Problem not_found(const std::string& detail);                              // 404
Problem sign_in_needed(const std::string& detail); // 401, with the ways to do it

Response to_response(const Problem& problem);

} // namespace hotspots::service
