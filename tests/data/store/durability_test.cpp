// What concurrent readers see, and what a kill leaves.
#include "data/errors.hpp"
#include "tests/catch.hpp"
#include "tests/data/store/temporary_folder.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <thread>

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;

namespace {

constexpr int rows_per_revision = 300;

// Adds revision after revision of equal size until it is killed, with a byte to `told` after each.
[[noreturn]] void write_for_ever(const std::string& path, int told) {
    const auto store = IncidentStore::open(path, Access::write);
    for (;;) {
        const auto number = store->revision().number;
        const auto transaction = store->begin();
        const auto import = transaction->add_import({});
        for (int i = 0; i < rows_per_revision; ++i) {
            auto incident = full_incident(std::to_string(number) + "-" + std::to_string(i));
            incident.import_id = import;
            transaction->insert(incident);
        }
        transaction->commit(true);
        if (::write(told, "", 1) != 1) {
            ::_exit(1);
        }
    }
}

// A writer in a process of its own, to be killed.
class Writer {
public:
    explicit Writer(const std::string& path) {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        m_child = ::fork();
        REQUIRE(m_child >= 0);
        if (m_child == 0) {
            ::close(ends[0]);
            try {
                write_for_ever(path, ends[1]);
            } catch (const std::exception& error) {
                std::fprintf(stderr, "writer: %s\n", error.what());
            }
            ::_exit(1);
        }
        ::close(ends[1]);
        m_heard = ends[0];
    }
    ~Writer() { ::close(m_heard); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void wait_for_commit() { REQUIRE(hear()); }
    // Returns how many commits were told of.
    std::int64_t kill() {
        ::kill(m_child, SIGKILL);
        int status = 0;
        REQUIRE(::waitpid(m_child, &status, 0) == m_child);
        REQUIRE(WIFSIGNALED(status)); // it was at work when it was killed
        while (hear()) {
        }
        return m_commits;
    }

private:
    bool hear() {
        char byte = 0;
        const bool heard = ::read(m_heard, &byte, 1) == 1;
        m_commits += heard ? 1 : 0;
        return heard;
    }
    pid_t m_child = -1;
    int m_heard = -1;
    std::int64_t m_commits = 0;
};

void require_whole(IncidentStore& store) {
    const StoreReading one_revision(store);
    const auto number = store.revision().number;
    REQUIRE(store.incidents().size() == static_cast<std::size_t>(number * rows_per_revision));
    REQUIRE(store.keys().size() == static_cast<std::size_t>(number * rows_per_revision));
    REQUIRE(store.imports().size() == static_cast<std::size_t>(number));
}

} // namespace

TEST_CASE("A transaction that is not committed leaves no trace") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    const auto before = store->revision();
    {
        const auto transaction = store->begin();
        transaction->insert(plain_incident("A"));
        transaction->add_import({});
        transaction->set_property("demo", "yes");
        transaction->replace_population({{"E05", 3}});
    }
    REQUIRE(store->revision() == before);
    REQUIRE(store->incidents().empty());
    REQUIRE(store->imports().empty());
    REQUIRE_FALSE(store->property("demo"));
    REQUIRE(store->reference().population.empty());

    const auto transaction = store->begin(); // and the next one works
    transaction->insert(plain_incident("A"));
    REQUIRE(transaction->commit(true).number == before.number + 1);
    REQUIRE(reader(folder)->incidents().size() == 1);
}

TEST_CASE("Revisions count up by one, each published later than the one before") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    auto last = store->revision();
    REQUIRE(last.number == 0);
    for (int i = 0; i < 4; ++i) {
        const auto next = store->begin()->commit(true);
        REQUIRE(next.number == last.number + 1);
        REQUIRE(next.published > last.published);
        REQUIRE(store->revision() == next);
        last = next;
    }
    const auto transaction = store->begin();
    transaction->add_import({});
    REQUIRE(transaction->commit(false) == last);
    REQUIRE(store->imports().size() == 1);
    REQUIRE_THROWS_AS(transaction->commit(true), StoreError);
}

TEST_CASE("Readers see the last commit while a writer works, and the next one once it is made") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    store->begin()->commit(true);
    const auto first = reader(folder);
    const auto second = reader(folder);
    REQUIRE(first->revision().number == 1);
    const auto transaction = store->begin();
    for (int i = 0; i < 5000; ++i) {
        transaction->insert(full_incident(std::to_string(i)));
    }
    const auto started = std::chrono::steady_clock::now();
    REQUIRE(first->revision().number == 1);
    REQUIRE(first->incidents().empty());
    REQUIRE(second->incidents().empty());
    REQUIRE(reader(folder)->revision().number == 1); // a new one, too
    REQUIRE(std::chrono::steady_clock::now() - started < std::chrono::seconds(5));
    transaction->commit(true);
    REQUIRE(first->revision().number == 2);
    REQUIRE(first->incidents().size() == 5000);
    REQUIRE(second->incidents().size() == 5000);
}

TEST_CASE("A reading sees one revision, whatever is committed meanwhile") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    const auto other = reader(folder);
    {
        const StoreReading one_revision(*other);
        REQUIRE(other->revision().number == 0);
        const auto transaction = store->begin();
        transaction->insert(plain_incident("A"));
        transaction->commit(true);
        REQUIRE(other->revision().number == 0);
        REQUIRE(other->incidents().empty());
    }
    REQUIRE(other->revision().number == 1);
    REQUIRE(other->incidents().size() == 1);
}

TEST_CASE("Only one writer at a time; the next one says so when it has waited enough") {
    const TemporaryFolder folder;
    {
        const auto store = writer(folder);
        REQUIRE_THROWS_WITH(
            IncidentStore::open(folder.store(), Access::write, std::chrono::milliseconds(50)),
            Catch::Contains("another process is writing"));
    }
    REQUIRE_NOTHROW(
        IncidentStore::open(folder.store(), Access::write, std::chrono::milliseconds(50)));
}

TEST_CASE("A handle opened to read cannot write, and a store has one transaction at a time") {
    const TemporaryFolder folder;
    const auto store = writer(folder);
    REQUIRE_THROWS_AS(reader(folder)->begin(), StoreError);
    const auto transaction = store->begin();
    REQUIRE_THROWS_AS(store->begin(), StoreError);
}

TEST_CASE("kill -9 at any moment leaves a whole revision, and the next writer goes on from it") {
    const TemporaryFolder folder;
    std::mt19937 random(9);
    std::uniform_int_distribution<int> delay_ms(0, 60);
    std::int64_t last = 0;
    for (int round = 0; round < 24; ++round) {
        Writer child(folder.store());
        // Every other one from a commit on, so that kills fall between and into them; the others
        // from the start, into the creation or the recovery of the store.
        if (round % 2 == 1) {
            child.wait_for_commit();
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(delay_ms(random)));
        const auto told = child.kill();
        if (!std::filesystem::exists(folder.store())) {
            REQUIRE(told == 0);
            continue;
        }
        const auto store = reader(folder);
        require_whole(*store);
        const auto number = store->revision().number;
        // What was told of is there; at most one more commit was made and not told of.
        REQUIRE(number >= last + told);
        REQUIRE(number <= last + told + 1);
        last = number;
    }
    REQUIRE(last >= 12);
    const auto store = writer(folder);
    require_whole(*store);
    REQUIRE(store->begin()->commit(true).number == last + 1);
}
