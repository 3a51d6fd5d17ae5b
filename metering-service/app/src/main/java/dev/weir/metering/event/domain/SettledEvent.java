package dev.weir.metering.event.domain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.ledger.contract.ReservationSettled;
import dev.weir.metering.meter.domain.EventData;
import dev.weir.platform.kernel.Json;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a settled reservation says of its event. */
public final class SettledEvent {

    private SettledEvent() {}

    /** The event's data, numbers as they came. */
    public static ObjectNode data(ReservationSettled settled) {
        return Json.mapper().valueToTree(settled.data());
    }

    /**
     * Its content. The fact does not tell whether event data and time were given or stand in for them: data that only repeat
     * the settle's dimensions, and the time, are taken as not given.
     */
    public static EventContent content(ReservationSettled settled) {
        ObjectNode data = data(settled);
        boolean given = !data.isEmpty() && !repeats(EventData.scalars(data), settled.dimensions());
        return EventContent.of(settled.type(), settled.customer(), settled.resource(), given ? data : null, null);
    }

    /** What the ledger decided of it. */
    public static Settlement settlement(ReservationSettled settled) {
        return new Settlement(
                settled.reservation(),
                settled.feature(),
                settled.featureType(),
                settled.root(),
                settled.resource(),
                settled.quantity(),
                settled.scale(),
                settled.effectiveAt(),
                settled.unlimited(),
                settled.subscription(),
                settled.plan(),
                settled.planVersion(),
                settled.planHash(),
                settled.periodFrom(),
                settled.periodTo(),
                settled.windowStart(),
                settled.windowEnd(),
                settled.alreadyCharged());
    }

    private static boolean repeats(Map<String, String> data, Map<String, String> dimensions) {
        return data.size() == dimensions.size()
                && data.entrySet().stream().allMatch(field -> same(field.getValue(), dimensions.get(field.getKey())));
    }

    private static boolean same(String value, @Nullable String other) {
        if (value.equals(other)) {
            return true;
        }
        BigDecimal left = EventData.number(value);
        BigDecimal right = EventData.number(other);
        return left != null && right != null && left.compareTo(right) == 0;
    }
}
