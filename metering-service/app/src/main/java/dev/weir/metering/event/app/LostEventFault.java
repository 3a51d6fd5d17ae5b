package dev.weir.metering.event.app;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * A fault on purpose, which only a local stack can switch on: the next settled fact is lost after the inbox has recorded it.
 * Reconciliation must then show exactly that difference.
 */
@Singleton
public class LostEventFault {

    private final boolean allowed;
    private final AtomicInteger armed = new AtomicInteger();

    LostEventFault(@ConfigProperty(name = "weir.local.faults", defaultValue = "false") boolean allowed) {
        this.allowed = allowed;
    }

    /** Whether this process may be spoiled. */
    public boolean allowed() {
        return allowed;
    }

    /** Lets the next settled fact be lost, one only. */
    public void arm() {
        armed.set(1);
    }

    /** Whether the fact at hand is to be lost. */
    public boolean strikes() {
        return allowed && armed.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
}
