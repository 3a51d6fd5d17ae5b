package dev.weir.catalog;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Makes the application start anew, and so on an empty database, with the pricing table open to everyone. */
public class OpenOnEmptyDatabase implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("catalog.pricing-table.open", "true");
    }
}
