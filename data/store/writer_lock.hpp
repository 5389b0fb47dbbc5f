// One writer at a time for a folder: an exclusive flock, which the kernel gives back however the
// writer ends.
#pragma once

#include <chrono>
#include <filesystem>

namespace hotspots::data::store {

class WriterLock {
public:
    // Waits at most `patience` for another writer. Throws StoreError naming the folder.
    WriterLock(const std::filesystem::path& folder, std::chrono::milliseconds patience);
    ~WriterLock();
    WriterLock(const WriterLock&) = delete;
    WriterLock& operator=(const WriterLock&) = delete;

private:
    int m_file = -1;
};

} // namespace hotspots::data::store
