package dev.weir.gateway.routing.app;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, by a token that was verified.
 *
 * @param name for logs
 * @param sessionToken the access token of a browser's session, to be passed on; null if the request bears its token itself
 */
public record Caller(
        String name, Set<String> roles, @Nullable String sessionToken) {
    public Caller {
        roles = Set.copyOf(roles);
    }

    /** Whether this caller has one of these roles. */
    public boolean hasAny(Set<String> wanted) {
        for (String role : wanted) {
            if (roles.contains(role)) {
                return true;
            }
        }
        return false;
    }
}
