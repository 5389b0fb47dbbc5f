// Carries the precompiled header of all tests: CMake wants it to belong to a target with a source.
