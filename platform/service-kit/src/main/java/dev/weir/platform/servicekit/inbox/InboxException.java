package dev.weir.platform.servicekit.inbox;

/** The inbox or the parked messages could not be written or read. */
public final class InboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
