package dev.weir.ledger.posting.app;

import dev.weir.ledger.posting.domain.ByHand;
import dev.weir.ledger.posting.domain.Operation;

/** The numbers of operations' kinds. */
final class OperationKinds {

    private OperationKinds() {}

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
            case Operation.Recall recall -> 15;
            case ByHand.Freeze freeze -> 10;
            case ByHand.Charge charge -> 11;
            case ByHand.Transfer transfer -> 12;
            case ByHand.Convert convert -> 13;
            case ByHand.Reverse reverse -> 14;
        };
    }
}
