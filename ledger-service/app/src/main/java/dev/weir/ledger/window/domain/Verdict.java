package dev.weir.ledger.window.domain;

import dev.weir.ledger.contract.WindowException;

/** What is to be done about a window. */
public sealed interface Verdict {
    /** Nothing: it is closed already, or it is too early to complain. */
    record Nothing() implements Verdict {}

    /** Ledger and metering agree: publish it. */
    record Close() implements Verdict {}

    /** They have had their time and do not agree: put it on finance's list. */
    record Raise(WindowException.Reason reason) implements Verdict {}
}
