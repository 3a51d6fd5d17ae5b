package dev.weir.platform.servicekit.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Asks a producer to send again what its outbox holds.
 *
 * @param replyQueue the queue that gets it, and nobody else
 * @param from the earliest instant of change, null for no bound
 * @param to the first instant that is too late, null for no bound
 */
public record ReplayCommand(
        String replyQueue, @Nullable Instant from, @Nullable Instant to) {

    /** The queue on which a producer takes these commands. */
    public static String queueOf(String producer) {
        return producer + ".replay-requests";
    }
}
