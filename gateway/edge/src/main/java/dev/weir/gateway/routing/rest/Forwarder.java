package dev.weir.gateway.routing.rest;

import dev.weir.gateway.GatewayConfig;
import dev.weir.gateway.freshness.app.CatalogFreshness;
import dev.weir.gateway.freshness.app.CustomerFreshness;
import dev.weir.gateway.freshness.app.CustomerFreshness.Interest;
import dev.weir.gateway.routing.domain.Flow;
import dev.weir.gateway.routing.domain.Route;
import dev.weir.gateway.upstream.app.Upstreams;
import dev.weir.ledger.contract.WithWallets;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Passes a request on to its service and the answer back, both as streams; what else happens, the route's flow says. */
@Singleton
class Forwarder {
    private final Upstreams upstreams;
    private final GatewayConfig config;
    private final CustomerFreshness customers;
    private final CatalogFreshness catalog;
    private final WalletAnswers walletAnswers;

    Forwarder(
            Upstreams upstreams,
            GatewayConfig config,
            CustomerFreshness customers,
            CatalogFreshness catalog,
            WalletAnswers walletAnswers) {
        this.upstreams = upstreams;
        this.config = config;
        this.customers = customers;
        this.catalog = catalog;
        this.walletAnswers = walletAnswers;
    }

    void forward(RoutingContext context, Route route) {
        switch (route.flow()) {
            case PLAIN ->
                answer(context, send(context, route).compose(response -> Answers.stream(context, response, false)));
            case WALLETS ->
                answer(context, send(context, route).compose(response -> walletAnswers.pass(context, response)));
            case CUSTOMER_WRITE -> customerWrite(context, route);
            case CATALOG_WRITE -> catalogWrite(context, route);
        }
    }

    private void customerWrite(RoutingContext context, Route route) {
        String customer = Paths.customer(context.normalizedPath());
        // Registered before the service can act, so that no word of it is missed.
        Interest interest = customers.register(customer);
        Future<Void> done = send(context, route)
                .compose(response -> pass(context, response, CustomerFreshness.VERSION_HEADER, interest::reached))
                .onComplete(_ -> interest.close());
        answer(context, done);
    }

    private void catalogWrite(RoutingContext context, Route route) {
        long before = catalog.known();
        answer(
                context,
                send(context, route)
                        .compose(response -> pass(
                                context,
                                response,
                                CatalogFreshness.VERSION_HEADER,
                                version -> catalog.reached(version, before))));
    }

    /** Holds an answer that bears a version back until that version can be read. */
    private static Future<Void> pass(
            RoutingContext context, HttpClientResponse response, String versionHeader, Reached reached) {
        OptionalLong version = version(response, versionHeader);
        if (version.isEmpty()) {
            return Answers.stream(context, response, false);
        }
        response.pause();
        return Future.fromCompletionStage(
                        reached.reached(version.getAsLong()), context.vertx().getOrCreateContext())
                .compose(inForce -> Answers.stream(context, response, !inForce));
    }

    /** Whether a version came into force in time. */
    private interface Reached {
        CompletionStage<Boolean> reached(long version);
    }

    private static OptionalLong version(HttpClientResponse response, String header) {
        String text = response.statusCode() / 100 == 2 ? response.getHeader(header) : null;
        return text == null || !text.matches("[0-9]{1,18}")
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(text));
    }

    private Future<HttpClientResponse> send(RoutingContext context, Route route) {
        HttpServerRequest inbound = context.request();
        String query = inbound.query();
        String path = context.normalizedPath() + (query == null ? "" : "?" + query);
        return upstreams
                .client()
                .request(upstreams.request(
                        inbound.method(),
                        route.target(),
                        path,
                        config.upstream().answerTimeout()))
                .compose(outbound -> send(context, route, outbound));
    }

    private static Future<HttpClientResponse> send(RoutingContext context, Route route, HttpClientRequest outbound) {
        HttpServerRequest inbound = context.request();
        MultiMap headers = Headers.endToEnd(inbound.headers());
        headers.remove(HttpHeaders.HOST);
        headers.remove(HttpHeaders.EXPECT);
        headers.set(Gate.REQUEST_ID, context.<String>get(Gate.REQUEST_ID));
        String sessionToken = context.get(Gate.SESSION_TOKEN);
        if (sessionToken != null) {
            // The session's cookie is this edge's own; the service sees a token as ever.
            headers.remove(HttpHeaders.COOKIE);
            headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + sessionToken);
        }
        if (route.flow() == Flow.WALLETS) {
            headers.set(HttpHeaders.ACCEPT, WithWallets.MEDIA_TYPE);
        }
        outbound.headers().addAll(headers);
        context.response().closeHandler(_ -> {
            if (!context.response().ended()) {
                outbound.reset();
            }
        });
        boolean body = inbound.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || inbound.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        if (!body) {
            inbound.resume();
            return outbound.send();
        }
        return outbound.send(inbound);
    }

    private static void answer(RoutingContext context, Future<Void> done) {
        done.onFailure(failure -> ProblemWriter.write(context, UpstreamProblems.of(failure)));
    }
}
