package dev.weir.ledger.wallet.domain;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Arithmetic with times and shares that blocks need. */
final class Spans {

    static final ZoneId UTC = ZoneOffset.UTC;

    private Spans() {}

    /** An ISO 8601 period or duration after an instant, days and months counted in the zone. */
    static Instant plus(Instant from, String iso, ZoneId zone) {
        return iso.contains("T")
                ? from.plus(Duration.parse(iso))
                : from.atZone(zone).plus(Period.parse(iso)).toInstant();
    }

    /** whole x part / of, rounded down, in 128 bits. */
    static long share(long whole, long part, long of) {
        return BigInteger.valueOf(whole)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(of))
                .longValueExact();
    }
}
