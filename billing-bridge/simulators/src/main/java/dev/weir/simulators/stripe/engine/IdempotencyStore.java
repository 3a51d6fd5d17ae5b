package dev.weir.simulators.stripe.engine;

import dev.weir.simulators.stripe.log.Command;
import dev.weir.simulators.stripe.wire.Reply;
import dev.weir.simulators.stripe.wire.StripeError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answers of the last 24 hours by idempotency key. The bodies lie in a file that is written anew by each replay, so
 * that many keys cost little memory.
 */
final class IdempotencyStore implements AutoCloseable {
    private static final long DAY_SECONDS = 86_400;

    /** The first answer under a key. */
    private record Entry(long hashA, long hashB, int status, long offset, int length, long at) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final FileChannel bodies;
    private long end;

    IdempotencyStore(Path file) throws IOException {
        bodies = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    /**
     * The kept answer to this request, or null if the key is new.
     *
     * @throws StripeError {@code idempotency_error} if the key came with another request
     */
    @Nullable
    Reply find(Command command) {
        String key = command.key();
        Entry entry = key == null ? null : entries.get(key);
        if (entry == null) {
            return null;
        }
        ByteBuffer hash = hash(command);
        if (entry.hashA() != hash.getLong(0) || entry.hashB() != hash.getLong(8)) {
            throw StripeError.early(
                    400,
                    "idempotency_error",
                    null,
                    "Keys for idempotent requests can only be used with the same parameters they were first used with."
                            + " Try using a key other than '" + key + "' if you meant to execute a different request.",
                    Map.of());
        }
        return new Reply(entry.status(), read(entry), Map.of("Idempotent-Replayed", "true"));
    }

    void put(Command command, Reply reply, long nowSeconds) {
        String key = command.key();
        if (key == null) {
            return;
        }
        ByteBuffer hash = hash(command);
        ByteBuffer body = ByteBuffer.wrap(reply.body());
        long offset = end;
        try {
            while (body.hasRemaining()) {
                end += bodies.write(body, end);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep an answer", e);
        }
        entries.put(
                key,
                new Entry(hash.getLong(0), hash.getLong(8), reply.status(), offset, reply.body().length, nowSeconds));
    }

    /** Forgets what is older than 24 hours. */
    void prune(long nowSeconds) {
        Iterator<Entry> oldestFirst = entries.values().iterator();
        while (oldestFirst.hasNext() && oldestFirst.next().at() <= nowSeconds - DAY_SECONDS) {
            oldestFirst.remove();
        }
    }

    int size() {
        return entries.size();
    }

    private byte[] read(Entry entry) {
        ByteBuffer body = ByteBuffer.allocate(entry.length());
        try {
            while (body.hasRemaining()) {
                if (bodies.read(body, entry.offset() + body.position()) < 0) {
                    throw new IllegalStateException("a kept answer is gone");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a kept answer", e);
        }
        return body.array();
    }

    private static ByteBuffer hash(Command command) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((command.method() + " " + command.path()).getBytes(StandardCharsets.UTF_8));
            new TreeMap<>(command.form()).forEach((name, value) -> {
                digest.update((byte) 0);
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 1);
                digest.update(value.getBytes(StandardCharsets.UTF_8));
            });
            return ByteBuffer.wrap(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() throws IOException {
        bodies.close();
    }
}
