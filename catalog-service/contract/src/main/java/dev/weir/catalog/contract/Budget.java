package dev.weir.catalog.contract;

import java.math.BigDecimal;

/** A cap on what a period may cost in money. */
public record Budget(BigDecimal amount, String currency, OnLimit onLimit) {}
