package dev.weir.e2e;

import java.net.URI;
import java.nio.file.Path;

/** Where the stack is, and how thorough to be; from the environment that {@code deploy/e2e/run} sets. */
final class Settings {
    static final URI GATEWAY = URI.create(environment("WEIR_GATEWAY_URL", "http://127.0.0.1:8080"));
    static final URI REALM = URI.create(environment("WEIR_OIDC_URL", "http://127.0.0.1:8180/realms/weir"));
    static final Path ROOT =
            Path.of(environment("WEIR_ROOT", "../..")).toAbsolutePath().normalize();

    /** Everything, however long it takes: for a machine that has the time. */
    static final boolean FULL = Boolean.getBoolean("weir.e2e.full");

    private Settings() {}

    private static String environment(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value;
    }
}
