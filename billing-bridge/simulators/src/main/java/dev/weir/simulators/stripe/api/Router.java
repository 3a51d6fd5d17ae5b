package dev.weir.simulators.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.wire.Rules;
import dev.weir.simulators.stripe.wire.StripeError;
import dev.weir.simulators.stripe.world.Views;
import dev.weir.simulators.stripe.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which handler answers which path. */
public final class Router {
    /** Does what a request asks and returns the stored document (or a list of them) to show. */
    public interface Handler extends Function<Call, ObjectNode> {}

    /** A path with a handler: {@code {}} in the pattern stands for an id. */
    private record Route(String method, String[] steps, Rules rules, Handler handler) {}

    /** A request that found its handler. */
    public static final class Match {
        private final Route route;
        private final List<String> ids;

        private Match(Route route, List<String> ids) {
            this.route = route;
            this.ids = ids;
        }

        /**
         * Runs the handler.
         *
         * @return the stored document, not yet fit for showing
         * @throws StripeError if the request is refused; then nothing has changed
         */
        public ObjectNode run(World world, Map<String, String> form) {
            return route.handler.apply(new Call(world, Params.of(form, route.rules), ids));
        }

        /**
         * The document as it goes out, with what {@code expand} asks for.
         *
         * @throws StripeError if an expansion cannot be had
         */
        public ObjectNode show(World world, ObjectNode document, Map<String, String> form) {
            return Views.expanded(world, document, Params.of(form, route.rules));
        }

        /** Refuses unknown parameters before anything else is looked at. */
        public void check(Map<String, String> form) {
            Params.of(form, route.rules);
        }
    }

    private final List<Route> routes = new ArrayList<>();

    /** All of Stripe that is simulated. */
    public static Router all() {
        Router router = new Router();
        Customers.register(router);
        Products.register(router);
        Coupons.register(router);
        Prices.register(router);
        Meters.register(router);
        MeterEvents.register(router);
        Subscriptions.register(router);
        SubscriptionItems.register(router);
        InvoiceItems.register(router);
        Invoices.register(router);
        Previews.register(router);
        CreditNotes.register(router);
        Events.register(router);
        return router;
    }

    void get(String pattern, Rules rules, Handler handler) {
        routes.add(new Route("GET", pattern.split("/"), rules, handler));
    }

    void post(String pattern, Rules rules, Handler handler) {
        routes.add(new Route("POST", pattern.split("/"), rules, handler));
    }

    void delete(String pattern, Rules rules, Handler handler) {
        routes.add(new Route("DELETE", pattern.split("/"), rules, handler));
    }

    /** The handler of a path, or null. An exact path goes before one with an id, by the order of registration. */
    public @Nullable Match match(String method, String path) {
        String[] steps = path.split("/");
        Match best = null;
        for (Route route : routes) {
            List<String> ids = method.equals(route.method) ? ids(route.steps, steps) : null;
            if (ids != null && (best == null || ids.size() < best.ids.size())) {
                best = new Match(route, ids);
            }
        }
        return best;
    }

    private static @Nullable List<String> ids(String[] pattern, String[] steps) {
        if (pattern.length != steps.length) {
            return null;
        }
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < steps.length; i++) {
            if ("{}".equals(pattern[i])) {
                ids.add(steps[i]);
            } else if (!pattern[i].equals(steps[i])) {
                return null;
            }
        }
        return ids;
    }
}
