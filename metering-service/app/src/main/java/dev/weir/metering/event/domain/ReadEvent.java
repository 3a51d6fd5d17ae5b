package dev.weir.metering.event.domain;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One item of what was posted, read. */
public sealed interface ReadEvent {

    /** A well-formed event. */
    record WellFormed(ReportedEvent event) implements ReadEvent {
        public WellFormed {
            Objects.requireNonNull(event, "event");
        }
    }

    /**
     * Not an event.
     *
     * @param id its id where it has a usable one
     * @param faults at least one
     */
    record Malformed(@Nullable String id, List<Fault> faults) implements ReadEvent {
        public Malformed {
            faults = List.copyOf(faults);
        }
    }

    /** One fault, with the attribute that has it. */
    record Fault(String field, String code, String detail) {}
}
