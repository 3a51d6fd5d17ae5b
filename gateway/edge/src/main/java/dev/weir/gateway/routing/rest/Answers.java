package dev.weir.gateway.routing.rest;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Passes a service's answer back. */
final class Answers {
    /** Says that a write is done but may not be seen everywhere yet. */
    static final String PENDING = "Weir-Pending";

    private Answers() {}

    static Future<Void> stream(RoutingContext context, HttpClientResponse from, boolean pending) {
        HttpServerResponse to = head(context, from);
        if (pending) {
            to.putHeader(PENDING, "true");
        }
        boolean length = to.headers().contains(HttpHeaders.CONTENT_LENGTH);
        boolean bodiless = from.statusCode() == 204 || from.statusCode() == 304;
        if (!length && !bodiless) {
            to.setChunked(true);
        }
        return from.pipeTo(to);
    }

    /** Status and headers, the request's id kept as it was. */
    static HttpServerResponse head(RoutingContext context, HttpClientResponse from) {
        HttpServerResponse to = context.response();
        to.setStatusCode(from.statusCode());
        String id = to.headers().get(Gate.REQUEST_ID);
        to.headers().addAll(Headers.endToEnd(from.headers()));
        if (id != null) {
            to.headers().set(Gate.REQUEST_ID, id);
        }
        return to;
    }
}
