/** What metering publishes: reported usage for the ledger to book, closed windows, and the watermark. */
package dev.weir.metering.contract;
