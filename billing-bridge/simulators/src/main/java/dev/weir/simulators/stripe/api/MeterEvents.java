package dev.weir.simulators.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.usage.Receipts;
import dev.weir.simulators.stripe.usage.Usage;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.wire.Rules;
import dev.weir.simulators.stripe.wire.StripeError;
import dev.weir.simulators.stripe.world.Pages;
import dev.weir.simulators.stripe.world.World;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /v1/billing/meter_events} and their adjustments. */
public final class MeterEvents {
    /** The path on which one customer and meter may have one request at a time. */
    public static final String PATH = "/v1/billing/meter_events";

    private static final long PAST_SECONDS = 35 * 86_400L;
    private static final long FUTURE_SECONDS = 300;
    private static final int DIGITS_MAX = 15;
    private static final int IDENTIFIER_MAX = 100;

    private MeterEvents() {}

    static void register(Router router) {
        router.post(PATH, Rules.of("event_name", "payload.*", "identifier", "timestamp"), MeterEvents::create);
        router.post(
                "/v1/billing/meter_event_adjustments",
                Rules.of("event_name", "type", "cancel.identifier"),
                MeterEvents::adjust);
    }

    /** The customer and meter that a meter event is for, as far as its form tells; null where it does not. */
    public static @Nullable String lane(World world, Map<String, String> form) {
        String event = form.get("event_name");
        ObjectNode meter = event == null ? null : find(world, event);
        if (meter == null) {
            return null;
        }
        String key = Json.need(Json.child(meter, "customer_mapping"), "event_payload_key");
        String customer = form.get("payload[" + key + "]");
        return customer == null ? null : Json.need(meter, "id") + " " + customer;
    }

    private static ObjectNode create(Call call) {
        Params params = call.params();
        String event = params.need("event_name");
        ObjectNode payload = params.map("payload");
        if (payload.isEmpty()) {
            throw StripeError.missing("payload");
        }
        ObjectNode meter = meter(call.world(), event);
        String customer = payloadValue(meter, "customer_mapping", payload, "meter_event_no_customer_defined");
        long value = value(meter, payload);
        Long given = params.number("timestamp");
        long timestamp = given == null ? call.now() : given;
        checkTime(call.now(), timestamp);
        String identifier = params.text("identifier");
        if (identifier != null && identifier.length() > IDENTIFIER_MAX) {
            throw StripeError.invalid("identifier", "An identifier has up to " + IDENTIFIER_MAX + " characters.");
        }
        if (identifier != null && call.world().receipts().find(identifier) != null) {
            // The real answer has often no code: clients must know it by its message.
            throw StripeError.refused(null, "identifier", "An event already exists with identifier " + identifier + ".")
                    .with("Stripe-Should-Retry", "false");
        }
        String own = identifier == null ? call.world().ids().next("mtrevt") : identifier;
        if (call.of("customer").find(customer) == null) {
            call.world()
                    .meterError(
                            "meter_event_customer_not_found",
                            Json.need(meter, "id"),
                            own,
                            "No such customer: " + customer);
        }
        Usage.Place place =
                call.world().usage().add(new Usage.Key(Json.need(meter, "id"), customer), timestamp, value, call.now());
        call.world().receipts().put(own, new Receipts.Receipt(event, call.now(), place));
        ObjectNode document = Json.object();
        document.put("object", "billing.meter_event");
        document.put("created", call.now());
        document.put("event_name", event);
        document.put("identifier", own);
        document.put("livemode", false);
        document.set("payload", payload);
        document.put("timestamp", timestamp);
        return document;
    }

    private static ObjectNode meter(World world, String event) {
        ObjectNode meter = find(world, event);
        if (meter != null) {
            return meter;
        }
        boolean archived = world.of(Meters.KIND).all().stream().anyMatch(Pages.where("event_name", event));
        throw archived
                ? StripeError.refused(
                        "archived_meter", "event_name", "The meter for event name " + event + " is inactive.")
                : StripeError.refused(
                        "resource_missing", "event_name", "No active meter found for event name: '" + event + "'");
    }

    private static @Nullable ObjectNode find(World world, String event) {
        return world.of(Meters.KIND).all().stream()
                .filter(Pages.where("status", "active"))
                .filter(Pages.where("event_name", event))
                .findFirst()
                .orElse(null);
    }

    private static String payloadValue(ObjectNode meter, String mapping, ObjectNode payload, String code) {
        String key = Json.need(Json.child(meter, mapping), "event_payload_key");
        String value = payload.path(key).asText("");
        if (value.isEmpty()) {
            throw StripeError.validation(code, "payload[" + key + "]", "The payload lacks " + key + ".");
        }
        return value;
    }

    private static long value(ObjectNode meter, ObjectNode payload) {
        String formula = Json.need(Json.child(meter, "default_aggregation"), "formula");
        String key = Json.need(Json.child(meter, "value_settings"), "event_payload_key");
        if ("count".equals(formula) && !payload.has(key)) {
            return 1;
        }
        String text = payloadValue(meter, "value_settings", payload, "meter_event_invalid_value");
        if (!text.matches("-?[0-9]+")) {
            throw StripeError.validation(
                    "meter_event_invalid_value",
                    "payload[" + key + "]",
                    "Meter event values are whole numbers: " + text);
        }
        String digits = text.replaceFirst("^-?0*", "");
        if (digits.length() > DIGITS_MAX) {
            throw StripeError.validation(
                    "meter_event_value_too_many_digits",
                    "payload[" + key + "]",
                    "Meter event values have up to " + DIGITS_MAX + " digits: " + text);
        }
        return Long.parseLong(text);
    }

    private static void checkTime(long now, long timestamp) {
        if (timestamp < now - PAST_SECONDS) {
            throw StripeError.validation(
                    "timestamp_too_far_in_past", "timestamp", "The timestamp must be within the past 35 days.");
        }
        if (timestamp > now + FUTURE_SECONDS) {
            throw StripeError.validation(
                    "timestamp_in_future", "timestamp", "The timestamp must be at most 5 minutes in the future.");
        }
    }

    private static ObjectNode adjust(Call call) {
        Params params = call.params();
        String event = params.need("event_name");
        params.need("type");
        params.choice("type", "cancel", Set.of("cancel"));
        String identifier = params.need("cancel.identifier");
        Receipts.Receipt receipt = call.world().receipts().find(identifier);
        if (receipt == null || !receipt.eventName().equals(event)) {
            throw StripeError.refused(
                    "resource_missing",
                    "cancel[identifier]",
                    "No event of the past 24 hours has the identifier '" + identifier + "'");
        }
        call.world().usage().cancel(receipt.place());
        ObjectNode adjustment = Json.object();
        adjustment.put("object", "billing.meter_event_adjustment");
        adjustment.putObject("cancel").put("identifier", identifier);
        adjustment.put("event_name", event);
        adjustment.put("livemode", false);
        adjustment.put("status", "pending");
        adjustment.put("type", "cancel");
        return adjustment;
    }
}
