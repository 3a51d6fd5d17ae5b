package dev.weir.e2e;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of the demo, as a person would start it. */
final class DemoRun implements AutoCloseable {
    private static final Pattern PROGRESS = Pattern.compile("^replay +([0-9]+) of ([0-9]+) requests");
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AtomicInteger percent = new AtomicInteger();
    private final Thread reader;

    private DemoRun(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    static DemoRun start(String... options) {
        List<String> command = new ArrayList<>(List.of("deploy/demo/run"));
        command.addAll(List.of(options));
        try {
            return new DemoRun(Stack.process(command.toArray(String[]::new)).start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Runs it to its end. */
    static DemoRun run(String... options) {
        DemoRun run = start(options);
        run.exitStatus();
        return run;
    }

    /** Waits until so much of the trace has been replayed. */
    void awaitPercent(int wanted) {
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> percent.get() >= wanted || !process.isAlive());
    }

    /** Its exit status, once it has ended. */
    int exitStatus() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the demo does not end:\n" + output());
            }
            reader.join();
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() {
        return String.join("\n", lines);
    }

    /** The last lines that say what came of it. */
    String verdict() {
        return lines.isEmpty() ? "" : lines.getLast();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                Matcher progress = PROGRESS.matcher(line);
                if (progress.find()) {
                    percent.set(Integer.parseInt(progress.group(1)) * 100 / Integer.parseInt(progress.group(2)));
                }
            }
        } catch (IOException closed) {
            lines.add("(its output ended: " + closed.getMessage() + ")");
        }
    }
}
