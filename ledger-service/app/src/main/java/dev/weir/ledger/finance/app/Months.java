package dev.weir.ledger.finance.app;

import dev.weir.ledger.finance.domain.ClosedMonth;
import dev.weir.ledger.finance.domain.Posting;
import dev.weir.ledger.finance.domain.PostingLine;
import dev.weir.ledger.finance.persistence.MonthTable;
import dev.weir.ledger.finance.persistence.MonthTable.LatestSeal;
import dev.weir.ledger.finance.persistence.PostingTable;
import dev.weir.ledger.finance.persistence.PostingTable.Position;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.DatabaseClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Closed months. A posting belongs to the month in which its journal row was posted, so later corrections stand in later months
 * by themselves; closing a month writes down what its postings were, for anybody to compare.
 */
@ApplicationScoped
public class Months {
    // No transaction that has taken its time of posting is open for longer.
    private static final Duration SETTLED = Duration.ofMinutes(5);
    private static final int PAGE = 5_000;

    private final DataSource database;
    private final PostingTable postings;
    private final MonthTable months;
    private final Projector projector;
    private final DatabaseClock clock;

    private record Digest(
            long postings, byte[] sha256, @Nullable Instant last) {}

    Months(DataSource database, PostingTable postings, MonthTable months, Projector projector, DatabaseClock clock) {
        this.database = database;
        this.postings = postings;
        this.months = months;
        this.projector = projector;
        this.clock = clock;
    }

    public List<ClosedMonth> all() {
        return read(months::all);
    }

    public Optional<ClosedMonth> find(YearMonth month) {
        return all().stream().filter(frozen -> frozen.month().equals(month)).findFirst();
    }

    /**
     * Closes a month; a closed one stays as it is.
     *
     * @throws Problem 409 MONTH_OPEN before it is over, NOT_SEALED while no seal covers all of it
     */
    public ClosedMonth freeze(YearMonth month, String actor) {
        Optional<ClosedMonth> known = find(month);
        if (known.isPresent()) {
            return known.get();
        }
        Instant now = clock.now();
        if (now.isBefore(end(month).plus(SETTLED))) {
            throw Problem.conflict("MONTH_OPEN", month + " is not over");
        }
        projector.catchUp();
        Digest digest = digest(month, line -> {});
        LatestSeal seal = read(months::latestSeal)
                .filter(latest -> digest.last() == null || !latest.at().isBefore(digest.last()))
                .orElseThrow(() -> Problem.conflict("NOT_SEALED", "no seal covers all of " + month + " yet"));
        ClosedMonth frozen = new ClosedMonth(month, digest.postings(), digest.sha256(), seal.number(), now, actor);
        QuarkusTransaction.requiringNew().run(() -> {
            try (Connection connection = database.getConnection()) {
                months.insert(connection, frozen);
            } catch (SQLException e) {
                throw new IllegalStateException("month " + month + " cannot be closed", e);
            }
        });
        return find(month).orElseThrow();
    }

    /** Gives the lines of a month's export, oldest first, without the header. */
    public void lines(YearMonth month, Consumer<String> sink) {
        projector.catchUp();
        digest(month, sink);
    }

    /**
     * Compares a closed month with its postings as they are now.
     *
     * @throws Problem 409 MONTH_CHANGED: they are not what they were when it was closed
     */
    public void requireUnchanged(ClosedMonth frozen) {
        projector.catchUp();
        Digest now = digest(frozen.month(), line -> {});
        if (!Arrays.equals(now.sha256(), frozen.sha256())) {
            throw Problem.conflict(
                    "MONTH_CHANGED",
                    "the postings of " + frozen.month() + " are not what they were when it was closed: "
                            + HexFormat.of().formatHex(now.sha256()));
        }
    }

    private Digest digest(YearMonth month, Consumer<String> sink) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        Instant from = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        long count = 0;
        @Nullable Instant last = null;
        @Nullable Position after = null;
        List<Posting> page;
        do {
            Position position = after;
            page = read(connection -> postings.page(connection, from, end(month), position, PAGE));
            for (Posting posting : page) {
                String line = PostingLine.of(posting) + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
                sink.accept(line);
                last = posting.postedAt();
                after = new Position(posting.postedAt(), posting.wallet(), posting.seq(), posting.leg());
                count++;
            }
        } while (page.size() == PAGE);
        return new Digest(count, digest.digest(), last);
    }

    private static Instant end(YearMonth month) {
        return month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T read(Query<T> query) {
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = database.getConnection()) {
                return query.run(connection);
            }
        });
    }
}
