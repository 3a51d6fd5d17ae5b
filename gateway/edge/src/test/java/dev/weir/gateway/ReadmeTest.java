package dev.weir.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.routing.domain.Route;
import dev.weir.gateway.routing.domain.RouteTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    @Test
    void theReadmeShowsTheTableAsItIs() throws IOException {
        List<String> shown = Files.readAllLines(Path.of("..", "README.md")).stream()
                .filter(line -> line.startsWith("| `") && line.contains("` | `/"))
                .toList();

        assertThat(shown)
                .containsExactlyElementsOf(
                        RouteTable.routes().stream().map(ReadmeTest::line).toList());
    }

    private static String line(Route route) {
        String roles = route.roles().isEmpty()
                ? "everyone"
                : route.roles().stream().sorted().collect(Collectors.joining(", "));
        return "| `%s` | `%s` | %s | %s | %s |"
                .formatted(
                        route.methods().stream().sorted().collect(Collectors.joining(" ")),
                        route.path(),
                        roles,
                        route.target().name().toLowerCase(Locale.ROOT),
                        route.flow().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }
}
