package dev.weir.gateway.routing.rest;

import dev.weir.gateway.routing.domain.Route;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What stands in a path. */
final class Paths {
    private Paths() {}

    /** The customer in {@code /v1/customers/{customer}/...}. */
    static String customer(String path) {
        List<String> segments = Route.segments(path);
        // A plus is a plus in a path, and customer ids may have one.
        String raw = segments.get(2).replace("+", "%2B");
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEncoding) {
            // The service refuses it; nothing here will ever hold such a customer.
            return raw;
        }
    }
}
