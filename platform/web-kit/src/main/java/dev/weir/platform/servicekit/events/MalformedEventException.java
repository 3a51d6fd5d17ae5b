package dev.weir.platform.servicekit.events;

/** A message that is no event of ours, or whose body does not fit: retrying cannot help, so it is parked at once. */
public final class MalformedEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedEventException(String message) {
        super(message);
    }

    MalformedEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
