package dev.weir.platform.servicekit.web;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database's clock, which decides for every instance of a service. Between two looks, at most a second apart, it goes on
 * by this machine's monotonic clock.
 */
@Singleton
public class DatabaseClock {

    private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private record Look(Instant database, long nanoTime) {
        Instant at(long now) {
            return database.plusNanos(now - nanoTime);
        }
    }

    private final DataSource database;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable Look last;

    DatabaseClock(DataSource database) {
        this.database = database;
    }

    /** Now, by the database's clock. */
    public Instant now() {
        Look known = last;
        long now = System.nanoTime();
        if (known != null && now - known.nanoTime() < LOOK_EVERY_NANOS) {
            return known.at(now);
        }
        return look().at(System.nanoTime());
    }

    private Look look() {
        looking.lock();
        try {
            Look known = last;
            if (known != null && System.nanoTime() - known.nanoTime() < LOOK_EVERY_NANOS) {
                return known;
            }
            Look fresh = query();
            last = fresh;
            return fresh;
        } finally {
            looking.unlock();
        }
    }

    private Look query() {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT clock_timestamp()");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Look(row.getObject(1, OffsetDateTime.class).toInstant(), System.nanoTime());
        } catch (SQLException e) {
            throw new IllegalStateException("the database's clock could not be read", e);
        }
    }
}
