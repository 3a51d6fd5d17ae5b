package dev.weir.platform.servicekit.outbox;

import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;

/** Where tests let a process "crash". In a service nothing happens at these points. */
public interface FaultHook {

    /** A moment at which a crash is interesting. */
    enum Point {
        /** Events are taken from the outbox and not yet published. */
        BEFORE_PUBLISH,
        /** The broker has confirmed them and the outbox does not know yet. */
        BEFORE_MARK,
        /** An event's effect is committed and the broker does not know yet. */
        BEFORE_ACK
    }

    /** Called at the point; an exception is the crash. */
    void reached(Point point);

    /** No faults. */
    @Singleton
    @DefaultBean
    final class None implements FaultHook {
        @Override
        public void reached(Point point) {
            // A service has no faults of this kind.
        }
    }
}
