package dev.weir.platform.servicekit.web;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who calls: the client that the token was given to, and the subject it speaks for. */
@RequestScoped
public class Caller {

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** The client and subject of the token, or the principal's name where there is no token (tests). */
    public String id() {
        if (identity.isAnonymous()) {
            return "anonymous";
        }
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            Object client = token.getClaim("azp");
            return (client == null ? "" : client) + "/" + token.getSubject();
        }
        return identity.getPrincipal().getName();
    }

    /** The name to show in an audit trail. */
    public String name() {
        return identity.isAnonymous() ? "anonymous" : identity.getPrincipal().getName();
    }
}
