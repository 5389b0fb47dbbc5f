#include "service/access/secrets.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <set>

using namespace hotspots::service;

TEST_CASE("SHA-256 gives the digests of FIPS 180-4's examples") {
    // NIST, "Cryptographic Standards and Guidelines: Examples", SHA256.pdf; and of no bytes.
    CHECK(to_hex(sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("A digest is read back from its digits, and from nothing else") {
    const auto digest = sha256("a");
    const auto hex = to_hex(digest);
    CHECK(sha256_from_hex(hex) == digest);
    auto upper = hex;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    CHECK(sha256_from_hex(upper) == digest);
    for (const auto& bad : {std::string(), hex.substr(2), hex + "00", hex.substr(1), hex + "0",
                            "g" + hex.substr(1), hex.substr(0, 63) + " "}) {
        INFO(bad);
        CHECK_FALSE(sha256_from_hex(bad));
    }
}

TEST_CASE("Digests are equal only if every byte is") {
    const auto digest = sha256("a");
    CHECK(are_equal(digest, digest));
    for (std::size_t i = 0; i < digest.size(); ++i) {
        auto other = digest;
        other[i] ^= 1U;
        CHECK_FALSE(are_equal(digest, other));
    }
}

TEST_CASE("Keys are 256 bits in letters, digits, hyphen and underscore, each another") {
    std::set<std::string> seen;
    std::set<char> letters;
    for (int i = 0; i < 1000; ++i) {
        const auto key = random_key();
        CHECK(key.size() == 43);
        seen.insert(key);
        letters.insert(key.begin(), key.end());
    }
    CHECK(seen.size() == 1000);
    CHECK(std::string(letters.begin(), letters.end()) ==
          "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");
}

TEST_CASE("Base64 is decoded as in RFC 4648's examples, with padding or without") {
    CHECK(decode_base64("") == "");
    CHECK(decode_base64("Zg==") == "f");
    CHECK(decode_base64("Zg") == "f");
    CHECK(decode_base64("Zm8=") == "fo");
    CHECK(decode_base64("Zm9v") == "foo");
    CHECK(decode_base64("Zm9vYmFy") == "foobar");
    for (const auto* bad : {"Z", "Zm9v!", "Zm 9v", "Zm9v====", "=", "Zh", "Z-_="}) {
        INFO(bad);
        CHECK_FALSE(decode_base64(bad).value_or("") != "");
    }
}
