// A new password from the terminal, unseen, or from standard input: never from the command line,
// which every user of the machine can read.
#include "service/access/passwords.hpp"
#include "service/cli/access_commands.hpp"

#include <termios.h>
#include <unistd.h>

#include <iostream>

namespace hotspots::service {

namespace {

// While it lives, what is typed is not shown.
class Unseen {
public:
    Unseen() {
        m_changed = ::tcgetattr(STDIN_FILENO, &m_before) == 0;
        auto unseen = m_before;
        unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        if (!m_changed || ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen) != 0) {
            throw UsageError("the terminal would show the password; use --password-stdin");
        }
    }
    ~Unseen() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before); }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;

private:
    termios m_before{};
    bool m_changed = false;
};

std::string read_password_line() {
    std::string line;
    if (!std::getline(std::cin, line)) {
        throw UsageError("there is no password on standard input; give it as one line");
    }
    if (line.ends_with('\r')) {
        line.pop_back();
    }
    return line;
}

std::string ask_unseen(const char* what) {
    const Unseen unseen;
    std::cerr << what << std::flush;
    auto line = read_password_line();
    std::cerr << '\n';
    return line;
}

} // namespace

std::string read_new_password(const PasswordSource& source) {
    std::string password;
    if (source.from_stdin) {
        password = read_password_line();
    } else if (::isatty(STDIN_FILENO) != 0) {
        password = ask_unseen("Password, at least 12 characters: ");
        if (ask_unseen("Again: ") != password) {
            throw UsageError("the two passwords differ; nothing is changed");
        }
    } else {
        throw UsageError("standard input is no terminal to ask for a password at; give "
                         "--password-stdin and the password as one line");
    }
    if (const char* fault = fault_of_password(password)) {
        throw UsageError(std::string("the password ") + fault + "; take another");
    }
    return password;
}

} // namespace hotspots::service
