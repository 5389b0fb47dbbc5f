// A request's body as Beast's parser collects it: a string that grows with what arrives. Beast's
// own string body sets aside what Content-Length announces, which an upload of gigabytes must not.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/optional/optional.hpp>

#include <cstdint>
#include <string>

namespace hotspots::service {

struct GrowingBody {
    using value_type = std::string;

    // Beast's BodyReader.
    class reader {
    public:
        template <bool is_request, class Fields>
        reader(boost::beast::http::header<is_request, Fields>&, std::string& body) : m_body(body) {}

        void init(const boost::optional<std::uint64_t>&, boost::beast::error_code& error) {
            error = {};
        }
        template <class Buffers>
        std::size_t put(const Buffers& buffers, boost::beast::error_code& error) {
            const auto before = m_body.size();
            for (const boost::asio::const_buffer part : boost::beast::buffers_range_ref(buffers)) {
                m_body.append(static_cast<const char*>(part.data()), part.size());
            }
            error = {};
            return m_body.size() - before;
        }
        void finish(boost::beast::error_code& error) { error = {}; }

    private:
        std::string& m_body;
    };
};

} // namespace hotspots::service
