package dev.weir.simulators.stripe.usage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Json;
import java.util.Locale;

/**
 * How a meter reads its events.
 *
 * @param id {@code mtr_…}
 * @param formula what it makes of the events
 * @param window how long one event stands for: every event counts, or the last received of an hour or a day
 */
public record Meter(String id, Formula formula, Window window) {

    /** The aggregation. */
    public enum Formula {
        SUM,
        COUNT,
        LAST
    }

    /** The span in which a later received event replaces an earlier one. */
    public enum Window {
        RAW(1),
        HOUR(3600),
        DAY(86_400);

        private final long seconds;

        Window(long seconds) {
            this.seconds = seconds;
        }

        /** Length in seconds; of no meaning for {@link #RAW}. */
        public long seconds() {
            return seconds;
        }
    }

    /** Reads the meter's document. */
    public static Meter of(ObjectNode meter) {
        String window = Json.text(meter, "event_time_window");
        return new Meter(
                Json.need(meter, "id"),
                Formula.valueOf(Json.need(Json.child(meter, "default_aggregation"), "formula")
                        .toUpperCase(Locale.ROOT)),
                window == null ? Window.RAW : Window.valueOf(window.toUpperCase(Locale.ROOT)));
    }
}
