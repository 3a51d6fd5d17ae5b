package dev.weir.platform.servicekit.inbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not be handled and waits for an operator.
 *
 * @param id follows from the message's content
 * @param type the event's type, null if the message is no event
 * @param eventId the event's id, null if the message is no event
 * @param subject the event's subject, null if the message is no event
 * @param payload the message as text
 * @param error the last failure
 * @param attempts how often it was tried
 * @param parkedAt since when it waits
 */
public record ParkedMessage(
        UUID id,
        @Nullable String type,
        @Nullable String eventId,
        @Nullable String subject,
        String payload,
        String error,
        int attempts,
        Instant parkedAt) {}
