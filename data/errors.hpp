// The errors that end a command or a request's work. Expected trouble (a rejected row, a place not
// found) is a value instead. Messages name the thing, the value and what would be right.
#pragma once

#include <stdexcept>

namespace hotspots::data {

class DataError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// A file that cannot be read as what it should be; nothing of it was kept.
class InputError : public DataError {
public:
    using DataError::DataError;
};

// The store cannot be opened, read or written.
class StoreError : public DataError {
public:
    using DataError::DataError;
};

// Another writer has the store.
class StoreBusy : public StoreError {
public:
    using StoreError::StoreError;
};

// The store is of an earlier version of this program; opening it to write brings it up to date.
class StoreOutdated : public StoreError {
public:
    using StoreError::StoreError;
};

} // namespace hotspots::data
