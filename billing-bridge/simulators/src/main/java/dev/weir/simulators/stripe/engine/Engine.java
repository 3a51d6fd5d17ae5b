package dev.weir.simulators.stripe.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.api.Previews;
import dev.weir.simulators.stripe.api.Router;
import dev.weir.simulators.stripe.billing.Invoicing;
import dev.weir.simulators.stripe.billing.Subscribing;
import dev.weir.simulators.stripe.log.Command;
import dev.weir.simulators.stripe.log.CommandLog;
import dev.weir.simulators.stripe.wire.Reply;
import dev.weir.simulators.stripe.wire.StripeError;
import dev.weir.simulators.stripe.world.Agenda;
import dev.weir.simulators.stripe.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one place where things change. A request is run on the world, written to the log, and answered when the log is on
 * the disk; a start runs the log again. What happens by itself (a period ends, an invoice is finalized) follows from the
 * times in the log and is not written.
 */
public final class Engine implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Engine.class.getName());
    private static final String OPEN = "/_sim/open";
    private static final String CLOCK = "/_sim/clock";

    private final ReentrantLock lock = new ReentrantLock();
    private final Router router = Router.all();
    private final SimulatedClock clock = new SimulatedClock();
    private final World world;
    private final IdempotencyStore keys;
    private final CommandLog log;

    /**
     * A request that found its handler.
     *
     * @param match the handler
     * @param method HTTP method
     * @param path path without the query
     * @param form names and values
     * @param key idempotency key; only a POST has one
     */
    public record Request(
            Router.Match match,
            String method,
            String path,
            Map<String, String> form,
            @Nullable String key) {}

    private Engine(Path folder, World world) throws IOException {
        this.world = world;
        this.keys = new IdempotencyStore(folder.resolve("answers.bin"));
        this.log = CommandLog.open(folder.resolve("commands.log"), this::replay);
        if (log.position() == 0) {
            Map<String, String> form = Map.of("grace_seconds", Long.toString(world.graceSeconds()));
            log.append(new Command(clock.nowMillis(), "POST", OPEN, form, null, null));
        }
    }

    /**
     * Reads the state of a folder back, or begins a new one.
     *
     * @throws IOException if it cannot be read
     */
    public static Engine open(Path folder, Duration grace, Duration meterLag) throws IOException {
        Files.createDirectories(folder);
        return new Engine(folder, new World(grace.toSeconds(), meterLag.toSeconds()));
    }

    /** The handlers. */
    public Router router() {
        return router;
    }

    /**
     * Runs a request and returns when its effect is on the disk.
     *
     * @param substitute an answer to give, and keep under the key, instead of the real one; null for none
     */
    public Reply submit(Request request, Command.@Nullable Substitute substitute) {
        Reply reply;
        long position;
        lock.lock();
        try {
            long at = clock.nowMillis();
            advance(at);
            Command command =
                    new Command(at, request.method(), request.path(), request.form(), request.key(), substitute);
            world.at(at / 1000, request.key());
            if ("GET".equals(request.method()) || Previews.PATH.equals(request.path())) {
                reply = look(request);
            } else {
                Reply kept = keys.find(command);
                reply = kept == null ? perform(command, request.match(), true) : kept;
            }
            position = log.position();
        } catch (StripeError e) {
            return e.reply();
        } finally {
            lock.unlock();
        }
        awaitDurable(position);
        return reply;
    }

    /** Reads the world, in peace and as of now; whatever ids the reader takes are given back. */
    public <T> T read(Function<World, T> reader) {
        lock.lock();
        try {
            long at = clock.nowMillis();
            advance(at);
            world.at(at / 1000, null);
            long ids = world.ids().count();
            T result = reader.apply(world);
            world.ids().rewind(ids);
            return result;
        } finally {
            lock.unlock();
        }
    }

    /** Moves the clock forward to this time (epoch milliseconds) and lets everything happen that is due by then. */
    public long moveClock(Function<Long, Long> target) {
        long position;
        long now;
        lock.lock();
        try {
            long before = clock.nowMillis();
            advance(before);
            now = target.apply(before);
            if (now < before) {
                throw StripeError.validation(null, "now", "The clock only goes forward.");
            }
            long offset = clock.offsetMillis() + now - before;
            position = append(
                    new Command(before, "POST", CLOCK, Map.of("offset_millis", Long.toString(offset)), null, null));
            clock.offset(offset);
            now = clock.nowMillis();
            advance(now);
        } finally {
            lock.unlock();
        }
        awaitDurable(position);
        return now;
    }

    /** How many idempotency keys are kept. */
    public int keysKept() {
        lock.lock();
        try {
            return keys.size();
        } finally {
            lock.unlock();
        }
    }

    private Reply look(Request request) {
        long ids = world.ids().count();
        try {
            ObjectNode document = request.match().run(world, request.form());
            return Reply.ok(request.match().show(world, document, request.form()));
        } finally {
            world.ids().rewind(ids);
        }
    }

    private Reply perform(Command command, Router.Match match, boolean live) {
        Command.Substitute substitute = command.substitute();
        long ids = world.ids().count();
        Reply reply;
        boolean keep = true;
        if (substitute != null && !substitute.executed()) {
            reply = substituted(substitute);
        } else {
            ObjectNode document = null;
            try {
                document = match.run(world, command.form());
                reply = Reply.ok(match.show(world, document, command.form()));
            } catch (StripeError e) {
                reply = e.reply();
                // A fault of expand comes after the deed, which stands.
                if (document == null) {
                    world.ids().rewind(ids);
                    keep = !e.isValidation() && command.key() != null;
                }
            }
            if (substitute != null) {
                reply = substituted(substitute);
            }
        }
        if (keep) {
            keys.put(command, reply, command.at() / 1000);
            if (live) {
                append(command);
            }
        }
        return reply;
    }

    private static Reply substituted(Command.Substitute substitute) {
        String type = substitute.status() >= 500 ? "api_error" : "invalid_request_error";
        return StripeError.early(
                        substitute.status(), type, substitute.code(), "An injected fault of the simulator.", Map.of())
                .reply();
    }

    private void replay(Command command) {
        clock.atLeast(command.at());
        if (OPEN.equals(command.path())) {
            world.grace(Long.parseLong(command.form().getOrDefault("grace_seconds", "3600")));
            return;
        }
        advance(command.at());
        if (CLOCK.equals(command.path())) {
            clock.offset(Long.parseLong(command.form().getOrDefault("offset_millis", "0")));
            return;
        }
        Router.Match match = router.match(command.method(), command.path());
        if (match == null) {
            throw new IllegalStateException("the log has a request that this version does not know: " + command);
        }
        world.at(command.at() / 1000, command.key());
        perform(command, match, false);
    }

    private void advance(long untilMillis) {
        long until = untilMillis / 1000;
        for (Agenda.Entry entry = world.agenda().due(until);
                entry != null;
                entry = world.agenda().due(until)) {
            world.at(Math.max(entry.at(), world.now()), null);
            switch (entry.kind()) {
                case "subscription" -> Subscribing.due(world, entry.id());
                case "invoice" -> Invoicing.due(world, entry.id());
                default -> throw new IllegalStateException("nothing is known of " + entry);
            }
        }
        world.receipts().prune(until);
        keys.prune(until);
    }

    /** A log that cannot be written ends the program: what is in memory must not be shown as done. */
    private long append(Command command) {
        try {
            return log.append(command);
        } catch (UncheckedIOException e) {
            throw halt(e);
        }
    }

    private void awaitDurable(long position) {
        try {
            log.awaitDurable(position);
        } catch (UncheckedIOException e) {
            throw halt(e);
        }
    }

    private static IllegalStateException halt(UncheckedIOException cause) {
        LOG.log(System.Logger.Level.ERROR, "The command log cannot be written: the simulator ends.", cause);
        Runtime.getRuntime().halt(70);
        return new IllegalStateException(cause);
    }

    /** Has every event from now on told to the listener, within the engine's lock. */
    public void listen(java.util.function.Consumer<ObjectNode> listener) {
        lock.lock();
        try {
            world.listen(listener);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            log.close();
            keys.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }
}
