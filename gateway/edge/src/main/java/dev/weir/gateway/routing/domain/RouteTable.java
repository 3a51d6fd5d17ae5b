package dev.weir.gateway.routing.domain;

import static dev.weir.gateway.routing.domain.Flow.CATALOG_WRITE;
import static dev.weir.gateway.routing.domain.Flow.CUSTOMER_WRITE;
import static dev.weir.gateway.routing.domain.Flow.PLAIN;
import static dev.weir.gateway.routing.domain.Flow.WALLETS;
import static dev.weir.gateway.upstream.domain.Target.BILLING;
import static dev.weir.gateway.upstream.domain.Target.CATALOG;
import static dev.weir.gateway.upstream.domain.Target.ENTITLEMENT;
import static dev.weir.gateway.upstream.domain.Target.GATEWAY;
import static dev.weir.gateway.upstream.domain.Target.LEDGER;
import static dev.weir.gateway.upstream.domain.Target.METERING;

import dev.weir.gateway.upstream.domain.Target;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one table of who may call what, and where it goes. Read from the top; the first line whose path fits decides, if its
 * methods do too. The gateway's README shows it, and a test holds the two together.
 */
public final class RouteTable {

    private static final String ADMIN = "catalog-admin";
    private static final String OPERATOR = "operator";
    private static final String PRODUCT = "product";
    private static final String FINANCE = "finance";
    private static final String PLATFORM = "platform";

    // The hottest paths first.
    private static final List<Route> ROUTES = List.of(
            route("POST", "/v1/check", Set.of(PRODUCT), GATEWAY, PLAIN),
            route("POST", "/v1/reservations/**", Set.of(PRODUCT), LEDGER, WALLETS),
            route("POST", "/v1/estimate", Set.of(PRODUCT), GATEWAY, PLAIN),
            route("POST", "/v1/events", Set.of(PRODUCT), METERING, PLAIN),
            route("GET", "/v1/reservations/**", Set.of(PRODUCT, OPERATOR), LEDGER, PLAIN),
            route("GET", "/v1/customers/{customer}/entitlements/**", Set.of(OPERATOR, PRODUCT), GATEWAY, PLAIN),
            route("GET", "/v1/customers/{customer}/events", Set.of(OPERATOR, PRODUCT), METERING, PLAIN),
            route("GET", "/v1/customers/{customer}/usage", Set.of(OPERATOR, PRODUCT), METERING, PLAIN),
            route("GET POST", "/v1/customers/{customer}/usage/reversals", Set.of(OPERATOR, FINANCE), LEDGER, WALLETS),
            route("GET", "/v1/customers/{customer}/usage/charges", Set.of(OPERATOR, FINANCE), LEDGER, PLAIN),
            route("GET", "/v1/customers/{customer}/wallets/{unit}/statement", Set.of(OPERATOR, FINANCE), LEDGER, PLAIN),
            route("GET", "/v1/customers/{customer}/wallets/**", Set.of(OPERATOR), LEDGER, PLAIN),
            correction("/blocks/{block}/refund"),
            correction("/blocks/{block}/clawback"),
            correction("/freeze"),
            correction("/unfreeze"),
            route("POST", "/v1/customers/{customer}/wallets/**", Set.of(OPERATOR), LEDGER, WALLETS),
            route("PUT DELETE", "/v1/customers/{customer}/wallets/**", Set.of(OPERATOR), LEDGER, PLAIN),
            route("POST", "/v1/customers/{customer}/grants/**", Set.of(OPERATOR), LEDGER, WALLETS),
            route("GET", "/v1/customers/{customer}/grants/**", Set.of(OPERATOR), LEDGER, PLAIN),
            route("GET", "/v1/customers/{customer}/blocks/**", Set.of(OPERATOR, FINANCE), LEDGER, PLAIN),
            route("GET", "/v1/customers/**", Set.of(OPERATOR), ENTITLEMENT, PLAIN),
            route("POST", "/v1/customers/import", Set.of(OPERATOR), ENTITLEMENT, PLAIN),
            route("PUT POST DELETE PATCH", "/v1/customers/{customer}", Set.of(OPERATOR), ENTITLEMENT, CUSTOMER_WRITE),
            write("subscriptions"),
            write("promotions"),
            write("overrides"),
            write("price-overrides"),
            write("resources"),
            write("archive"),
            write("unarchive"),
            route("GET POST", "/v1/migrations/**", Set.of(OPERATOR), ENTITLEMENT, PLAIN),
            route("GET PUT POST DELETE", "/v1/cohorts/**", Set.of(OPERATOR), ENTITLEMENT, PLAIN),
            route("GET", "/v1/rollouts/**", Set.of(ADMIN, OPERATOR), ENTITLEMENT, PLAIN),
            route("PUT", "/v1/catalog", Set.of(ADMIN), CATALOG, CATALOG_WRITE),
            route("POST", "/v1/catalog/price-preview", Set.of(ADMIN, OPERATOR), CATALOG, PLAIN),
            route("GET", "/v1/catalog/**", Set.of(ADMIN, OPERATOR), CATALOG, PLAIN),
            route("POST PUT DELETE", "/v1/catalog/**", Set.of(ADMIN), CATALOG, CATALOG_WRITE),
            route("POST", "/v1/reconciliation/windows/close", Set.of(FINANCE), METERING, PLAIN),
            route("POST", "/v1/reconciliation/windows/{window}/waive", Set.of(FINANCE), LEDGER, WALLETS),
            route("GET POST", "/v1/reconciliation/**", Set.of(FINANCE), BILLING, PLAIN),
            route("GET", "/v1/metering/**", Set.of(FINANCE, OPERATOR, PLATFORM), METERING, PLAIN),
            route("GET POST", "/v1/ledger/postings/**", Set.of(FINANCE), LEDGER, PLAIN),
            route("GET POST", "/v1/ledger/**", Set.of(FINANCE, PLATFORM), LEDGER, PLAIN),
            route("GET POST", "/v1/finance/**", Set.of(FINANCE), BILLING, PLAIN),
            route("GET POST", "/finance/**", Set.of(FINANCE), BILLING, PLAIN),
            route("POST", "/v1/bench/constant", Set.of(PRODUCT), GATEWAY, PLAIN),
            // Open here; the catalog itself asks for a token unless it is told that anyone may read it.
            route("GET HEAD", "/v1/pricing-table", Set.of(), CATALOG, PLAIN),
            route("GET HEAD", "/", Set.of(), GATEWAY, PLAIN),
            route("GET HEAD", "/index.html", Set.of(), GATEWAY, PLAIN),
            route("GET HEAD", "/pricing.html", Set.of(), GATEWAY, PLAIN));

    // Most calls name a fixed path, so what was found for it is kept; paths with ids in them are looked up each time.
    private static final Map<String, Match> FIXED = new ConcurrentHashMap<>();

    private RouteTable() {}

    /** What the table says of a request. */
    public sealed interface Match {
        /** Passed to this route, if the caller has one of its roles. */
        record Found(Route route) implements Match {}

        /** The path exists, the method does not. */
        record WrongMethod(Set<String> allowed) implements Match {
            public WrongMethod {
                allowed = Set.copyOf(allowed);
            }
        }

        /** There is no such path. */
        record Unknown() implements Match {}
    }

    /** Every line, in order. */
    public static List<Route> routes() {
        return ROUTES;
    }

    /** The line that decides on a request; the path without its query, dots already resolved. */
    public static Match find(String method, String path) {
        Match fixed = FIXED.get(method + path);
        if (fixed != null) {
            return fixed;
        }
        List<String> segments = Route.segments(path);
        Set<String> allowed = new java.util.TreeSet<>();
        for (Route route : ROUTES) {
            if (route.matches(segments)) {
                if (route.methods().contains(method)) {
                    Match found = new Match.Found(route);
                    if (route.path().equals(path)) {
                        FIXED.put(method + path, found);
                    }
                    return found;
                }
                allowed.addAll(route.methods());
            }
        }
        return allowed.isEmpty() ? new Match.Unknown() : new Match.WrongMethod(allowed);
    }

    private static Route write(String collection) {
        return route(
                "POST PUT DELETE PATCH",
                "/v1/customers/{customer}/" + collection + "/**",
                Set.of(OPERATOR),
                ENTITLEMENT,
                CUSTOMER_WRITE);
    }

    /** A correction of a wallet that finance may make too. */
    private static Route correction(String path) {
        return route(
                "POST", "/v1/customers/{customer}/wallets/{unit}" + path, Set.of(OPERATOR, FINANCE), LEDGER, WALLETS);
    }

    private static Route route(String methods, String path, Set<String> roles, Target target, Flow flow) {
        return new Route(Set.of(methods.split(" ")), path, roles, target, flow);
    }
}
