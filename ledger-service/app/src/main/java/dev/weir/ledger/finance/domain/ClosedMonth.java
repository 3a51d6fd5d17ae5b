package dev.weir.ledger.finance.domain;

import java.time.Instant;
import java.time.YearMonth;

/**
 * A month that finance has closed.
 *
 * @param postings how many it has
 * @param sha256 of their lines
 * @param seal the number of a seal that covers every journal row that they follow from
 */
public record ClosedMonth(YearMonth month, long postings, byte[] sha256, long seal, Instant frozenAt, String actor) {}
