#include "data/store/writer_lock.hpp"

#include "data/errors.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <thread>

namespace hotspots::data::store {

WriterLock::WriterLock(const std::filesystem::path& folder, std::chrono::milliseconds patience) {
    const auto path = folder / ".lock";
    m_file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0660);
    if (m_file < 0) {
        throw StoreError("cannot write in '" + folder.string() + "': " + path.string() + ": " +
                         std::strerror(errno));
    }
    const auto until = std::chrono::steady_clock::now() + patience;
    while (::flock(m_file, LOCK_EX | LOCK_NB) != 0) {
        const int error = errno;
        const bool taken = error == EWOULDBLOCK || error == EINTR;
        if (!taken || std::chrono::steady_clock::now() >= until) {
            ::close(m_file);
            if (taken) {
                throw StoreBusy("another process is writing to '" + folder.string() +
                                "'; try again when its import has ended");
            }
            throw StoreError("cannot lock '" + path.string() + "': " + std::strerror(error));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

// Closing the file gives the lock back; the file stays, so that all writers lock the same one.
WriterLock::~WriterLock() {
    ::close(m_file);
}

} // namespace hotspots::data::store
