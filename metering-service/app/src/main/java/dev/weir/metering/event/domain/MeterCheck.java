package dev.weir.metering.event.domain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.catalog.contract.Meter;
import dev.weir.metering.event.domain.ReadEvent.Fault;
import dev.weir.metering.meter.domain.EventData;
import dev.weir.metering.meter.domain.MeterReading;
import dev.weir.metering.meter.domain.Meters;
import dev.weir.metering.meter.domain.Quantities;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether the meters of the catalog in force can read an event: what none of them could ever count is refused at the door. */
public final class MeterCheck {

    private static final int FINEST_SCALE = 9;

    private MeterCheck() {}

    /** The faults of an event's data, one for each meter of its type that needs a field it cannot read. */
    public static List<Fault> faults(Collection<Meter> meters, String type, @Nullable ObjectNode data) {
        Map<String, String> scalars = data == null ? Map.of() : EventData.scalars(data);
        return meters.stream()
                .filter(meter -> meter.eventType().equals(type))
                .flatMap(meter -> switch (Meters.read(meter, scalars)) {
                    case MeterReading.Unreadable(String field, String why) ->
                        List.of(fault(field, why, meter)).stream();
                    case MeterReading.Quantity(var value)
                    when !Quantities.fits(value, FINEST_SCALE) ->
                        List.of(fault(String.valueOf(meter.value()), "is too large", meter)).stream();
                    case MeterReading.Quantity ignored -> List.<Fault>of().stream();
                    case MeterReading.Key ignored -> List.<Fault>of().stream();
                    case MeterReading.FilteredOut ignored -> List.<Fault>of().stream();
                })
                .toList();
    }

    private static Fault fault(String field, String why, Meter meter) {
        return new Fault(
                "data." + field,
                "INVALID_VALUE",
                "data." + field + " " + why + ", and meter " + meter.key() + " needs it");
    }
}
