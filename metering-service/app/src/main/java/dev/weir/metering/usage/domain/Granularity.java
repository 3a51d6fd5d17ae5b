package dev.weir.metering.usage.domain;

/** Into what spans usage is summed up. Days and months are those of the customer's zone, periods those of the feature. */
public enum Granularity {
    MINUTE,
    HOUR,
    DAY,
    MONTH,
    PERIOD
}
