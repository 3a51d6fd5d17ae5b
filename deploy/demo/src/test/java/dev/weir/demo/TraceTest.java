package dev.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {
    @TempDir
    Path folder;

    @Test
    void readsTheColumnsOfTheAzureTraces() throws IOException {
        // Given
        Path file = folder.resolve("t.csv");
        Files.writeString(file, "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03.9799600,4808,10\n");
        // When
        Trace trace = Trace.read(file);
        // Then
        assertThat(trace.requests()).singleElement().satisfies(request -> {
            assertThat(request.contextTokens()).isEqualTo(4808);
            assertThat(request.generatedTokens()).isEqualTo(10);
            assertThat(request.at()).hasToString("2023-11-16T18:17:03.979960Z");
        });
    }

    @Test
    void namesTheRowThatCannotBeRead() throws IOException {
        // Given
        Path file = folder.resolve("t.csv");
        Files.writeString(file, "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03,many,10\n");
        // When / Then
        assertThatThrownBy(() -> Trace.read(file)).hasMessageContaining("row 1").hasMessageContaining("many");
    }

    @Test
    void givesTheStarterCustomerSixtyPercent() {
        // Given
        List<Customer> customers = Customer.all();
        // When
        Map<String, Long> shares = IntStream.range(0, 10_000)
                .mapToObj(row -> Customer.of(row, customers).id())
                .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
        // Then
        assertThat(shares.get("delta-works")).isEqualTo(6_000);
        assertThat(shares).hasSize(customers.size());
    }

    @Test
    void holdsAtLeastWhatIsUsed() {
        // Given
        Trace.Request traced = new Trace.Request(3, java.time.Instant.EPOCH, 100, 256);
        // When
        Request request = Request.of(traced, Customer.all().getFirst());
        // Then
        assertThat(request.worstOutput()).isGreaterThanOrEqualTo(request.output());
    }
}
