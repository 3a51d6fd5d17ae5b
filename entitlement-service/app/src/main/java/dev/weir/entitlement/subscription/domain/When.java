package dev.weir.entitlement.subscription.domain;

import dev.weir.entitlement.input.domain.Moment;
import java.time.Instant;
import java.util.Optional;

/** When a change takes effect. */
public sealed interface When {
    /** As a request says it. */
    String text();

    /** At once. */
    record Now() implements When {
        @Override
        public String text() {
            return "NOW";
        }
    }

    /** At the end of the running period. */
    record PeriodEnd() implements When {
        @Override
        public String text() {
            return "PERIOD_END";
        }
    }

    /** At an instant to come. */
    record At(Instant instant) implements When {
        @Override
        public String text() {
            return instant.toString();
        }
    }

    /** Reads NOW, PERIOD_END or an instant; empty if it is none. */
    static Optional<When> read(String text) {
        return switch (text) {
            case "NOW" -> Optional.of(new Now());
            case "PERIOD_END" -> Optional.of(new PeriodEnd());
            default -> Moment.read(text).map(At::new);
        };
    }
}
