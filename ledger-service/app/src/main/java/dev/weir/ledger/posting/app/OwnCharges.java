package dev.weir.ledger.posting.app;

import dev.weir.ledger.posting.domain.ByHand;
import dev.weir.ledger.posting.domain.Charges;
import dev.weir.ledger.posting.domain.Hold;
import dev.weir.ledger.posting.domain.Operation;
import org.jspecify.annotations.Nullable;

/** Small keys that the write path needs. */
final class OwnCharges {

    private OwnCharges() {}

    /** The charge key of a reservation that names no event. */
    static byte[] key(@Nullable Hold hold) {
        if (hold == null) {
            throw new IllegalArgumentException("no reservation");
        }
        return Charges.key(
                Charges.OWN_SOURCE, hold.id().toString(), hold.terms().feature());
    }

    /** The number of an operation's kind in the table of operations: never renumber. */
    static int kind(Operation operation) {
        return switch (operation) {
            case Operation.Refresh refresh -> 0;
            case Operation.Grant grant -> 1;
            case Operation.Reserve reserve -> 2;
            case Operation.Extend extend -> 3;
            case Operation.Settle settle -> 4;
            case Operation.Release release -> 5;
            case Operation.Lapse lapse -> 6;
            case Operation.Debit debit -> 7;
            case Operation.BookTotal total -> 8;
            case ByHand.TakeBack take -> 9;
            case ByHand.Freeze freeze -> 10;
            case ByHand.Charge charge -> 11;
            case ByHand.Transfer transfer -> 12;
            case ByHand.Convert convert -> 13;
        };
    }
}
