#include "service/audit/log_files.hpp"

#include "service/audit/entry.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <system_error>
#include <thread>
#include <utility>

namespace hotspots::service {

namespace {

constexpr std::string_view file_prefix = "audit-";
constexpr std::string_view file_suffix = ".jsonl";
constexpr std::chrono::seconds lock_patience{10};

[[noreturn]] void fail_on_audit_file(const std::filesystem::path& path, const char* what) {
    const std::error_code reason(errno, std::generic_category());
    throw AuditError("the audit's " + path.string() + " cannot be " + what + ": " +
                     reason.message());
}

std::uint64_t audit_file_number(const std::string& name) {
    const std::string_view text(name);
    if (!text.starts_with(file_prefix) || !text.ends_with(file_suffix)) {
        return 0;
    }
    const auto digits =
        text.substr(file_prefix.size(),
                    text.size() - std::min(text.size(), file_prefix.size() + file_suffix.size()));
    std::uint64_t number = 0;
    const auto end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, number);
    return read.ec == std::errc() && read.ptr == end ? number : 0;
}

} // namespace

AuditFile::AuditFile(std::filesystem::path path, Mode mode) : m_path(std::move(path)) {
    const int flags = mode == Mode::read ? O_RDONLY : O_RDWR | O_CREAT;
    m_descriptor = ::open(m_path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0640);
    if (m_descriptor < 0) {
        fail_on_audit_file(m_path, "opened");
    }
}

AuditFile::~AuditFile() {
    ::close(m_descriptor);
}

std::uint64_t AuditFile::bytes() const {
    struct stat status {};
    if (::fstat(m_descriptor, &status) != 0) {
        fail_on_audit_file(m_path, "looked at");
    }
    return static_cast<std::uint64_t>(status.st_size);
}

std::string AuditFile::read(std::uint64_t at, std::size_t most) const {
    std::string text(most, '\0');
    std::size_t got = 0;
    while (got < most) {
        const auto count =
            ::pread(m_descriptor, text.data() + got, most - got, static_cast<off_t>(at + got));
        if (count < 0 && errno != EINTR) {
            fail_on_audit_file(m_path, "read");
        }
        if (count == 0) {
            break;
        }
        got += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    }
    text.resize(got);
    return text;
}

void AuditFile::write(std::uint64_t at, std::string_view text) const {
    while (!text.empty()) {
        const auto count = ::pwrite(m_descriptor, text.data(), text.size(), static_cast<off_t>(at));
        if (count < 0 && errno != EINTR) {
            fail_on_audit_file(m_path, "written");
        }
        const auto written = static_cast<std::size_t>(std::max<ssize_t>(count, 0));
        at += written;
        text.remove_prefix(written);
    }
}

void AuditFile::sync() const {
    if (::fdatasync(m_descriptor) != 0) {
        fail_on_audit_file(m_path, "brought to disk");
    }
}

void AuditFile::cut(std::uint64_t bytes) const {
    if (::ftruncate(m_descriptor, static_cast<off_t>(bytes)) != 0) {
        fail_on_audit_file(m_path, "cut");
    }
}

std::filesystem::path audit_file_path(const std::filesystem::path& folder, std::uint64_t number) {
    std::array<char, 48> name{};
    std::snprintf(name.data(), name.size(), "audit-%06llu.jsonl",
                  static_cast<unsigned long long>(number));
    return folder / name.data();
}

std::vector<AuditFileName> audit_files(const std::filesystem::path& folder) {
    std::vector<AuditFileName> files;
    std::error_code error;
    std::filesystem::directory_iterator entries(folder, error);
    if (error == std::errc::no_such_file_or_directory) {
        return files;
    }
    if (error) {
        throw AuditError("the audit's folder " + folder.string() +
                         " cannot be read: " + error.message());
    }
    for (const auto& entry : entries) {
        if (const auto number = audit_file_number(entry.path().filename().string())) {
            files.push_back({number, entry.path()});
        }
    }
    std::ranges::sort(files, {}, &AuditFileName::number);
    return files;
}

void sync_audit_folder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int error = errno;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    errno = error;
    if (!synced) {
        fail_on_audit_file(folder, "brought to disk");
    }
}

AuditLock::AuditLock(const std::filesystem::path& folder) {
    std::error_code made;
    if (std::filesystem::create_directories(folder, made)) {
        std::error_code ignored; // the files themselves are not for others either
        std::filesystem::permissions(folder, std::filesystem::perms(0750), ignored);
    }
    const auto path = folder / ".lock";
    m_descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
    if (m_descriptor < 0) {
        fail_on_audit_file(path, "opened");
    }
    const auto until = std::chrono::steady_clock::now() + lock_patience;
    while (::flock(m_descriptor, LOCK_EX | LOCK_NB) != 0) {
        const bool taken = errno == EWOULDBLOCK || errno == EINTR;
        if (!taken || std::chrono::steady_clock::now() >= until) {
            const int error = errno;
            ::close(m_descriptor);
            errno = error;
            fail_on_audit_file(path, "locked");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

AuditLock::~AuditLock() {
    ::close(m_descriptor);
}

} // namespace hotspots::service
