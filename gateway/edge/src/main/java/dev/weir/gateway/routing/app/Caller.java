package dev.weir.gateway.routing.app;

import java.util.Set;

/**
 * Who calls, by a token that was verified.
 *
 * @param name for logs
 */
public record Caller(String name, Set<String> roles) {
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
