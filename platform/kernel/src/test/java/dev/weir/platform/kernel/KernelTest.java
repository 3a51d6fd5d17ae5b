package dev.weir.platform.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KernelTest {

    record Sample(
            String name,
            @Nullable BigDecimal amount,
            @Nullable Instant at,
            @Nullable Duration span) {}

    @Test
    void theShardIsTheFirstByteOfTheHash() {
        // SHA-256("acme") starts with 822d.
        assertThat(Shard.of("acme")).isEqualTo(Sha256.hex("acme").substring(0, 2));
        assertThat(Shard.number("acme")).isEqualTo(Integer.parseInt(Shard.of("acme"), 16));
    }

    @Test
    void shardsSpread() {
        Set<String> shards = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            shards.add(Shard.of("customer-" + i));
        }

        assertThat(shards).hasSize(Shard.COUNT).allMatch(shard -> shard.matches("[0-9a-f]{2}"));
    }

    @Test
    void aNamedIdFollowsFromItsName() {
        assertThat(Ids.of("a")).isEqualTo(Ids.of("a")).isNotEqualTo(Ids.of("b"));
        assertThat(Ids.of("a").version()).isEqualTo(8);
        assertThat(Ids.of("a").variant()).isEqualTo(2);
        assertThat(Ids.next().version()).isEqualTo(7);
        assertThat(Ids.next()).isNotEqualTo(Ids.next());
    }

    @Test
    void canonicalJsonSortsKeysAndKeepsDecimals() throws Exception {
        var left = Json.mapper().readTree("{\"b\":1.50,\"a\":{\"d\":[1,{\"z\":true,\"y\":null}],\"c\":\"é\\n\"}}");
        var right = Json.mapper().readTree(" { \"a\":{\"c\":\"é\\n\",\"d\":[1,{\"y\":null,\"z\":true}]},\"b\":1.50 }");

        assertThat(CanonicalJson.write(left))
                .isEqualTo("{\"a\":{\"c\":\"é\\n\",\"d\":[1,{\"y\":null,\"z\":true}]},\"b\":1.50}");
        assertThat(CanonicalJson.hash(left))
                .isEqualTo(CanonicalJson.hash(right))
                .hasSize(64);
        assertThat(CanonicalJson.hash(Map.of("a", 1))).isNotEqualTo(CanonicalJson.hash(Map.of("a", 2)));
    }

    @Test
    void writesPlainStringsAndNoNulls() throws Exception {
        var sample =
                new Sample("x", new BigDecimal("1E+3"), Instant.parse("2026-01-01T00:00:00Z"), Duration.ofMinutes(5));

        assertThat(Json.mapper().writeValueAsString(sample))
                .isEqualTo("{\"name\":\"x\",\"amount\":\"1000\",\"at\":\"2026-01-01T00:00:00Z\",\"span\":\"PT5M\"}");
        assertThat(Json.mapper().writeValueAsString(new Sample("x", null, null, null)))
                .isEqualTo("{\"name\":\"x\"}");
    }

    @Test
    void onlyTheLenientMapperTakesUnknownFields() throws Exception {
        String body = "{\"name\":\"x\",\"amount\":1.25,\"more\":1}";

        assertThatThrownBy(() -> Json.mapper().readValue(body, Sample.class))
                .isInstanceOf(UnrecognizedPropertyException.class);
        assertThat(Json.lenientMapper().readValue(body, Sample.class).amount()).isEqualByComparingTo("1.25");
    }

    @Test
    void keysAndCustomerIds() {
        assertThat(CatalogKey.isValid("ai-credits")).isTrue();
        assertThat(CatalogKey.isValid("Ai")).isFalse();
        assertThat(CatalogKey.isValid(null)).isFalse();
        assertThat(CatalogKey.isValid("a".repeat(65))).isFalse();
        assertThat(CustomerId.isValid("Org:7@x+y~z")).isTrue();
        assertThat(CustomerId.isValid("-a")).isFalse();
        assertThat(CustomerId.isValid("a b")).isFalse();
    }

    @Test
    void aProblemCarriesItsParts() {
        Problem problem = Problem.unprocessable("BAD", "no")
                .with("limit", 5)
                .error("a.b", "MISSING", "is missing")
                .header("Retry-After", "1");

        assertThat(problem.status()).isEqualTo(422);
        assertThat(problem.extensions()).containsEntry("limit", 5);
        assertThat(problem.errors()).containsExactly(new Problem.FieldError("a.b", "MISSING", "is missing"));
        assertThat(problem.headers()).containsEntry("Retry-After", "1");
        assertThat(problem.detail()).isEqualTo("no");
    }

    @Test
    void aDecimalIsReadAsItIsWritten() throws Exception {
        Sample sample = new Sample("x", new BigDecimal("0.0005"), null, null);

        String written = Json.mapper().writeValueAsString(sample);

        assertThat(written).contains("\"0.0005\"");
        assertThat(Json.mapper().readValue(written, Sample.class)).isEqualTo(sample);
        for (String bad : new String[] {"\"1e9999999\"", "\"\"", "\"much\"", "true", "1e9999999"}) {
            assertThatThrownBy(() -> Json.mapper().readValue("{\"amount\":" + bad + "}", Sample.class))
                    .isInstanceOf(JsonProcessingException.class);
        }
    }
}
