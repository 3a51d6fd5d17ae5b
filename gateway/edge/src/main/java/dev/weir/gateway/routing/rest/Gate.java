package dev.weir.gateway.routing.rest;

import dev.weir.gateway.routing.app.Caller;
import dev.weir.gateway.routing.app.Callers;
import dev.weir.gateway.routing.domain.Route;
import dev.weir.gateway.routing.domain.RouteTable;
import dev.weir.gateway.upstream.domain.Target;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Problem;
import io.quarkus.security.AuthenticationFailedException;
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

    private static final Logger LOG = Logger.getLogger(Gate.class);
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
        callers.verify(context)
                .subscribe()
                .with(caller -> enterAs(context, route, caller.orElse(null)), failure -> refuse(context, failure));
    }

    private void enterAs(RoutingContext context, Route route, @Nullable Caller caller) {
        if (caller == null) {
            ProblemWriter.write(context, unauthenticated());
        } else if (caller.hasAny(route.roles())) {
            enter(context, route);
        } else {
            ProblemWriter.write(
                    context, Problem.forbidden("FORBIDDEN", "the token does not have the role that this needs"));
        }
    }

    private void enter(RoutingContext context, Route route) {
        if (route.target() == Target.GATEWAY) {
            context.next();
        } else {
            forwarder.forward(context, route);
        }
    }

    private static void refuse(RoutingContext context, Throwable failure) {
        if (failure instanceof AuthenticationFailedException) {
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
