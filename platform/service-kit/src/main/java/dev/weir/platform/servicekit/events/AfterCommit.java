package dev.weir.platform.servicekit.events;

import io.quarkus.arc.Arc;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Runs something when, and only if, the current transaction has committed. */
public final class AfterCommit {

    private AfterCommit() {}

    /**
     * Runs the action in this thread right after the commit. It must be short and must not use the database: it is for
     * signals and caches.
     *
     * @throws IllegalStateException if no transaction is active
     */
    public static void run(Runnable action) {
        registry().registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // Nothing: only the outcome matters.
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    action.run();
                }
            }
        });
    }

    private static TransactionSynchronizationRegistry registry() {
        return Arc.container()
                .instance(TransactionSynchronizationRegistry.class)
                .get();
    }
}
