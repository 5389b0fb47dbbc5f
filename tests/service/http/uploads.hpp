// What the tests of uploads share: a handler that takes bodies to files, and requests that send
// them.
#pragma once

#include "service/http/spooled_file.hpp"
#include "service/problem.hpp"
#include "tests/service/http/client.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <thread>

namespace hotspots::tests {

inline std::string content(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

// Every POST's body goes to a file, of which the answer tells the size and, if short, the content.
inline service::Handler uploads(std::uint64_t limit_bytes) {
    service::Handler handler;
    handler.handle = [](const service::Request& request) {
        service::Response response;
        response.content_type = "text/plain";
        response.body = request.path;
        if (const auto& file = request.body_file) {
            response.body += " " + std::to_string(file->bytes());
            response.body += file->bytes() < 100 ? " " + content(file->path()) : "";
        }
        return response;
    };
    handler.is_quick = [](const service::Request&) { return false; };
    handler.admit = [limit_bytes](const service::Request& request) -> service::Admission {
        if (request.path == "/closed") {
            return service::to_response(service::Problem(403, "Not allowed", "closed"));
        }
        return request.method == service::Method::post ? service::Body::file(limit_bytes)
                                                       : service::Body::none();
    };
    return handler;
}

inline constexpr std::uint64_t mebibyte = 1024 * 1024;

inline service::ServerOptions into(const UploadFolder& folder) {
    service::ServerOptions options;
    options.upload_folder = folder.path;
    return options;
}

inline std::string post(const std::string& fields, const std::string& body,
                        const std::string& path = "/") {
    return "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
}

inline bool comes_true(const std::function<bool()>& condition) {
    for (int i = 0; i < 300 && !condition(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return condition();
}

} // namespace hotspots::tests
