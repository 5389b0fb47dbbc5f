#include "service/http/spooled_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <string>
#include <system_error>
#include <utility>

namespace hotspots::service {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "upload-";
constexpr std::string_view unfinished = ".part";

std::system_error failure(const std::string& what, const fs::path& path) {
    return std::system_error(errno, std::generic_category(), what + " " + path.string());
}

std::string random_name() {
    std::array<unsigned char, 16> bytes{};
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        throw std::system_error(errno, std::generic_category(), "no random name for an upload");
    }
    std::string name(prefix);
    for (const unsigned char byte : bytes) {
        name.push_back("0123456789abcdef"[byte >> 4U]);
        name.push_back("0123456789abcdef"[byte & 15U]);
    }
    return name;
}

void make_private_folder(const fs::path& folder) {
    if (fs::create_directories(folder)) {
        fs::permissions(folder, fs::perms::owner_all);
    }
}

bool is_being_written(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) {
        return true; // not ours to remove
    }
    const bool is_locked = ::flock(descriptor, LOCK_EX | LOCK_NB) != 0;
    ::close(descriptor);
    return is_locked;
}

// A whole upload is handled within minutes, or nobody is left to do it.
bool is_forgotten(const fs::path& path) {
    std::error_code error;
    const auto written = fs::last_write_time(path, error);
    return !error && fs::file_time_type::clock::now() - written > std::chrono::hours(24);
}

} // namespace

SpooledFile::SpooledFile(const fs::path& folder) {
    make_private_folder(folder);
    m_path = folder / (random_name() + std::string(unfinished));
    m_descriptor = ::open(m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (m_descriptor < 0) {
        throw failure("cannot make", m_path);
    }
    // Tells remove_broken_uploads that somebody writes it; the lock goes with the process.
    ::flock(m_descriptor, LOCK_EX | LOCK_NB);
}

SpooledFile::~SpooledFile() {
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
    if (!m_released) {
        ::unlink(m_path.c_str());
    }
}

void SpooledFile::append(std::string_view block) {
    while (!block.empty()) {
        const auto written = ::write(m_descriptor, block.data(), block.size());
        if (written < 0 && errno != EINTR) {
            throw failure("cannot write", m_path);
        }
        const auto bytes = static_cast<std::size_t>(written < 0 ? 0 : written);
        m_bytes += bytes;
        block.remove_prefix(bytes);
    }
}

void SpooledFile::finish() {
    auto whole = m_path;
    whole.replace_extension();
    if (::rename(m_path.c_str(), whole.c_str()) != 0) {
        throw failure("cannot rename", m_path);
    }
    m_path = std::move(whole);
    const int descriptor = std::exchange(m_descriptor, -1);
    if (::close(descriptor) != 0) { // a full disk may be told only now
        throw failure("cannot write", m_path);
    }
}

fs::path SpooledFile::release() {
    m_released = true;
    return m_path;
}

void remove_broken_uploads(const fs::path& folder) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const auto& path = entry.path();
        if (!path.filename().string().starts_with(prefix) || !entry.is_regular_file(error)) {
            continue;
        }
        if (path.extension() == unfinished ? !is_being_written(path) : is_forgotten(path)) {
            ::unlink(path.c_str());
        }
    }
}

} // namespace hotspots::service
