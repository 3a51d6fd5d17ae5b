package dev.weir.metering.event.domain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.metering.meter.domain.EventData;
import dev.weir.platform.kernel.CanonicalJson;
import dev.weir.platform.kernel.Ids;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event says, for telling a repeat from a contradiction.
 *
 * @param what name-based, of type, subject and resource
 * @param data name-based, of the data; null = not given
 * @param time null = not given
 */
public record EventContent(
        UUID what, @Nullable UUID data, @Nullable Instant time) {
    public EventContent {
        Objects.requireNonNull(what, "what");
    }

    /** The content of an event; data and time are null where the sender gave none. */
    public static EventContent of(
            @Nullable String type,
            String subject,
            @Nullable String resource,
            @Nullable ObjectNode data,
            @Nullable Instant time) {
        UUID what = Ids.of("content\n" + nothingIfNull(type) + "\n" + subject + "\n" + nothingIfNull(resource));
        UUID dataId = data == null ? null : Ids.of("data\n" + CanonicalJson.write(EventData.comparable(data)));
        return new EventContent(what, dataId, time);
    }

    /** The identity of an event, whatever it says. */
    public static UUID identity(String source, String id) {
        return Ids.of("event\n" + source + "\n" + id);
    }

    /** Whether both say the same, as far as both say it. */
    public boolean agreesWith(EventContent other) {
        return what.equals(other.what) && agree(data, other.data) && agree(time, other.time);
    }

    private static boolean agree(@Nullable Object left, @Nullable Object right) {
        return left == null || right == null || left.equals(right);
    }

    private static String nothingIfNull(@Nullable String text) {
        return text == null ? "" : text;
    }
}
