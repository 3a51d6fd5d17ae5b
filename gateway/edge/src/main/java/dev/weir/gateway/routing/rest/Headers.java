package dev.weir.gateway.routing.rest;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which headers a proxy may pass on (RFC 9110, 7.6.1). */
final class Headers {
    private static final List<String> HOP_BY_HOP = List.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private Headers() {}

    static MultiMap endToEnd(MultiMap headers) {
        MultiMap kept = MultiMap.caseInsensitiveMultiMap();
        for (Map.Entry<String, String> header : headers) {
            kept.add(header.getKey(), header.getValue());
        }
        String connection = headers.get(HttpHeaders.CONNECTION);
        if (connection != null) {
            for (String named : connection.split(",")) {
                kept.remove(named.strip().toLowerCase(Locale.ROOT));
            }
        }
        HOP_BY_HOP.forEach(kept::remove);
        return kept;
    }
}
