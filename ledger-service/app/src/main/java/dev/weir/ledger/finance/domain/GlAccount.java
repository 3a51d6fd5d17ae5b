package dev.weir.ledger.finance.domain;

/** The accounts of the postings; stored by name. */
public enum GlAccount {
    /** What customers paid or owe for credit. */
    RECEIVABLE_CLEARING,
    /** Paid and not used yet: a liability. */
    DEFERRED_REVENUE,
    /** Used; by feature. */
    REVENUE,
    /** Paid and never used. */
    BREAKAGE_REVENUE,
    /** Given back. */
    REFUND_PAYABLE,
    /** Owed by customers for credit that was charged back after they had used it. */
    CHARGEBACK_RECEIVABLE,
    /** Memo, a quantity: usage that nothing covered, the vendor's cost. */
    OVERRUN,
    /** Memo, a quantity: usage on debt, not paid yet. */
    UNBILLED_OVERDRAFT,
    /** The other side of memos. */
    MEMO
}
