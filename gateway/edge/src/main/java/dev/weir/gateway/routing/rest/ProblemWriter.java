package dev.weir.gateway.routing.rest;

import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.ProblemResponses;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Answers with problem+json where no REST framework stands between. */
final class ProblemWriter {
    private ProblemWriter() {}

    static void write(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response();
        if (response.headWritten()) {
            // Half an answer is out: only a broken connection tells the client that the rest is missing.
            response.reset();
            context.request().connection().close();
            return;
        }
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, ProblemResponses.MEDIA_TYPE);
        problem.headers().forEach(response::putHeader);
        response.end(ProblemResponses.body(problem));
    }
}
