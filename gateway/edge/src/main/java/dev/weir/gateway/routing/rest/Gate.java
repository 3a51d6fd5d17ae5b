package dev.weir.gateway.routing.rest;

import dev.weir.gateway.routing.app.Caller;
import dev.weir.gateway.routing.app.Callers;
import dev.weir.gateway.routing.domain.Route;
import dev.weir.gateway.routing.domain.RouteTable;
import dev.weir.gateway.upstream.domain.Target;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Problem;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Stands before everything but health and metrics: finds the route, checks token and role, then lets the request in. */
@ApplicationScoped
class Gate {
    /** Identifies a request in every service's log. */
    static final String REQUEST_ID = "X-Request-Id";

    /** The access token of a browser's session, in the routing context. */
    static final String SESSION_TOKEN = "weir.session-token";

    private static final Logger LOG = Logger.getLogger(Gate.class);
    private static final String PAGES = "/finance/";
    private static final int ORDER_BEFORE_REST = 10;
    private static final int MAX_REQUEST_ID = 128;

    private final Callers callers;
    private final Forwarder forwarder;

    Gate(Callers callers, Forwarder forwarder) {
        this.callers = callers;
        this.forwarder = forwarder;
    }

    void register(@Observes Router router) {
        router.route().order(ORDER_BEFORE_REST).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        String path = context.normalizedPath();
        if (path.startsWith("/q/")) {
            context.next();
            return;
        }
        identify(context);
        switch (RouteTable.find(context.request().method().name(), path)) {
            case RouteTable.Match.Found found -> admit(context, found.route());
            case RouteTable.Match.WrongMethod wrong ->
                ProblemWriter.write(
                        context,
                        new Problem(405, "METHOD_NOT_ALLOWED", "the path does not take this method")
                                .header("Allow", String.join(", ", wrong.allowed())));
            case RouteTable.Match.Unknown _ ->
                ProblemWriter.write(context, Problem.notFound("NOT_FOUND", "there is nothing at this path"));
        }
    }

    private void admit(RoutingContext context, Route route) {
        if (route.roles().isEmpty()) {
            enter(context, route);
            return;
        }
        Caller known = callers.remembered(context);
        if (known != null) {
            enterAs(context, route, known);
            return;
        }
        // Keys may have to be fetched first, by another thread; the request is handled on its own.
        Context own = context.vertx().getOrCreateContext();
        callers.verify(context)
                .subscribe()
                .with(
                        caller -> own.runOnContext(_ -> enterAs(context, route, caller.orElse(null))),
                        failure -> own.runOnContext(_ -> refuse(context, failure)));
    }

    private void enterAs(RoutingContext context, Route route, @Nullable Caller caller) {
        if (caller == null) {
            askWho(context, route);
        } else if (caller.hasAny(route.roles())) {
            context.put(SESSION_TOKEN, caller.sessionToken());
            enter(context, route);
        } else {
            ProblemWriter.write(
                    context, Problem.forbidden("FORBIDDEN", "the token does not have the role that this needs"));
        }
    }

    /** A browser that opens a page is sent to log in; any other client is told that a token is needed. */
    private void askWho(RoutingContext context, Route route) {
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        if (!route.path().startsWith(PAGES) || accept == null || !accept.contains("text/html")) {
            ProblemWriter.write(context, unauthenticated());
            return;
        }
        callers.challenge(context)
                .subscribe()
                .with(
                        sent -> {
                            // The challenge sets status, location and cookie, and leaves the sending to us.
                            if (sent) {
                                context.response().end();
                            } else {
                                ProblemWriter.write(context, unauthenticated());
                            }
                        },
                        failure -> refuse(context, failure));
    }

    private void enter(RoutingContext context, Route route) {
        if (route.target() == Target.GATEWAY) {
            context.next();
        } else {
            forwarder.forward(context, route);
        }
    }

    private static void refuse(RoutingContext context, Throwable failure) {
        if (context.response().headWritten()) {
            // The code flow has answered by itself: a redirect after the login.
            return;
        }
        if (failure instanceof AuthenticationRedirectException redirect) {
            context.response()
                    .setStatusCode(redirect.getCode())
                    .putHeader(HttpHeaders.LOCATION, redirect.getRedirectUri())
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end();
            return;
        }
        if (failure instanceof AuthenticationFailedException || failure instanceof AuthenticationCompletionException) {
            ProblemWriter.write(context, unauthenticated());
            return;
        }
        LOG.error("A token could not be verified", failure);
        ProblemWriter.write(
                context,
                new Problem(503, "UPSTREAM_UNAVAILABLE", "tokens cannot be verified now").header("Retry-After", "1"));
    }

    private static Problem unauthenticated() {
        return new Problem(401, "UNAUTHENTICATED", "a valid bearer token is needed")
                .header("WWW-Authenticate", "Bearer");
    }

    private static void identify(RoutingContext context) {
        String given = context.request().getHeader(REQUEST_ID);
        String id = given == null || given.isBlank() || given.length() > MAX_REQUEST_ID
                ? Ids.next().toString()
                : given;
        context.put(REQUEST_ID, id);
        context.response().putHeader(REQUEST_ID, id);
    }
}
