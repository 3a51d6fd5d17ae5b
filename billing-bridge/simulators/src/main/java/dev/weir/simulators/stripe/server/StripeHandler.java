package dev.weir.simulators.stripe.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.weir.simulators.stripe.api.MeterEvents;
import dev.weir.simulators.stripe.api.Router;
import dev.weir.simulators.stripe.engine.Engine;
import dev.weir.simulators.stripe.log.Command;
import dev.weir.simulators.stripe.wire.Form;
import dev.weir.simulators.stripe.wire.Reply;
import dev.weir.simulators.stripe.wire.StripeError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The Stripe API on the wire: keys, idempotency, limits, faults, and then the engine. */
public final class StripeHandler implements HttpHandler {
    private static final System.Logger LOG = System.getLogger(StripeHandler.class.getName());
    private static final String VERSION = "2026-07-29.dahlia";
    private static final int KEY_MAX = 255;

    private final Engine engine;
    private final FaultRules faults;
    private final RequestLog requests;
    private final @Nullable String apiKey;
    private final Set<String> keysInFlight = ConcurrentHashMap.newKeySet();
    private final Set<String> lanesInFlight = ConcurrentHashMap.newKeySet();

    /** A handler; without an API key of its own it lets every {@code sk_} and {@code rk_} key in. */
    public StripeHandler(Engine engine, FaultRules faults, RequestLog requests, @Nullable String apiKey) {
        this.engine = engine;
        this.faults = faults;
        this.requests = requests;
        this.apiKey = apiKey;
    }

    /** A request as it came. */
    private record Incoming(
            String id, String method, String path, @Nullable String key, Map<String, String> form) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String id =
                "req_" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        String key = "POST".equals(method) ? exchange.getRequestHeaders().getFirst("Idempotency-Key") : null;
        headers(exchange, id, key);
        Map<String, String> form = Map.of();
        FaultRules.Rule fault = null;
        Reply reply;
        try {
            authenticate(exchange.getRequestHeaders().getFirst("Authorization"));
            boolean hasBody = "POST".equals(method);
            form = Form.decode(
                    hasBody
                            ? Exchanges.body(exchange)
                            : exchange.getRequestURI().getRawQuery());
            fault = faults.next(method, path, key);
            reply = answer(new Incoming(id, method, path, key, form), fault);
        } catch (StripeError e) {
            reply = e.reply();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A bug of the simulator in " + method + " " + path, e);
            reply = StripeError.early(500, "api_error", null, "A bug of the simulator: " + e, Map.of())
                    .reply();
        }
        boolean dropped = reply.status() == 0 || (fault != null && "commit-then-drop".equals(fault.kind()));
        requests.add(new RequestLog.Entry(
                id,
                System.currentTimeMillis(),
                method,
                path,
                key,
                form,
                dropped ? 0 : reply.status(),
                reply.headers().containsKey("Idempotent-Replayed"),
                fault == null ? null : fault.kind()));
        if (dropped) {
            exchange.close();
            return;
        }
        send(exchange, reply, fault);
    }

    private void send(HttpExchange exchange, Reply reply, FaultRules.@Nullable Rule fault) throws IOException {
        String kind = fault == null ? "" : fault.kind();
        switch (kind) {
            case "truncated-json" -> {
                byte[] half = Arrays.copyOf(reply.body(), reply.body().length / 2);
                Exchanges.send(exchange, reply.status(), "application/json", half);
            }
            case "wrong-content-type" -> {
                byte[] html = "<html><body>upstream</body></html>".getBytes(StandardCharsets.UTF_8);
                Exchanges.send(exchange, reply.status(), "text/html", html);
            }
            default -> Exchanges.send(exchange, reply);
        }
    }

    private static void headers(HttpExchange exchange, String id, @Nullable String key) {
        String version = exchange.getRequestHeaders().getFirst("Stripe-Version");
        exchange.getResponseHeaders().set("Request-Id", id);
        exchange.getResponseHeaders().set("Stripe-Version", version == null ? VERSION : version);
        if (key != null) {
            exchange.getResponseHeaders().set("Idempotency-Key", key);
        }
    }

    private void authenticate(@Nullable String header) {
        String key = "";
        if (header != null && header.startsWith("Bearer ")) {
            key = header.substring("Bearer ".length()).trim();
        } else if (header != null && header.startsWith("Basic ")) {
            key = basic(header.substring("Basic ".length()).trim());
        }
        if (key.isEmpty()) {
            throw StripeError.early(
                    401,
                    "invalid_request_error",
                    null,
                    "You did not provide an API key. You need to provide your API key in the Authorization header,"
                            + " using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
                    Map.of());
        }
        boolean known = apiKey == null ? key.startsWith("sk_") || key.startsWith("rk_") : apiKey.equals(key);
        if (!known) {
            String shown = key.length() < 8 ? "****" : key.substring(0, 3) + "****" + key.substring(key.length() - 4);
            throw StripeError.early(401, "invalid_request_error", null, "Invalid API Key provided: " + shown, Map.of());
        }
    }

    private static String basic(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? pair : pair.substring(0, colon);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private Reply answer(Incoming request, FaultRules.@Nullable Rule fault) {
        Router.Match match = engine.router().match(request.method(), request.path());
        if (match == null) {
            throw StripeError.early(
                    404,
                    "invalid_request_error",
                    null,
                    "Unrecognized request URL (" + request.method() + ": " + request.path() + ").",
                    Map.of());
        }
        String key = request.key();
        if (key != null && key.length() > KEY_MAX) {
            throw StripeError.invalid("Idempotency-Key", "An idempotency key has up to " + KEY_MAX + " characters.");
        }
        Reply limited = fault == null ? null : limited(fault, request);
        if (limited != null) {
            return limited;
        }
        if (key != null && !keysInFlight.add(key)) {
            throw StripeError.early(
                    409,
                    "invalid_request_error",
                    "idempotency_key_in_use",
                    "There is currently another in-progress request using this Idempotent Key: " + key,
                    Map.of("Stripe-Should-Retry", "true"));
        }
        String lane = null;
        try {
            lane = enterLane(request);
            return run(match, request, fault);
        } finally {
            if (lane != null) {
                lanesInFlight.remove(lane);
            }
            if (key != null) {
                keysInFlight.remove(key);
            }
        }
    }

    private @Nullable String enterLane(Incoming request) {
        if (!"POST".equals(request.method()) || !MeterEvents.PATH.equals(request.path())) {
            return null;
        }
        // Null stands for a request that names no lane; the engine will refuse it with the right words.
        String lane = engine.read(world -> java.util.Optional.ofNullable(MeterEvents.lane(world, request.form())))
                .orElse(null);
        if (lane != null && !lanesInFlight.add(lane)) {
            throw StripeError.early(
                    409,
                    "invalid_request_error",
                    null,
                    "Only one meter event of a customer and meter can be in progress at a time.",
                    Map.of("Stripe-Should-Retry", "true"));
        }
        return lane;
    }

    /** The answer of a fault that comes before anything is executed and is not kept, or null. */
    private static @Nullable Reply limited(FaultRules.Rule fault, Incoming request) {
        if ("drop-before-commit".equals(fault.kind())) {
            pause(fault.delayMillis());
            return new Reply(0, new byte[0], Map.of());
        }
        if (fault.cached() && request.key() != null) {
            return null;
        }
        String reason = fault.reason();
        Map<String, String> headers = reason == null ? Map.of() : Map.of("Stripe-Rate-Limited-Reason", reason);
        return switch (fault.kind()) {
            case "409" -> {
                boolean meterEvent = MeterEvents.PATH.equals(request.path());
                String code = fault.code() == null && !meterEvent ? "idempotency_key_in_use" : fault.code();
                yield StripeError.early(409, "invalid_request_error", code, "Another request is in progress.", Map.of())
                        .reply();
            }
            case "429" -> {
                String code = fault.code() == null ? "rate_limit" : fault.code();
                yield StripeError.early(429, "invalid_request_error", code, "Too many requests.", headers)
                        .reply();
            }
            case "5xx-no-commit" -> broken(fault);
            default -> null;
        };
    }

    private Reply run(Router.Match match, Incoming request, FaultRules.@Nullable Rule fault) {
        Engine.Request submitted =
                new Engine.Request(match, request.method(), request.path(), request.form(), request.key());
        if (fault == null) {
            return engine.submit(submitted, null);
        }
        pause(fault.delayMillis());
        boolean kept = fault.cached() && request.key() != null;
        return switch (fault.kind()) {
            case "commit-then-5xx" -> {
                if (kept) {
                    yield engine.submit(submitted, new Command.Substitute(true, fault.status(), fault.code()));
                }
                engine.submit(submitted, null);
                yield broken(fault);
            }
            case "5xx-no-commit" ->
                engine.submit(submitted, new Command.Substitute(false, fault.status(), fault.code()));
            case "409" -> engine.submit(submitted, new Command.Substitute(false, 409, fault.code()));
            case "429" -> {
                String code = fault.code() == null ? "lock_timeout" : fault.code();
                yield engine.submit(submitted, new Command.Substitute(false, 429, code));
            }
            default -> engine.submit(submitted, null);
        };
    }

    private static Reply broken(FaultRules.Rule fault) {
        return StripeError.early(
                        fault.status(), "api_error", fault.code(), "An injected fault of the simulator.", Map.of())
                .reply();
    }

    private static void pause(long millis) {
        if (millis <= 0) {
            return;
        }
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
