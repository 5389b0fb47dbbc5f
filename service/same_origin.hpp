// Whether a request that may change something was sent by a page of another site (cross-site
// request forgery). Browsers say where a request comes from in Origin and Sec-Fetch-Site, which
// pages cannot set; programs send neither and are let through, unless a cookie says who they are:
// every browser of today sends one of them with what changes something, so that no token in pages
// is needed.
#pragma once

#include "service/http/message.hpp"

namespace hotspots::service {

// Throws Problem 403 if the method is other than GET, HEAD or OPTIONS and Origin names another host
// or port than Host (or is "null" without "Sec-Fetch-Site: same-origin"), or Sec-Fetch-Site is
// neither "same-origin" nor "none"; of a caller by cookie also if neither field says that the
// request is of the same origin.
void check_same_origin(const Request& request);

// As of a caller by cookie, whoever it is: what a page's form sends.
void check_own_page(const Request& request);

} // namespace hotspots::service
