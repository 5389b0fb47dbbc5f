#include "service/html/sign_in_page.hpp"

#include "service/html/page.hpp"
#include "service/html/text.hpp"

#include <array>

namespace hotspots::service {

namespace {

constexpr std::array<std::string_view, 7> purposes{
    "Tasking and briefing", "Investigation", "Problem profile",
    "Evaluation",           "Data quality",  "Panel or partnership meeting",
    "System administration"};

// Problems begin in lower case; on a page they are sentences.
std::string fault_text(std::string_view id, std::string fault) {
    if (fault.empty()) {
        return {};
    }
    if (fault[0] >= 'a' && fault[0] <= 'z') {
        fault[0] = static_cast<char>(fault[0] - 'a' + 'A');
    }
    return "<p class=\"fault\" id=\"" + std::string(id) + "\">" + html_text(fault) + ".</p>";
}

// What a field in error says of itself to a screen reader.
std::string fault_attributes(std::string_view id, const std::string& fault) {
    return fault.empty() ? std::string()
                         : " aria-invalid=\"true\" aria-describedby=\"" + std::string(id) + "\"";
}

std::string purpose_field(const SignInPage& page) {
    std::string out = "<label for=\"purpose\">Purpose</label>"
                      "<select id=\"purpose\" name=\"purpose\" required" +
                      fault_attributes("purpose-fault", page.purpose_fault) +
                      "><option value=\"\">Choose one</option>";
    for (const auto purpose : purposes) {
        out += "<option" + std::string(purpose == page.purpose ? " selected>" : ">") +
               html_text(purpose) + "</option>";
    }
    return out + "</select>" + fault_text("purpose-fault", page.purpose_fault) +
           "<label for=\"detail\">Reference or detail <span class=\"quiet\">(if there is "
           "one)</span></label><input id=\"detail\" name=\"detail\" maxlength=\"120\" "
           "autocomplete=\"off\" value=\"" +
           html_text(page.detail) + "\">";
}

std::string signed_in_note(const SignInPage& page) {
    if (page.signed_in_as.empty()) {
        return {};
    }
    return "<form class=\"sign-in\" method=\"post\" action=\"" + html_text(page.base) +
           "/sign-out\"><p>You are signed in as " + html_text(page.signed_in_as) +
           ".</p><button>Sign out</button></form>\n";
}

} // namespace

std::string sign_in_page(const SignInPage& page) {
    const auto& fault = page.credentials_fault;
    const auto attributes = fault_attributes("credentials-fault", fault);
    const bool again = !fault.empty() || !page.purpose_fault.empty();
    HtmlPage frame;
    frame.title = again ? "Not signed in" : "Sign in";
    frame.base = page.base;
    frame.demo = page.demo;
    frame.body =
        signed_in_note(page) + "<form class=\"sign-in\" method=\"post\" action=\"" +
        html_text(page.base) + "/session\">\n" + fault_text("credentials-fault", fault) +
        "<label for=\"name\">Name</label><input id=\"name\" name=\"name\" required "
        "maxlength=\"64\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\""
        " value=\"" +
        html_text(page.name) + "\"" + attributes +
        ">\n<label for=\"password\">Password</label><input id=\"password\" name=\"password\" "
        "type=\"password\" required autocomplete=\"current-password\"" +
        attributes + ">\n" + purpose_field(page) +
        "\n<p class=\"quiet\">What you look at is written down, with this purpose.</p>"
        "<input type=\"hidden\" name=\"next\" value=\"" +
        html_text(page.next) + "\"><button>Sign in</button>\n</form>";
    return html_page(frame);
}

} // namespace hotspots::service
