package dev.weir.catalog.contract;

import java.math.BigDecimal;
import java.util.Objects;

/** How far draws of SOFT features may take a credit wallet below zero. */
public record CreditLimit(BigDecimal overdraft, OverdraftSettlement settle) {
    public CreditLimit {
        Objects.requireNonNull(overdraft, "overdraft");
        settle = settle == null ? OverdraftSettlement.REPAY : settle;
    }
}
