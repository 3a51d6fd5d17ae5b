package dev.weir.platform.servicekit.events;

import java.util.Optional;
import java.util.function.Supplier;

/** How a probe of {@link KeyWait} looks: with a database, in a short transaction of its own. */
public interface ProbeScope {

    /** Looks once. */
    <T> Optional<T> look(Supplier<Optional<T>> probe);
}
