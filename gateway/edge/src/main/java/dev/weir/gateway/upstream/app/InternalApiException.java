package dev.weir.gateway.upstream.app;

import org.jspecify.annotations.Nullable;

/** A service did not give what its internal API promises. */
public final class InternalApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InternalApiException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
