package dev.weir.simulators.stripe.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.usage.Meter;
import dev.weir.simulators.stripe.usage.Usage;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.world.Views;
import dev.weir.simulators.stripe.world.World;

/** Everything the simulator knows, as one document. Meter events come as totals per customer and meter. */
final class StateView {
    private static final long END_OF_TIME = Long.MAX_VALUE / 4;

    private StateView() {}

    static ObjectNode of(World world) {
        ObjectNode state = Json.object();
        state.put("now", world.now());
        state.put("meter_events", world.usage().received());
        state.put("meter_events_cancelled", world.usage().cancelled());
        state.put("meter_errors", world.meterErrorCount());
        state.set("meter_error_samples", Json.array().addAll(world.meterErrors()));
        ArrayNode totals = state.putArray("meter_totals");
        for (Usage.Key key : world.usage().keys()) {
            ObjectNode meter = world.of("billing.meter").need(key.meter(), "id");
            totals.addObject()
                    .put("customer", key.customer())
                    .put("meter", key.meter())
                    .put("event_name", Json.need(meter, "event_name"))
                    .put("events", world.usage().count(key))
                    .put("value", total(world, meter, key.customer()));
        }
        ObjectNode objects = state.putObject("objects");
        world.kinds().forEach((kind, documents) -> {
            ArrayNode all = objects.putArray(kind);
            documents.all().forEach(document -> all.add(Views.plain(document)));
        });
        return state;
    }

    /** The meter's value for a customer over all time. */
    static java.math.BigInteger total(World world, ObjectNode meter, String customer) {
        return world.usage().value(Meter.of(meter), customer, 0, END_OF_TIME, Usage.ALL);
    }
}
