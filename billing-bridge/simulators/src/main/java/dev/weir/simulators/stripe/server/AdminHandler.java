package dev.weir.simulators.stripe.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.weir.simulators.stripe.engine.Engine;
import dev.weir.simulators.stripe.wire.Form;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.Reply;
import dev.weir.simulators.stripe.wire.StripeError;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** {@code /_sim/…}: what Stripe does not have: state, requests, clock and faults. */
public final class AdminHandler implements HttpHandler {
    private static final System.Logger LOG = System.getLogger(AdminHandler.class.getName());
    private static final int REQUESTS_SHOWN = 200;

    private final Engine engine;
    private final FaultRules faults;
    private final RequestLog requests;

    public AdminHandler(Engine engine, FaultRules faults, RequestLog requests) {
        this.engine = engine;
        this.faults = faults;
        this.requests = requests;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Reply reply;
        try {
            reply = answer(exchange);
        } catch (StripeError e) {
            reply = e.reply();
        } catch (JsonProcessingException e) {
            reply = StripeError.validation(null, null, "The body is not JSON.").reply();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "A bug of the simulator", e);
            reply = StripeError.early(500, "api_error", null, "A bug of the simulator: " + e, Map.of())
                    .reply();
        }
        Exchanges.send(exchange, reply);
    }

    private Reply answer(HttpExchange exchange) throws IOException {
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        return switch (call) {
            case "GET /_sim/health" -> Reply.ok(health());
            case "GET /_sim/state" -> Reply.ok(engine.read(StateView::of));
            case "GET /_sim/requests" ->
                Reply.ok(requests(exchange.getRequestURI().getRawQuery()));
            case "GET /_sim/clock" -> Reply.ok(clock(engine.read(world -> world.now() * 1000)));
            case "POST /_sim/clock" -> Reply.ok(clock(moveClock(Json.read(Exchanges.body(exchange)))));
            case "GET /_sim/faults" ->
                Reply.ok(Json.object().set("faults", Json.array().addAll(faults.show())));
            case "POST /_sim/faults" -> {
                JsonNode body = Json.read(Exchanges.body(exchange));
                FaultRules.Rule rule = FaultRules.Rule.of(body);
                faults.add(rule);
                yield Reply.ok(Json.object().set("faults", Json.array().addAll(faults.show())));
            }
            case "DELETE /_sim/faults" -> {
                faults.clear();
                yield Reply.ok(Json.object().set("faults", Json.array()));
            }
            default ->
                StripeError.early(404, "invalid_request_error", null, "There is no " + call, Map.of())
                        .reply();
        };
    }

    private ObjectNode health() {
        ObjectNode health = engine.read(world -> Json.object()
                .put("status", "UP")
                .put("now", world.now())
                .put("meter_events", world.usage().received()));
        return health.put("requests", requests.count()).put("idempotency_keys", engine.keysKept());
    }

    private ObjectNode requests(@org.jspecify.annotations.Nullable String query) {
        Map<String, String> filter = Form.decode(query);
        String key = filter.get("key");
        String path = filter.get("path");
        int limit = (int) parse("limit", filter.getOrDefault("limit", Integer.toString(REQUESTS_SHOWN)));
        ObjectNode answer = Json.object().put("count", requests.count());
        answer.putArray("requests")
                .addAll(requests.latest(
                        entry ->
                                (key == null || key.equals(entry.key())) && (path == null || path.equals(entry.path())),
                        limit));
        return answer;
    }

    private long moveClock(JsonNode body) {
        JsonNode now = body.get("now");
        JsonNode by = body.get("advance");
        if ((now == null) == (by == null)) {
            throw StripeError.validation(
                    null, "now", "Give one of now (epoch seconds or ISO time) and advance (seconds or ISO duration).");
        }
        return engine.moveClock(before -> now == null ? before + millis(by) : instant(now));
    }

    private static long millis(JsonNode advance) {
        try {
            return advance.isNumber() || advance.asText().matches("[0-9]+")
                    ? Math.multiplyExact(parse("advance", advance.asText()), 1000)
                    : Duration.parse(advance.asText()).toMillis();
        } catch (DateTimeException | ArithmeticException e) {
            throw StripeError.invalid("advance", "advance is seconds or an ISO duration: " + advance);
        }
    }

    private static long instant(JsonNode now) {
        try {
            return now.isNumber() || now.asText().matches("[0-9]+")
                    ? Math.multiplyExact(parse("now", now.asText()), 1000)
                    : Instant.parse(now.asText()).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw StripeError.invalid("now", "now is epoch seconds or an ISO time: " + now);
        }
    }

    private static long parse(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw StripeError.invalid(name, "Invalid integer: " + text);
        }
    }

    private static ObjectNode clock(long millis) {
        return Json.object()
                .put("now", millis / 1000)
                .put("iso", Instant.ofEpochMilli(millis).toString());
    }
}
