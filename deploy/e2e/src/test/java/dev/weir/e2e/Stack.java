package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The running stack, through its own commands. */
final class Stack {
    private static final Pattern READY = Pattern.compile("ready\\s+(\\S+)\\s+\\S+\\s+\\(([0-9.]+) s\\)");

    private Stack() {}

    /**
     * A part of the stack.
     *
     * @param memoryKib with its children, pages that they share counted once
     */
    record Part(String name, String state, long pid, long memoryKib) {}

    static List<Part> parts() {
        Output output = command("deploy/local/status", "--json");
        try {
            List<Part> parts = new ArrayList<>();
            for (JsonNode service :
                    Api.JSON.readTree(String.join("\n", output.lines())).path("services")) {
                parts.add(new Part(
                        service.path("name").asText(),
                        service.path("state").asText(),
                        service.path("pid").asLong(),
                        service.path("memoryKiB").asLong()));
            }
            return parts;
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    static boolean has(String name) {
        return parts().stream().anyMatch(part -> part.name().equals(name));
    }

    /** Ends a part as a crash would: it can do nothing about it. */
    static void kill(String name) {
        Part victim = parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(victim.pid()).as("pid of %s", name).isPositive();
        ProcessHandle process = ProcessHandle.of(victim.pid()).orElseThrow();
        assertThat(process.destroyForcibly()).isTrue();
        process.onExit().join();
        print("killed %s (pid %d)", name, victim.pid());
    }

    /** Starts a part again and waits until it is ready. */
    static void restart(String name) {
        Output output = command("deploy/local/restart", name);
        assertThat(output.status()).as(String.join("\n", output.lines())).isZero();
        output.lines().forEach(line -> print("%s", line.strip()));
    }

    static List<String> up() {
        Output output = command("deploy/local/up", "--detach", "--no-demo", "--no-build");
        assertThat(output.status()).as(String.join("\n", output.lines())).isZero();
        return output.lines().stream()
                .map(READY::matcher)
                .filter(Matcher::find)
                .map(ready -> ready.group(1) + " " + ready.group(2) + " s")
                .toList();
    }

    static void down() {
        Output output = command("deploy/local/down", "--quick");
        assertThat(output.status()).as(String.join("\n", output.lines())).isZero();
    }

    /** Resident memory of a process and its children in KiB; shared pages count in each of them. */
    static long residentKib(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .mapToLong(process -> resident(process.pid()))
                .sum();
    }

    private static long resident(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .sum();
        } catch (IOException | UncheckedIOException gone) {
            return 0;
        }
    }

    /** What a command printed, and its exit status. */
    record Output(int status, List<String> lines) {}

    static Output command(String... command) {
        try {
            Process process = process(command).start();
            List<String> lines = new ArrayList<>();
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                }
            }
            return new Output(process.waitFor(), lines);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    static ProcessBuilder process(String... command) {
        return new ProcessBuilder(command)
                .directory(Settings.ROOT.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true);
    }

    /** A line for whoever watches the tests. */
    static void print(String format, Object... values) {
        System.out.printf("  " + format + "%n", values);
    }
}
