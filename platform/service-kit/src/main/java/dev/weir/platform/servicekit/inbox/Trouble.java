package dev.weir.platform.servicekit.inbox;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away or busy, which is no fault of the message, from everything else. */
final class Trouble {

    private Trouble() {}

    /** Whether the failure comes from the database's state and not from the message: then it is retried for ever. */
    static boolean isOfDatabase(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException) {
                return true;
            }
            if (cause instanceof SQLException sql && isOfDatabase(sql)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfDatabase(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            // Agroal: no connection within the time.
            String message = failure.getMessage();
            return message != null && message.contains("acquisition timeout");
        }
        // Connection lost; out of resources; server shutting down; serialization failure and deadlock.
        return state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P")
                || state.equals("40001")
                || state.equals("40P01");
    }
}
