package dev.weir.ledger;

import java.sql.SQLException;

/** SQL work whose failure is a fault of the service: it becomes an unchecked exception with its cause. */
public final class Jdbc {

    private Jdbc() {}

    /** The SQL state of a failure anywhere in a chain of causes; empty if there is none. */
    public static String state(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    /** Whether trying the transaction again may succeed: two instances met (serialization, deadlock, unique key). */
    public static boolean retriable(Throwable failure) {
        return switch (state(failure)) {
            case "40001", "40P01", "23505", "55P03" -> true;
            default -> false;
        };
    }
}
