package dev.weir.ledger.posting.app;

/** The database failed a batch; nothing of it has happened. */
public final class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LedgerException(String message, Throwable cause) {
        super(message, cause);
    }
}
