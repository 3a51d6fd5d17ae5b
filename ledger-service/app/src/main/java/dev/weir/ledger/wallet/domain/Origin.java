package dev.weir.ledger.wallet.domain;

/** Where a block's credit comes from when it comes to life. */
record Origin(MoveKind kind, Account account) {

    static Origin of(Block block) {
        return switch (block.source()) {
            case ROLLOVER -> new Origin(MoveKind.ROLLOVER, Account.TRANSFER);
            case TRANSFER -> new Origin(MoveKind.TRANSFER, Account.TRANSFER);
            case CONVERSION -> new Origin(MoveKind.CONVERT, Account.BROKERAGE);
            case BASE, INCREMENT, PROMOTION, RECURRING, PREPAID, PROMOTIONAL, ADJUSTMENT, GOODWILL ->
                new Origin(MoveKind.GRANT, Account.ISSUANCE);
        };
    }
}
