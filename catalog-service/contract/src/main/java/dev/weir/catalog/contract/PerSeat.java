package dev.weir.catalog.contract;

import java.math.BigDecimal;

/** A grant scaled by a LEVEL feature: {@code amount} credits for each seat held. */
public record PerSeat(String feature, BigDecimal amount) {}
