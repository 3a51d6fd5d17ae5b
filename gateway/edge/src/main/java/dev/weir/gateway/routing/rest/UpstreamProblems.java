package dev.weir.gateway.routing.rest;

import dev.weir.platform.kernel.Problem;
import io.vertx.core.http.StreamResetException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** What a failed call to a service means to the caller. */
final class UpstreamProblems {
    private static final Logger LOG = Logger.getLogger(UpstreamProblems.class);
    private static final String CODE = "UPSTREAM_UNAVAILABLE";

    private UpstreamProblems() {}

    static Problem of(Throwable failure) {
        return switch (failure) {
            // Nothing was sent: the caller may safely ask again.
            case ConnectException _, UnknownHostException _ ->
                new Problem(503, CODE, "the service behind this path is not there now").header("Retry-After", "1");
            case TimeoutException _ -> new Problem(504, CODE, "the service behind this path did not answer in time");
            case StreamResetException _ -> new Problem(502, CODE, "the call was broken off");
            default -> {
                LOG.warnf("A call to a service failed: %s", failure.toString());
                yield new Problem(502, CODE, "the service behind this path broke off").header("Retry-After", "1");
            }
        };
    }
}
