package dev.weir.ledger.finance.domain;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A posting as a line of CSV: what a month's export consists of and what its digest is made of, so the layout never changes. */
public final class PostingLine {
    /** The names of the columns. Money in minor units, quantities in atoms. */
    public static final String HEADER =
            "postedAt,wallet,seq,leg,debit,credit,amountMinor,currency,block,customer,feature,unit,quantity";

    private PostingLine() {}

    /** The line, without its end. */
    public static String of(Posting posting) {
        return String.join(
                ",",
                posting.postedAt().toString(),
                posting.wallet().toString(),
                Long.toString(posting.seq()),
                Integer.toString(posting.leg()),
                posting.debit().name(),
                posting.credit().name(),
                Long.toString(posting.amountMinor()),
                text(posting.currency()),
                text(Objects.toString(posting.block(), null)),
                text(posting.customer()),
                text(posting.feature()),
                text(posting.unit()),
                Long.toString(posting.quantity()));
    }

    /** Quoted where it has to be; a leading character that a spreadsheet would take for a formula is quoted away. */
    private static String text(@Nullable String value) {
        if (value == null) {
            return "";
        }
        String safe = !value.isEmpty() && "=+-@".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
