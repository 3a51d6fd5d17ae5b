/**
 * What the ledger publishes: wallets as they stand, settled reservations, closed windows, and windows that do not agree.
 * Amounts are 64-bit integers of the unit's smallest part (atoms); each record says the scale beside them.
 */
package dev.weir.ledger.contract;
