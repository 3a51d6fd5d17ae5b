package dev.weir.catalog.publication;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.catalog.Documents;
import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.diff.domain.CatalogBodies;
import dev.weir.catalog.document.app.DocumentFormat;
import dev.weir.catalog.document.app.DocumentText;
import dev.weir.catalog.document.domain.CatalogReader;
import dev.weir.catalog.document.domain.Faults;
import dev.weir.catalog.publication.domain.CatalogCompiler;
import dev.weir.catalog.publication.domain.KnownVersions;
import dev.weir.platform.kernel.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the events of {@code v1} say of the documented example, and of a document that has every part. Inside v1 a field may
 * be added, never removed or retyped; and the hashes must stay, else every catalog in force would get new versions of all its
 * plans. What was made is in {@code target/golden}.
 */
class EventGoldenTest {

    static Stream<Arguments> events() {
        CatalogBodies compiled = compile(Documents.example());
        CatalogBodies everything = compile(Documents.everything());
        Instant at = Instant.parse("2026-11-24T00:00:00Z");
        return Stream.of(
                Arguments.of("catalog", compiled.inForce(1, at, Rollout.NEW_CUSTOMERS), CatalogInForce.class),
                Arguments.of("plan-version", compiled.plans().get("pro"), PlanVersion.class),
                Arguments.of("addon-version", compiled.addons().get("credit-pack"), AddonVersion.class),
                Arguments.of("rolled-out", everything.inForce(2, at, Rollout.ALL_CUSTOMERS), CatalogInForce.class),
                Arguments.of("plan-version-of-every-part", everything.plans().get("team"), PlanVersion.class),
                Arguments.of("private-plan-version", everything.plans().get("base"), PlanVersion.class),
                Arguments.of(
                        "addon-version-of-every-part", everything.addons().get("more-requests"), AddonVersion.class),
                Arguments.of("dependent-addon-version", everything.addons().get("most-requests"), AddonVersion.class));
    }

    private static CatalogBodies compile(String document) {
        KnownVersions none = new KnownVersions(Map.of());
        Faults faults = new Faults();
        return CatalogCompiler.compile(
                CatalogReader.read(DocumentText.read(document, DocumentFormat.YAML, faults), faults), none, none);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("events")
    void saysWhatItAlwaysSaid(String name, Object event, Class<?> type) throws IOException {
        String made = Json.mapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(Json.mapper().readTree(Json.mapper().writeValueAsString(event)));
        Files.createDirectories(Path.of("target/golden"));
        Files.writeString(Path.of("target/golden/" + name + ".json"), made + "\n");

        JsonNode golden;
        try (InputStream in = EventGoldenTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            golden = Json.mapper().readTree(Objects.requireNonNull(in, "no golden of " + name));
        }
        containsAll(name, golden, Json.mapper().readTree(made));
        assertThat(Json.mapper().treeToValue(golden, type))
                .as("a reader of today reads it")
                .isEqualTo(event);
    }

    private static void containsAll(String place, JsonNode golden, JsonNode made) {
        assertThat(made.getNodeType()).as(place).isEqualTo(golden.getNodeType());
        if (golden.isObject()) {
            golden.properties()
                    .forEach(member ->
                            containsAll(place + "." + member.getKey(), member.getValue(), made.path(member.getKey())));
        } else if (golden.isArray()) {
            assertThat(made.size()).as(place).isEqualTo(golden.size());
            for (int index = 0; index < golden.size(); index++) {
                containsAll(place + "[" + index + "]", golden.get(index), made.get(index));
            }
        } else {
            assertThat(made).as(place).isEqualTo(golden);
        }
    }
}
