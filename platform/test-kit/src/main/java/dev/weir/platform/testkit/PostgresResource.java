package dev.weir.platform.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * A fresh PostgreSQL database with an owner role for Flyway and an app role for the service, as in production. The server is
 * shared by all tests of the JVM. Use with {@code @WithTestResource(PostgresResource.class)}.
 */
public class PostgresResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return PostgresServer.shared().createDatabase().environment();
    }

    @Override
    public void stop() {
        // The server ends with the JVM; its data folder is temporary.
    }
}
