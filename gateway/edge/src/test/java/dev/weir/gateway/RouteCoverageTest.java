package dev.weir.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.gateway.routing.domain.Route;
import dev.weir.gateway.routing.domain.RouteTable;
import dev.weir.gateway.upstream.domain.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every public operation of every service is reached through the gateway, and by nobody whom the service would turn away. */
class RouteCoverageTest {
    private static final Path ROOT = Path.of("../..");
    private static final Map<String, Target> SERVICES = Map.of(
            "catalog-service", Target.CATALOG,
            "entitlement-service", Target.ENTITLEMENT,
            "ledger-service", Target.LEDGER,
            "metering-service", Target.METERING,
            "billing-bridge", Target.BILLING);

    // The build writes these files, so their layout is fixed.
    private static final Pattern PATH = Pattern.compile("^ {2}(/\\S+):$");
    private static final Pattern METHOD = Pattern.compile("^ {4}(get|post|put|delete|patch):$");
    private static final Pattern ROLE = Pattern.compile("^ {8}- (\\S+)$");

    /** An operation as a service's OpenAPI states it. */
    record Operation(Target target, String method, String path, Set<String> roles) {
        boolean open() {
            // What operates one service is asked of that service, on its own port; providers have an ingress of their
            // own.
            return !path.startsWith("/internal/")
                    && !path.startsWith("/v1/platform/")
                    && !path.startsWith("/webhooks/");
        }
    }

    static Stream<Operation> operations() throws IOException {
        List<Operation> all = new ArrayList<>();
        for (Map.Entry<String, Target> service : SERVICES.entrySet()) {
            all.addAll(read(ROOT.resolve(service.getKey()), service.getValue()));
        }
        assertThat(all).as("operations of all services").hasSizeGreaterThan(60);
        return all.stream().filter(Operation::open);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void leadsToTheServiceThatOwnsIt(Operation operation) {
        RouteTable.Match found = RouteTable.find(operation.method(), example(operation.path()));

        assertThat(found).isInstanceOf(RouteTable.Match.Found.class);
        Route route = ((RouteTable.Match.Found) found).route();
        assertThat(route.target()).as(route.path()).isEqualTo(operation.target());
        assertThat(operation.roles()).as("roles of the service").containsAll(route.roles());
        assertThat(route.roles().isEmpty())
                .as("public")
                .isEqualTo(operation.roles().isEmpty());
    }

    private static String example(String path) {
        return path.replaceAll("\\{[^}]+}", "abc");
    }

    private static List<Operation> read(Path service, Target target) throws IOException {
        List<Operation> operations = new ArrayList<>();
        String path = "";
        boolean security = false;
        for (String line : Files.readAllLines(service.resolve("app/src/main/openapi/openapi.yaml"))) {
            Matcher onPath = PATH.matcher(line);
            Matcher onMethod = METHOD.matcher(line);
            Matcher onRole = ROLE.matcher(line);
            if (onPath.matches()) {
                path = onPath.group(1);
                security = false;
            } else if (!path.isEmpty() && onMethod.matches()) {
                operations.add(
                        new Operation(target, onMethod.group(1).toUpperCase(Locale.ROOT), path, new TreeSet<>()));
                security = false;
            } else if (line.equals("      security:")) {
                security = true;
            } else if (security && onRole.matches()) {
                operations.getLast().roles().add(onRole.group(1));
            }
        }
        return operations;
    }
}
