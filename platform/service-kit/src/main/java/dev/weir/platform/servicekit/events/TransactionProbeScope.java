package dev.weir.platform.servicekit.events;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks in a short transaction of its own: with fresh entities, and without a connection between two looks. */
@Singleton
class TransactionProbeScope implements ProbeScope {

    @Override
    public <T> Optional<T> look(Supplier<Optional<T>> probe) {
        return QuarkusTransaction.requiringNew().call(probe::get);
    }
}
