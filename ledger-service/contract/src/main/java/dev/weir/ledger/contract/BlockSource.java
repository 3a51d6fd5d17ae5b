package dev.weir.ledger.contract;

/** Why a block exists. The first three make up limits, the rest are credit. The code is stored and hashed: never renumber. */
public enum BlockSource {
    BASE(0),
    INCREMENT(1),
    PROMOTION(2),
    RECURRING(10),
    PREPAID(11),
    PROMOTIONAL(12),
    ADJUSTMENT(13),
    ROLLOVER(14),
    TRANSFER(15),
    GOODWILL(16),
    /** Converted from another unit. */
    CONVERSION(17);

    private final int code;

    BlockSource(int code) {
        this.code = code;
    }

    /** The number in the database. */
    public int code() {
        return code;
    }
}
