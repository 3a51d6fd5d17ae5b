package dev.weir.gateway.routing.rest;

/** A service answered something that breaks its contract. */
final class BadAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
