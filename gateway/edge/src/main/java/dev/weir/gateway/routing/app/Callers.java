package dev.weir.gateway.routing.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Verifies tokens. A signature costs some tens of microseconds, more than a check itself, and a client sends the same token
 * thousands of times: so a verified token is remembered, until it expires and for a minute at most.
 */
@Singleton
public class Callers {
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int MAX_REMEMBERED = 10_000;

    private record Verified(Caller caller, long nanos) {}

    private final Cache<String, Verified> verified = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfter(Expiry.creating((String _, Verified value) -> Duration.ofNanos(value.nanos())))
            .build();

    /** The caller of this request if its token was verified lately. */
    public @Nullable Caller remembered(RoutingContext context) {
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return null;
        }
        Verified known = verified.getIfPresent(authorization);
        return known == null ? null : known.caller();
    }

    /** Sends a browser to log in; false if that is not possible on this path. */
    public Uni<Boolean> challenge(RoutingContext context) {
        HttpAuthenticator authenticator = context.get(HttpAuthenticator.class.getName());
        return authenticator == null ? Uni.createFrom().item(false) : authenticator.sendChallenge(context);
    }

    /**
     * The caller of this request; empty without a token. Fails with an
     * {@link io.quarkus.security.AuthenticationFailedException} if the token is not valid.
     */
    public Uni<Optional<Caller>> verify(RoutingContext context) {
        return QuarkusHttpUser.getSecurityIdentity(context, null).map(identity -> {
            if (identity == null || identity.isAnonymous()) {
                return Optional.empty();
            }
            Caller caller =
                    new Caller(identity.getPrincipal().getName(), identity.getRoles(), sessionToken(context, identity));
            remember(context, identity, caller);
            return Optional.of(caller);
        });
    }

    private static @Nullable String sessionToken(RoutingContext context, SecurityIdentity identity) {
        if (context.request().getHeader(HttpHeaders.AUTHORIZATION) != null) {
            return null;
        }
        AccessTokenCredential credential = identity.getCredential(AccessTokenCredential.class);
        return credential == null ? null : credential.getToken();
    }

    private void remember(RoutingContext context, SecurityIdentity identity, Caller caller) {
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null && identity.getPrincipal() instanceof JsonWebToken token) {
            Duration left = Duration.between(Instant.now(), Instant.ofEpochSecond(token.getExpirationTime()));
            if (left.isPositive()) {
                Duration kept = left.compareTo(REMEMBERED) < 0 ? left : REMEMBERED;
                verified.put(authorization, new Verified(caller, kept.toNanos()));
            }
        }
    }
}
