package dev.weir.platform.servicekit.web;

import dev.weir.platform.kernel.CanonicalJson;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.kernel.Sha256;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.UriInfo;
import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a stored answer; if there is none, runs the method and stores its answer in the same transaction. Of two
 * concurrent requests with the same key both may run, but only one commits: the other waits for it at the unique scope, is
 * rolled back, and gives the first one's answer. The transaction takes no connection before the method uses the database,
 * so a method may wait for a key at its beginning.
 */
@Idempotent
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
class IdempotentInterceptor {

    private static final String HEADER = "Idempotency-Key";
    private static final int KEY_LENGTH_MAX = 255;

    private final IdempotencyStore store;
    private final HttpHeaders headers;
    private final Request request;
    private final UriInfo uri;
    private final Caller caller;

    IdempotentInterceptor(IdempotencyStore store, HttpHeaders headers, Request request, UriInfo uri, Caller caller) {
        this.store = store;
        this.headers = headers;
        this.request = request;
        this.uri = uri;
        this.caller = caller;
    }

    @AroundInvoke
    @Nullable
    Object answer(InvocationContext call) throws Exception {
        @Nullable String key = headers.getHeaderString(HEADER);
        if (key == null) {
            return call.proceed();
        }
        if (key.isBlank() || key.length() > KEY_LENGTH_MAX) {
            throw Problem.badRequest(
                    "INVALID_IDEMPOTENCY_KEY", HEADER + " must have 1 to " + KEY_LENGTH_MAX + " characters");
        }
        String scope = Sha256.hex(caller.id() + "\n" + request.getMethod() + "\n" + uri.getPath() + "\n" + key);
        String hash = hash(call);
        replayIfStored(scope, hash);
        try {
            return QuarkusTransaction.requiringNew().call(() -> runAndStore(call, scope, hash));
        } catch (Refused refused) {
            return refused.result;
        } catch (Carried carried) {
            // The other of two concurrent requests may have won, and this one failed for that reason.
            replayIfStored(scope, hash);
            throw carried.failure;
        }
    }

    private @Nullable Object runAndStore(InvocationContext call, String scope, String hash) {
        @Nullable Object result;
        try {
            result = call.proceed();
        } catch (Exception e) {
            throw new Carried(e);
        }
        StoredAnswer answer = StoredAnswer.of(hash, call.getMethod(), result);
        if (answer.status() >= 400) {
            throw new Refused(result);
        }
        if (!store.insert(scope, answer)) {
            throw new Carried(new IllegalStateException("the answer of a concurrent request has vanished"));
        }
        return result;
    }

    private void replayIfStored(String scope, String hash) {
        Optional<StoredAnswer> stored = store.find(scope);
        if (stored.isEmpty()) {
            return;
        }
        if (!stored.get().requestHash().equals(hash)) {
            throw Problem.conflict(
                    "IDEMPOTENCY_KEY_REUSED", "this Idempotency-Key was used for a different request before");
        }
        throw new ReplayedAnswerException(stored.get());
    }

    /** The hash of what is asked: the query and the body, whatever the order of its fields. */
    private String hash(InvocationContext call) {
        StringBuilder content = new StringBuilder();
        @Nullable String query = uri.getRequestUri().getRawQuery();
        content.append(query == null ? "" : query);
        Parameter[] parameters = call.getMethod().getParameters();
        for (int i = 0; i < parameters.length; i++) {
            if (isBody(parameters[i])) {
                content.append('\n').append(text(call.getParameters()[i]));
            }
        }
        return Sha256.hex(content.toString());
    }

    private static boolean isBody(Parameter parameter) {
        for (Annotation annotation : parameter.getAnnotations()) {
            String type = annotation.annotationType().getName();
            if (type.startsWith("jakarta.ws.rs.") || type.startsWith("org.jboss.resteasy.reactive.")) {
                return false;
            }
        }
        return !parameter.getType().getName().startsWith("jakarta.ws.rs.");
    }

    private static String text(@Nullable Object body) {
        return switch (body) {
            case null -> "";
            case String text -> text;
            case byte[] bytes -> HexFormat.of().formatHex(Sha256.digest(bytes));
            default -> CanonicalJson.write(body);
        };
    }

    /** Rolls back and hands the method's exception on. */
    private static final class Carried extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Exception failure;

        Carried(Exception failure) {
            super(null, failure, false, false);
            this.failure = failure;
        }
    }

    /** Rolls back and hands the method's refusal on, which is not stored. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient @Nullable Object result;

        Refused(@Nullable Object result) {
            super(null, null, false, false);
            this.result = result;
        }
    }
}
