// multipart/form-data against RFC 2046 and RFC 7578.
#include "service/form_data.hpp"
#include "tests/catch.hpp"

#include <random>

using hotspots::service::form_boundary;
using hotspots::service::parse_form_data;

namespace {

std::string part(const std::string& header, const std::string& content) {
    return "--xYz\r\n" + header + "\r\n\r\n" + content + "\r\n";
}

const std::string file_header =
    "Content-Disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\".csv\"\r\n"
    "Content-Type: text/csv";

} // namespace

TEST_CASE("The boundary is read as browsers and curl write it") {
    CHECK(form_boundary("multipart/form-data; boundary=xYz") == "xYz");
    CHECK(form_boundary("Multipart/Form-Data;boundary=\"a b:c\"; charset=utf-8") == "a b:c");
    CHECK(form_boundary("multipart/form-data; charset=utf-8; boundary=----WebKit1") ==
          "----WebKit1");
    for (const char* type :
         {"text/csv", "multipart/form-data",
          "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a\xff\"",
          "multipart/mixed; boundary=x", "multipart/form-data-2; boundary=x", ""}) {
        INFO(type);
        CHECK_FALSE(form_boundary(type));
    }
    CHECK_FALSE(form_boundary("multipart/form-data; boundary=" + std::string(71, 'x')));
}

TEST_CASE("Multipart bodies of any kind are told from files") {
    for (const char* type : {"multipart/form-data", "Multipart/Mixed; boundary=x", "multipart/"}) {
        CHECK(hotspots::service::is_form_type(type));
    }
    for (const char* type : {"", "text/csv", "multipart", "application/multipart/x"}) {
        CHECK_FALSE(hotspots::service::is_form_type(type));
    }
}

TEST_CASE("Parts come in their order, with name, file name and every byte of their content") {
    const std::string bytes = std::string("a,b\r\n1,\0\r\n--xY", 15) + "\r\n-";
    const auto body = part(file_header, bytes) +
                      part("content-disposition: form-data; name=source", "") + "--xYz--\r\n";
    const auto parts = parse_form_data(body, "xYz");
    REQUIRE(parts);
    REQUIRE(parts->size() == 2);
    CHECK((*parts)[0].name == "file");
    CHECK((*parts)[0].file_name == "a \"b\".csv");
    CHECK((*parts)[0].content == bytes);
    CHECK((*parts)[1].name == "source");
    CHECK((*parts)[1].content.empty());
}

TEST_CASE("A body that is cut short anywhere before its end is refused") {
    const auto body = part(file_header, "a,b") + "--xYz--";
    REQUIRE(parse_form_data(body, "xYz"));
    for (std::size_t length = 0; length < body.size(); ++length) {
        INFO(length);
        CHECK_FALSE(parse_form_data(std::string_view(body).substr(0, length), "xYz"));
    }
}

TEST_CASE("What is no form is refused") {
    CHECK_FALSE(parse_form_data(part("Content-Type: text/csv", "x") + "--xYz--", "xYz"));
    CHECK_FALSE(parse_form_data(part(file_header, "x") + "--xYz--", "other"));
    std::string many;
    for (int i = 0; i < 200; ++i) {
        many += part(file_header, "x");
    }
    CHECK_FALSE(parse_form_data(many + "--xYz--", "xYz"));
}

TEST_CASE("Any bytes end in parts or a refusal") {
    const auto body =
        part(file_header, "a,b") + part("content-disposition: a; name=x", "y") + "--xYz--\r\n";
    std::mt19937 random(3);
    for (int round = 0; round < 20000; ++round) {
        auto changed = body;
        for (int i = 0; i < 3; ++i) {
            changed[random() % changed.size()] = static_cast<char>(random() % 256);
        }
        const auto parts = parse_form_data(changed, "xYz");
        for (const auto& one : parts.value_or(std::vector<hotspots::service::FormPart>())) {
            REQUIRE(one.content.size() <= changed.size());
        }
    }
}
