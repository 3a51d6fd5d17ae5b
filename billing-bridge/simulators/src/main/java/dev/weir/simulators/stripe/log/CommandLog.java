package dev.weir.simulators.stripe.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The append-only file of commands. Nothing is answered before its command is on the disk; requests that wait at the same
 * time share one fsync.
 */
public final class CommandLog implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition synced = lock.newCondition();
    private long written;
    private long durable;
    private boolean syncing;

    private CommandLog(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.written = channel.size();
        this.durable = written;
    }

    /**
     * Opens the log, gives every command in it to {@code replay}, and cuts off a last line that a crash left unfinished
     * (it was never answered).
     *
     * @throws IOException if the file cannot be read or a line in the middle of it is not a command
     */
    public static CommandLog open(Path file, Consumer<Command> replay) throws IOException {
        if (Files.exists(file)) {
            cutUnfinishedLine(file);
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                int number = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    replay.accept(parse(file, number, line));
                }
            }
        }
        return new CommandLog(
                file,
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }

    private static Command parse(Path file, int number, String line) throws IOException {
        try {
            return Command.of(line);
        } catch (JsonProcessingException e) {
            throw new IOException(file + " line " + number + " is not a command: the file is damaged", e);
        }
    }

    private static void cutUnfinishedLine(Path file) throws IOException {
        try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
            long end = raw.length();
            while (end > 0) {
                raw.seek(end - 1);
                if (raw.read() == '\n') {
                    break;
                }
                end--;
            }
            raw.setLength(end);
        }
    }

    /** Writes a command and returns the position to wait for with {@link #awaitDurable}. */
    public long append(Command command) {
        ByteBuffer bytes = ByteBuffer.wrap((command.line() + "\n").getBytes(StandardCharsets.UTF_8));
        lock.lock();
        try {
            int length = bytes.remaining();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            written += length;
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot append to " + file, e);
        } finally {
            lock.unlock();
        }
    }

    /** The position after the last command written. */
    public long position() {
        lock.lock();
        try {
            return written;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when everything up to the position is on the disk. */
    public void awaitDurable(long position) {
        lock.lock();
        try {
            while (durable < position) {
                if (syncing) {
                    synced.awaitUninterruptibly();
                } else {
                    syncAll();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Called with the lock held; lets it go while the disk works, so that others can append meanwhile. */
    private void syncAll() {
        syncing = true;
        long target = written;
        boolean done = false;
        lock.unlock();
        try {
            channel.force(false);
            done = true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot sync " + file, e);
        } finally {
            lock.lock();
            syncing = false;
            if (done) {
                durable = target;
            }
            synced.signalAll();
        }
    }

    @Override
    public void close() throws IOException {
        awaitDurable(position());
        channel.close();
    }
}
