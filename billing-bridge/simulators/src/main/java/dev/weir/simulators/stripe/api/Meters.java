package dev.weir.simulators.stripe.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.usage.Meter;
import dev.weir.simulators.stripe.usage.Usage;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.wire.Rules;
import dev.weir.simulators.stripe.wire.StripeError;
import dev.weir.simulators.stripe.world.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code /v1/billing/meters} and the summaries of their events. */
final class Meters {
    static final String KIND = "billing.meter";
    private static final int NAME_MAX = 100;

    private Meters() {}

    static void register(Router router) {
        router.post(
                "/v1/billing/meters",
                Rules.of(
                        "display_name",
                        "event_name",
                        "default_aggregation.formula",
                        "customer_mapping.event_payload_key",
                        "customer_mapping.type",
                        "value_settings.event_payload_key",
                        "event_time_window"),
                Meters::create);
        router.get(
                "/v1/billing/meters",
                Rules.list("status"),
                call -> Pages.page(
                        call.of(KIND)
                                .newestFirst()
                                .filter(Pages.where("status", call.params().text("status"))),
                        call.params(),
                        "/v1/billing/meters"));
        router.get("/v1/billing/meters/{}", Rules.of(), call -> call.own(KIND));
        router.post("/v1/billing/meters/{}", Rules.of("display_name"), Meters::update);
        router.post("/v1/billing/meters/{}/deactivate", Rules.of(), call -> setStatus(call, "inactive"));
        router.post("/v1/billing/meters/{}/reactivate", Rules.of(), call -> setStatus(call, "active"));
        router.get(
                "/v1/billing/meters/{}/event_summaries",
                Rules.list("customer", "start_time", "end_time", "value_grouping_window"),
                Meters::summaries);
    }

    private static ObjectNode create(Call call) {
        Params params = call.params();
        String name = params.need("display_name");
        String event = params.need("event_name");
        if (event.length() > NAME_MAX) {
            throw StripeError.invalid("event_name", "An event name has up to " + NAME_MAX + " characters.");
        }
        params.need("default_aggregation.formula");
        String formula = params.choice("default_aggregation.formula", "sum", Set.of("sum", "count", "last"));
        boolean taken = call.of(KIND).all().stream()
                .filter(Pages.where("status", "active"))
                .anyMatch(Pages.where("event_name", event));
        if (taken) {
            throw StripeError.refused(
                    "resource_already_exists", "event_name", "An active meter already uses event_name " + event + ".");
        }
        ObjectNode meter = call.world().document(KIND, "mtr");
        meter.put("created", call.now());
        ObjectNode mapping = meter.putObject("customer_mapping");
        String key = params.text("customer_mapping.event_payload_key");
        mapping.put("event_payload_key", key == null ? "stripe_customer_id" : key);
        mapping.put("type", params.choice("customer_mapping.type", "by_id", Set.of("by_id")));
        meter.putObject("default_aggregation").put("formula", formula);
        meter.put("display_name", name);
        meter.put("event_name", event);
        meter.put(
                "event_time_window",
                params.text("event_time_window") == null
                        ? null
                        : params.choice("event_time_window", "hour", Set.of("hour", "day")));
        meter.put("livemode", false);
        meter.put("status", "active");
        meter.putObject("status_transitions").putNull("deactivated_at");
        meter.put("updated", call.now());
        String value = params.text("value_settings.event_payload_key");
        meter.putObject("value_settings").put("event_payload_key", value == null ? "value" : value);
        call.of(KIND).put(meter);
        call.world().emit("billing.meter.created", meter);
        return meter;
    }

    private static ObjectNode update(Call call) {
        ObjectNode meter = call.own(KIND).deepCopy();
        String name = call.params().text("display_name");
        if (name != null) {
            meter.put("display_name", name);
        }
        meter.put("updated", call.now());
        call.of(KIND).put(meter);
        call.world().emit("billing.meter.updated", meter);
        return meter;
    }

    private static ObjectNode setStatus(Call call, String status) {
        ObjectNode meter = call.own(KIND).deepCopy();
        boolean active = "active".equals(status);
        boolean taken = active
                && call.of(KIND).all().stream()
                        .filter(Pages.where("status", "active"))
                        .filter(other -> !call.id().equals(Json.text(other, "id")))
                        .anyMatch(Pages.where("event_name", Json.text(meter, "event_name")));
        if (taken) {
            throw StripeError.refused("resource_already_exists", "id", "Another active meter uses this event_name.");
        }
        meter.put("status", status);
        Json.setNumber(Json.child(meter, "status_transitions"), "deactivated_at", active ? null : call.now());
        meter.put("updated", call.now());
        call.of(KIND).put(meter);
        call.world().emit(active ? "billing.meter.reactivated" : "billing.meter.deactivated", meter);
        return meter;
    }

    private static ObjectNode summaries(Call call) {
        Params params = call.params();
        ObjectNode meter = call.own(KIND);
        params.need("customer");
        params.need("start_time");
        params.need("end_time");
        String customer = Json.need(call.of("customer").need(params.need("customer"), "customer"), "id");
        String window = params.text("value_grouping_window");
        params.choice("value_grouping_window", "hour", Set.of("hour", "day"));
        long step = "hour".equals(window) ? 3600 : "day".equals(window) ? 86_400 : 60;
        long from = aligned(params, "start_time", step);
        long to = aligned(params, "end_time", step);
        if (to <= from) {
            throw StripeError.invalid("end_time", "end_time must be after start_time.");
        }
        List<ObjectNode> newestFirst = new ArrayList<>();
        Meter reading = Meter.of(meter);
        Usage usage = call.world().usage();
        long seen = call.world().visibleUntil();
        if (window == null) {
            newestFirst.add(summary(call, reading, customer, from, to, seen));
        } else {
            usage.buckets(new Usage.Key(reading.id(), customer), from, to, step, seen)
                    .descendingKeySet()
                    .forEach(start -> newestFirst.add(summary(call, reading, customer, start, start + step, seen)));
        }
        return Pages.page(newestFirst.stream(), params, "/v1/billing/meters/" + call.id() + "/event_summaries");
    }

    private static ObjectNode summary(Call call, Meter meter, String customer, long from, long to, long seen) {
        ObjectNode summary = Json.object();
        summary.put("id", "mtrusg_" + meter.id().substring(4) + "_" + customer + "_" + from + "_" + (to - from));
        summary.put("object", "billing.meter_event_summary");
        summary.put("aggregated_value", call.world().usage().value(meter, customer, from, to, seen));
        summary.put("end_time", to);
        summary.put("livemode", false);
        summary.put("meter", meter.id());
        summary.put("start_time", from);
        return summary;
    }

    private static long aligned(Params params, String path, long step) {
        Long time = params.number(path);
        if (time == null || Math.floorMod(time, step) != 0) {
            throw StripeError.invalid(
                    path, "Invalid " + path + ": must be aligned with " + step + "-second boundaries (UTC).");
        }
        return time;
    }
}
